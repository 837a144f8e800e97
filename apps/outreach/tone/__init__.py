from apps.outreach.tone.check import Report, check, check_question
from apps.outreach.tone.rule import Finding, Kind, Weight
from apps.outreach.tone.strengths import Strength

__all__ = ["Finding", "Kind", "Report", "Strength", "Weight", "check", "check_question"]
