"""Putting the demo into an empty installation."""

from datetime import datetime
from functools import partial

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.exchange.actions import import_workbook
from apps.exchange.demo.calendar import finished_term, running_term
from apps.exchange.demo.classmates import CLASSMATES
from apps.exchange.demo.coaching import show_coaching
from apps.exchange.demo.conversations import tell_about_conversations
from apps.exchange.demo.letters import set_how_classes_follow_up, tell_about_letters
from apps.exchange.demo.network import tell_about_people
from apps.exchange.demo.outcomes import show_outcomes
from apps.exchange.demo.releases import publish_last_term
from apps.exchange.demo.semester import COUNSELORS, TOLD, make_semester
from apps.exchange.demo.story import ADDRESS, AMARA, tell_story
from apps.students.models import Cohort, Student, Term, institution_zone

log = structlog.get_logger(__name__)

ADMINISTRATOR = "admin@demo.example"
COUNSELOR = COUNSELORS[TOLD]
GOAL = 8  # conversations in a term
PASSWORD = "demo"  # it is public, so it works only where DEMO is on


@transaction.atomic
def load_demo(*, now: datetime) -> bool:
    """Load both terms and the sign-ins; return False if a demo is there, which is kept."""
    if User.objects.filter(email=ADMINISTRATOR).exists():
        return False
    zone = institution_zone()
    today = now.astimezone(zone).date()
    stories = [partial(tell_story, who) for who in (AMARA, *CLASSMATES)]
    running = running_term(today)
    books = [
        make_semester(finished_term(today), now=now, zone=zone, first_id=1001),
        make_semester(running, now=now, zone=zone, first_id=2001, stories=stories),
    ]
    for book in books:
        result = import_workbook(source=book.to_upload(), dry_run=False, now=now)
        if not result.is_saved:
            raise ValueError(f"the demo makes no proper workbook: {result.problems[:3]}")
    Cohort.objects.update(goal=GOAL)
    student = Student.objects.get(user__email=ADDRESS)
    tell_about_people(student, now=now)
    tell_about_conversations(student, now=now)
    tell_about_letters(student, now=now)
    set_how_classes_follow_up(today=today)
    administrator = User.objects.create_superuser(ADMINISTRATOR, PASSWORD, full_name="Jonas Feld")
    User.objects.filter(email=COUNSELOR).update(full_name="Marisol Vega")
    for user in User.objects.filter(email__in=[ADDRESS, COUNSELOR]):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    show_coaching(
        Cohort.objects.select_related("term").get(term__code=running.code, name=TOLD),
        User.objects.get(email=COUNSELOR),
        password=PASSWORD,
        now=now,
    )
    over = Term.objects.get(code=finished_term(today).code)
    show_outcomes(over, by=administrator, now=now)
    publish_last_term(over, by=administrator, now=now)
    log.info("demo loaded", terms=[book.term.code for book in books])
    return True
