from apps.students.models.accomplishment import Accomplishment
from apps.students.models.campaign import Campaign
from apps.students.models.effort import EffortWeek
from apps.students.models.roster import (
    ChangedTable,
    DropOutcome,
    RosterChange,
    RosterDrop,
    RosterImport,
    RosterSource,
    RosterState,
)
from apps.students.models.student import Enrolment, Student
from apps.students.models.term import (
    Cohort,
    FollowUpPolicy,
    Holiday,
    Milestone,
    Substitution,
    Term,
    institution_zone,
)
from apps.students.models.visit import Reason, RecordVisit

__all__ = [
    "Accomplishment",
    "Campaign",
    "ChangedTable",
    "Cohort",
    "DropOutcome",
    "EffortWeek",
    "Enrolment",
    "FollowUpPolicy",
    "Holiday",
    "Milestone",
    "Reason",
    "RecordVisit",
    "RosterChange",
    "RosterDrop",
    "RosterImport",
    "RosterSource",
    "RosterState",
    "Student",
    "Substitution",
    "Term",
    "institution_zone",
]
