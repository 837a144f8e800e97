from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from factory import (
    LazyAttribute,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
    post_generation,
)
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.students.models import (
    Accomplishment,
    Campaign,
    ChangedTable,
    Cohort,
    DropOutcome,
    EffortWeek,
    Enrolment,
    Holiday,
    Milestone,
    Reason,
    RecordVisit,
    RosterChange,
    RosterDrop,
    RosterImport,
    RosterState,
    Student,
    Substitution,
    Term,
)
from apps.students.roster.choices import guessed_choices
from apps.students.roster.reading import read_roster
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago


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


COUNTS = {
    **{"new": 2, "changed": 0, "unchanged": 0, "withdrawn": 0},
    **{"returned": 0, "counselors": 0, "problems": 0},
}


class RosterImportFactory(DjangoModelFactory[RosterImport]):
    """A list of two that waits for a yes; `data` is its file. `saved` and `undone` are past it."""

    class Meta:
        model = RosterImport

    class Params:
        data = b"Student ID,Name,E-mail\nS9001,Ada Ray,ada@new.example\nS9002,Wen Li,\n"
        decided = Trait(table={}, choices={})
        saved = Trait(
            decided=True,
            state=RosterState.SAVED,
            saved_at=LazyFunction(lambda: NOW),
            result={"counts": COUNTS, "problems": []},
        )
        undone = Trait(
            decided=True,
            state=RosterState.UNDONE,
            saved_at=LazyFunction(lambda: ago(hours=1)),
            undone_at=LazyFunction(lambda: NOW),
            result={
                "counts": COUNTS,
                "problems": [],
                "undone": {"removed": 2, "restored": 0, "kept": []},
            },
        )

    cohort = SubFactory(CohortFactory)
    by = SubFactory(UserFactory, counselor=True)
    file_name = "section.csv"
    table = LazyAttribute(lambda roster: read_roster(roster.file_name, roster.data).as_json())
    choices = LazyAttribute(
        lambda roster: guessed_choices(
            read_roster(roster.file_name, roster.data), cohort=roster.cohort, today=TODAY
        ).as_json()
    )


class RosterChangeFactory(DjangoModelFactory[RosterChange]):
    """A student who came in by a list."""

    class Meta:
        model = RosterChange

    roster_import = SubFactory(RosterImportFactory, saved=True)
    table = ChangedTable.STUDENT
    key = Sequence(lambda n: n + 1)
    after = LazyFunction(lambda: {"given_name": "Ada"})


class RosterDropFactory(DjangoModelFactory[RosterDrop]):
    class Meta:
        model = RosterDrop

    path = Sequence(lambda n: f"fall/section-{n}.csv")
    digest = "0" * 64
    outcome = DropOutcome.SAVED
    looked_at = LazyFunction(lambda: NOW)
    roster_import = SubFactory(RosterImportFactory, saved=True)
