"""How the markers are said. What each means, and what to write instead, stands in rules.py."""

from apps.outreach.tone.wordings.doors import DOORS
from apps.outreach.tone.wordings.hiring import HIRING
from apps.outreach.tone.wordings.manner import MANNER
from apps.outreach.tone.wordings.questions import QUESTIONS
from apps.outreach.tone.wordings.resumes import RESUMES
from apps.outreach.tone.wordings.wishes import WISHES

MARKERS = (*WISHES, *HIRING, *DOORS, *RESUMES, *MANNER, *QUESTIONS)
