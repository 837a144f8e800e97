"""Who may do what, as one table to read.

A person may hold several roles and then has the permissions of all of them. What a permission
reaches (own rows, own cohorts, everything) is decided by each model's `visible_to(user)`.
"""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    STUDENT = "student", "Student"
    COUNSELOR = "counselor", "Counselor"
    STUDENT_WORKER = "student_worker", "Student worker"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(StrEnum):
    KEEP_OWN_JOURNAL = "keep own journal"
    READ_CLASS_STORIES = "read class stories"
    SEE_CLASS_BOARD = "see class board"
    SEE_OUTCOMES = "see outcomes"
    IMPORT_SEMESTER = "import semester"
    CARE_FOR_CONTACTS = "care for contacts"
    ERASE_CONTACTS = "erase contacts"
    KEEP_QUESTION_BANK = "keep question bank"
    KEEP_COHORT_SETTINGS = "keep cohort settings"
    KEEP_HOLIDAYS = "keep holidays"
    KEEP_TEMPLATES = "keep templates"
    KEEP_WATCH = "keep watch"
    SEE_CLASS_COUNTS = "see class counts"
    COACH = "coach"
    ASK_COUNSELOR = "ask counselor"
    READ_RESOURCES = "read resources"
    KEEP_RESOURCES = "keep resources"
    KEEP_ROSTERS = "keep rosters"
    HAND_OVER_CLASSES = "hand over classes"
    PUBLISH_REPORTS = "publish reports"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STUDENT: frozenset(
        {
            Permission.KEEP_OWN_JOURNAL,
            Permission.READ_CLASS_STORIES,
            Permission.ASK_COUNSELOR,
            Permission.READ_RESOURCES,
        }
    ),
    Role.STUDENT_WORKER: frozenset({Permission.SEE_CLASS_COUNTS}),
    Role.COUNSELOR: frozenset(
        {
            Permission.READ_CLASS_STORIES,
            Permission.SEE_CLASS_BOARD,
            Permission.SEE_OUTCOMES,
            Permission.CARE_FOR_CONTACTS,
            Permission.KEEP_QUESTION_BANK,
            Permission.KEEP_COHORT_SETTINGS,
            Permission.KEEP_TEMPLATES,
            Permission.SEE_CLASS_COUNTS,
            Permission.COACH,
            Permission.READ_RESOURCES,
            Permission.KEEP_RESOURCES,
            Permission.KEEP_ROSTERS,
            Permission.HAND_OVER_CLASSES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_CLASS_STORIES,
            Permission.SEE_CLASS_BOARD,
            Permission.SEE_OUTCOMES,
            Permission.IMPORT_SEMESTER,
            Permission.CARE_FOR_CONTACTS,
            Permission.ERASE_CONTACTS,
            Permission.KEEP_QUESTION_BANK,
            Permission.KEEP_COHORT_SETTINGS,
            Permission.KEEP_HOLIDAYS,
            Permission.KEEP_TEMPLATES,
            Permission.KEEP_WATCH,
            Permission.SEE_CLASS_COUNTS,
            Permission.COACH,
            Permission.READ_RESOURCES,
            Permission.KEEP_RESOURCES,
            Permission.KEEP_ROSTERS,
            Permission.HAND_OVER_CLASSES,
            Permission.PUBLISH_REPORTS,
        }
    ),
}
