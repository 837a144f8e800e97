"""What the workbook has no columns for: the demo student's campaign and details of people."""

from datetime import datetime, timedelta
from typing import Any

from apps.contacts.models import Contact, Introduction
from apps.students.actions.campaign import set_campaign
from apps.students.models import Student

CAMPAIGN = {
    "purpose": "Find out how museums and media houses learn what their visitors think, and "
    "whether that work would suit me.",
    "target_roles": ["Audience researcher", "Visitor studies manager", "Insights analyst"],
    "target_organizations": ["Riverside Museum", "Harbor Media", "Umbra Analytics"],
    "target_people": ["The head of visitor studies at Riverside Museum"],
}

DETAILS: dict[str, dict[str, Any]] = {
    "Ngozi Eze": {"tags": ["practice first"], "phones": ["+1 212 555 0142"], "how_known": "Aunt"},
    "Ida Lindqvist": {
        "tags": ["media"],
        "time_zone": "Europe/Stockholm",
        "preferred_times": "Tuesday or Thursday morning",
        "links": ["https://www.linkedin.com/in/ida-lindqvist-demo"],
    },
    "Keiko Sato": {"tags": ["museum"], "note": "Loves questions about labels on the wall."},
    "王秀英": {"tags": ["media"], "introduction": Introduction.EMAIL},
    "Elif Kaya": {"introduction": Introduction.MENTION, "links": ["https://elif-kaya.example"]},
    "Sofia Almeida": {"introduction": Introduction.NAME_ONLY, "email": ""},
}

TWICE = {"name": "Keiko Sato", "organization": "Riverside Museum", "job_title": "Senior Curator"}


def tell_about_people(student: Student, *, now: datetime) -> None:
    """Set the student's campaign, fill in what they know about some people, and list one twice."""
    set_campaign(student=student, details=CAMPAIGN, now=now)
    for name, details in DETAILS.items():
        Contact.objects.filter(student=student, name=name).update(**details)
    Contact.objects.create(
        student=student,
        listed_on=(now - timedelta(days=3)).date(),
        data_source="typed in by the student",
        **TWICE,
    )
