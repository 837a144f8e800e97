"""A class in a term: who is in it, whom they meet, and what comes of it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from apps.exchange.demo import people
from apps.exchange.demo.book import Book
from apps.exchange.demo.calendar import TermDates
from apps.exchange.demo.diary import Diary, keep_going, meet_people
from apps.exchange.demo.offers import confirm_none, receive_offers

COHORTS = {"Careers 201-A": 40, "Careers 201-B": 32, "Careers 201-C": 28}
TOLD = next(iter(COHORTS))
"""The class whose first students have their terms told."""

COUNSELORS = {
    "Careers 201-A": "counselor@demo.example",
    "Careers 201-B": "counselor.b@demo.example",
    "Careers 201-C": "counselor.c@demo.example",
}
Story = Callable[[Book, Diary, str, str], None]


def make_semester(
    term: TermDates, *, now: datetime, zone: ZoneInfo, first_id: int, stories: Sequence[Story] = ()
) -> Book:
    """Return the workbook of a term up to `now`. The same arguments give the same workbook.

    `stories` tell the terms of the first students; everybody else's is left to chance, but for one
    thing: in the class that they are in, nobody stands still by chance.
    """
    book = Book(term, now, zone, Random(first_id))
    book.add(
        "term", term=term.code, name=term.name, starts_on=term.starts_on,
        census_on=term.census_on, ends_on=term.ends_on, closes_on=term.closes_on,
    )  # fmt: skip
    diaries: list[Diary] = []
    for cohort, size in COHORTS.items():
        for _ in range(size):
            diary = Diary(f"D{first_id + len(diaries)}")
            if len(diaries) < len(stories):
                stories[len(diaries)](book, diary, cohort, COUNSELORS[cohort])
            else:
                _enrol(book, diary, cohort)
                meet_people(book, diary)
                if stories and cohort == TOLD:
                    keep_going(book, diary)
            diaries.append(diary)
    receive_offers(book, diaries)
    confirm_none(book)
    return book


def _enrol(book: Book, diary: Diary, cohort: str) -> None:
    random = book.random
    given_name, family_name = people.name_of_student(random)
    enrolled_on = book.term.starts_on + timedelta(days=random.choice([0, 0, 0, 1, 4]))
    leaves_on = enrolled_on + timedelta(days=random.randint(20, 50))
    book.add(
        "students",
        student_id=diary.student_id,
        email=f"{diary.student_id.lower()}@students.demo.example",
        given_name=given_name,
        family_name=family_name,
        cohort=cohort,
        program=random.choice(people.PROGRAMS),
        class_year=book.term.ends_on.year + random.randint(0, 3),
        counselor_email=COUNSELORS[cohort],
        enrolled_on=enrolled_on,
        withdrawn_on=leaves_on if random.random() < 0.02 and leaves_on <= book.today else None,
        no_offer_confirmed_on=None,
    )
