from apps.students.models.accomplishment import Accomplishment
from apps.students.models.campaign import Campaign
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
from apps.students.models.term import Cohort, FollowUpPolicy, Holiday, Term, institution_zone

__all__ = [
    "Accomplishment",
    "Campaign",
    "ChangedTable",
    "Cohort",
    "DropOutcome",
    "Enrolment",
    "FollowUpPolicy",
    "Holiday",
    "RosterChange",
    "RosterDrop",
    "RosterImport",
    "RosterSource",
    "RosterState",
    "Student",
    "Term",
    "institution_zone",
]
