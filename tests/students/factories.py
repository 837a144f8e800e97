from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.students.models import (
    Accomplishment,
    Campaign,
    Cohort,
    EffortWeek,
    Enrolment,
    Holiday,
    Milestone,
    Reason,
    RecordVisit,
    Student,
    Substitution,
    Term,
)
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY


class TermFactory(DjangoModelFactory[Term]):
    """A fall term with NOW in its middle; `finished` is the spring before it."""

    class Meta:
        model = Term

    class Params:
        finished = Trait(
            starts_on=date(2025, 1, 20),
            census_on=date(2025, 2, 3),
            ends_on=date(2025, 5, 9),
            closes_on=date(2025, 5, 31),
        )

    code = Sequence(lambda n: f"term-{n}")
    name = Sequence(lambda n: f"Term {n}")
    starts_on = date(2025, 8, 25)
    census_on = date(2025, 9, 12)
    ends_on = date(2025, 12, 12)
    closes_on = date(2025, 12, 31)


class CohortFactory(DjangoModelFactory[Cohort]):
    """A section without counselors, unless `counselors=[...]` names some."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    term = SubFactory(TermFactory)
    name = Sequence(lambda n: f"Section {n}")

    @post_generation
    def counselors(cohort: Cohort, create: bool, users: Iterable[User] | None, **_: Any) -> None:
        if create and users:
            cohort.counselors.set(users)


class StudentFactory(DjangoModelFactory[Student]):
    """A person on the roster who has not signed in yet; `with_account` is one who has."""

    class Meta:
        model = Student

    class Params:
        with_account = Trait(
            user=SubFactory(
                UserFactory,
                student=True,
                email=SelfAttribute("..email"),
                full_name=LazyAttribute(lambda user: user.factory_parent.given_name),
            )
        )

    student_id = Sequence(lambda n: f"S{n:05}")
    given_name = Sequence(lambda n: f"Noor{n}")
    family_name = "Öztürk"
    email = LazyAttribute(lambda student: f"{student.student_id.lower()}@students.example")


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """A student in a cohort from the first day of its term; `withdrawn` left a week ago."""

    class Meta:
        model = Enrolment

    class Params:
        withdrawn = Trait(withdrawn_on=TODAY - timedelta(days=7))

    student = SubFactory(StudentFactory)
    cohort = SubFactory(CohortFactory)
    program = "Economics"
    class_year = "2027"
    enrolled_on = SelfAttribute("cohort.term.starts_on")


class CampaignFactory(DjangoModelFactory[Campaign]):
    """What a student is after, with a line in each list."""

    class Meta:
        model = Campaign

    student = SubFactory(StudentFactory)
    purpose = "How a museum plans its year."
    target_roles = ["Registrar"]
    target_organizations = ["City Museum"]
    target_people = ["whoever hangs the pictures"]


class HolidayFactory(DjangoModelFactory[Holiday]):
    """A day off of its own."""

    class Meta:
        model = Holiday

    day = Sequence(lambda n: date(2030, 1, 1) + timedelta(days=n))
    name = Sequence(lambda n: f"Founders' Day {n}")


class AccomplishmentFactory(DjangoModelFactory[Accomplishment]):
    class Meta:
        model = Accomplishment

    student = SubFactory(StudentFactory)
    text = Sequence(lambda n: f"I asked {n + 200} guests, and two names on the menu changed")


class EffortWeekFactory(DjangoModelFactory[EffortWeek]):
    """Three jobs applied for in the week of TODAY."""

    class Meta:
        model = EffortWeek

    student = SubFactory(StudentFactory)
    week_of = TODAY - timedelta(days=TODAY.weekday())
    applied_for = 3


class MilestoneFactory(DjangoModelFactory[Milestone]):
    """Three conversations by a day of next week."""

    class Meta:
        model = Milestone

    cohort = SubFactory(CohortFactory)
    conversations = 3
    due_on = TODAY + timedelta(days=7)


class SubstitutionFactory(DjangoModelFactory[Substitution]):
    """A counselor who stands in today and tomorrow."""

    class Meta:
        model = Substitution

    cohort = SubFactory(CohortFactory)
    user = SubFactory(UserFactory, counselor=True)
    starts_on = TODAY
    ends_on = TODAY + timedelta(days=1)


class RecordVisitFactory(DjangoModelFactory[RecordVisit]):
    """Somebody opened a student's record just now, looking after the class."""

    class Meta:
        model = RecordVisit

    student = SubFactory(StudentFactory)
    viewer = SubFactory(UserFactory, counselor=True)
    reason = Reason.CLASS
    visited_at = NOW
