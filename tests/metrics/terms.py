"""Made-up terms as plain facts, for tests that need hundreds of them."""

from datetime import date, timedelta
from random import Random

from apps.metrics.facts import ContactFact, MeetingFact, OfferFact, StudentFact, TermFacts
from apps.metrics.scope import EnrolmentFact

STARTS_ON = date(2025, 8, 25)
DAYS = 170


def random_term(random: Random, *, cohorts: int) -> TermFacts:
    """Return the facts of a term in which anything that can happen does."""
    students, meetings, offers = [], [], []
    sizes = [random.choice([6, 12, 24, 40, 60]) for _ in range(cohorts)]
    luck = random.choice([0.1, 0.25, 0.5])
    for cohort, size in enumerate(sizes):
        for _ in range(size):
            student = len(students)
            classes = {cohort} | ({random.randrange(cohorts)} if random.random() < 0.05 else set())
            students.append(_student(random, student, classes))
            held = sorted(
                STARTS_ON + timedelta(days=random.randrange(DAYS))
                for _ in range(random.choice([0, 0, 1, 2, 3, 4, 6, 8, 11]))
            )
            meetings += [_meeting(random, student, day) for day in held]
            offers += _offers(random, student, held, luck)
    return TermFacts(
        starts_on=STARTS_ON,
        closes_on=STARTS_ON + timedelta(days=DAYS),
        students=students,
        contacts=_contacts(random, len(students), meetings),
        meetings=meetings,
        offers=offers,
    )


def later(random: Random, facts: TermFacts) -> TermFacts:
    """Return the term some weeks on: a few more offers and meetings."""
    some = [student.id for student in facts.students if random.random() < 0.05]
    day = STARTS_ON + timedelta(days=DAYS - 5)
    return TermFacts(
        facts.starts_on,
        facts.closes_on,
        facts.students,
        facts.contacts,
        facts.meetings + [_meeting(random, student, day) for student in some],
        facts.offers
        + [
            OfferFact(10_000 + student, student, "job", "open", day, (student,))
            for student in some
            if random.random() < 0.5
        ],
    )


def _student(random: Random, student: int, classes: set[int]) -> StudentFact:
    program, year = random.choice(["Design", "History"]), random.choice(["2026", "2027"])
    gone = STARTS_ON + timedelta(days=60) if random.random() < 0.03 else None
    enrolments = tuple(EnrolmentFact(one, program, year, gone) for one in sorted(classes))
    return StudentFact(student, enrolments, has_confirmed_no_offer=random.random() < 0.3)


def _meeting(random: Random, student: int, day: date) -> MeetingFact:
    return MeetingFact(
        id=random.randrange(10**9),
        student=student,
        contact=student,
        held_on=day,
        is_ready=random.random() < 0.7,
        is_thanked=random.random() < 0.9,
        is_thanked_on_time=random.random() < 0.6,
    )


def _offers(random: Random, student: int, held: list[date], luck: float) -> list[OfferFact]:
    offers = []
    for number in range(random.choice([1, 1, 2]) if random.random() < luck else 0):
        kind = random.choice(["job", "internship"])
        status = random.choice(["open", "accepted", "declined", "rescinded"])
        through = bool(held) and random.random() < 0.7
        day = held[0] if through else STARTS_ON
        received_on = day + timedelta(days=random.randrange(20))
        path = (student,) if through else None
        offers.append(OfferFact(student * 3 + number, student, kind, status, received_on, path))
    return offers


def _contacts(random: Random, students: int, meetings: list[MeetingFact]) -> list[ContactFact]:
    met = {meeting.student for meeting in meetings}
    return [
        ContactFact(
            id=student,
            student=student,
            introduced_by=student - 1 if student and random.random() < 0.2 else None,
            is_asked=student in met or random.random() < 0.8,
            is_replied=student in met or random.random() < 0.6,
            is_agreed=student in met or random.random() < 0.4,
            has_introduced=random.random() < 0.2,
        )
        for student in range(students)
    ]
