"""The frame around every page: the institution's name and the links that a person's roles open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.access import is_person
from apps.accounts.models import User
from apps.accounts.roles import Permission
from apps.coaching.waiting import waiting_for
from apps.mail.health import is_late


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    icon: str
    is_current: bool
    count: int = 0


LINKS = [
    (Permission.KEEP_OWN_JOURNAL, "Today", "today", "sun"),
    (Permission.KEEP_OWN_JOURNAL, "Contacts", "contact_list", "users"),
    (Permission.KEEP_OWN_JOURNAL, "Meetings", "meeting_list", "calendar"),
    (Permission.KEEP_OWN_JOURNAL, "Network", "network", "network"),
    (Permission.SEE_CLASS_COUNTS, "Classes", "class_list", "users"),
    (Permission.COACH, "Feedback", "feedback_queue", "pencil"),
    (Permission.SEE_OUTCOMES, "Outcomes", "outcomes", "chart"),
    (Permission.CARE_FOR_CONTACTS, "Contacts in care", "contacts_in_care", "lock"),
    (Permission.KEEP_QUESTION_BANK, "Questions", "programme_questions", "list"),
    (Permission.KEEP_TEMPLATES, "Templates", "template_list", "mail"),
    (Permission.READ_RESOURCES, "Resources", "resource_list", "book"),
    (Permission.IMPORT_SEMESTER, "Imports", "import_list", "upload"),
    (Permission.KEEP_WATCH, "Mail", "mail_health", "mail"),
]


def first_page(user: User) -> str:
    """Return the URL name of the page a person starts from, by role."""
    return next((name for permission, _, name, _ in LINKS if user.may(permission)), "account")


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates `institution_name`, `nav`, `is_staff_role` and `may_ask` a counselor.

    And `is_mail_late` to those who keep watch: they hear of it on every page.
    """
    user = getattr(request, "user", None)
    if user is None or not is_person(user):
        return {
            "institution_name": settings.INSTITUTION_NAME,
            "nav": [],
            "is_staff_role": False,
            "sign_on_only": settings.SIGN_ON_ONLY,
        }
    items = []
    for permission, label, name, icon in LINKS:
        if user.may(permission):
            url = reverse(name)
            count = waiting_for(user) if permission is Permission.COACH else 0
            items.append(NavItem(label, url, icon, request.path.startswith(url), count))
    return {
        "institution_name": settings.INSTITUTION_NAME,
        "nav": items,
        "is_staff_role": user.is_staff_member,
        "has_record": user.may(Permission.KEEP_OWN_JOURNAL),
        "may_ask": user.may(Permission.ASK_COUNSELOR),
        "is_mail_late": user.may(Permission.KEEP_WATCH) and is_late(),
    }
