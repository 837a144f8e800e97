"""The term of the student whom the demo signs in, told in days before and after today.

Something of everything that the student's pages show: conversations held and ahead, thank-yous
open and overdue, notes without a reply, people who led to people, an offer still open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.exchange.demo.book import Book
from apps.exchange.demo.diary import Diary

ADDRESS = "student@demo.example"


@dataclass(frozen=True)
class Met:
    """A conversation `day` days from today at `hour`; thanked so many hours after, if at all."""

    day: int
    hour: int
    mode: str = "in_person"
    thanked: int | None = None
    ready: bool = True
    practice: bool = False


@dataclass(frozen=True)
class Known:
    """A person, with the days of being listed and written to, and the reply so many days later."""

    name: str
    organization: str
    job_title: str
    seniority: str
    source: str
    closeness: str
    listed: int
    written: tuple[int, ...] = ()
    reply: tuple[str, int] | None = None
    met: Met | None = None
    through: int | None = None  # the number of the person who introduced them


@dataclass(frozen=True)
class Protagonist:
    """A student whose term is told. `open_offer` is a kind, the number of the person it came
    through, and the day; without an address of their own they have one made of their id."""

    given_name: str
    family_name: str
    program: str
    people: Sequence[Known] = ()
    email: str = ""
    open_offer: tuple[str, int, int] | None = None


PEOPLE = [
    Known("Ngozi Eze", "Willow Clinic", "Practice Manager", "manager", "family", "knows_well",
          -54, (-53,), ("yes", 1), Met(-49, 18, "phone", 3, practice=True)),
    Known("Tomás Rivera", "Harbor Media", "Research Lead", "manager", "alumni", "knows",
          -52, (-51,), ("yes", 2), Met(-44, 10, "in_person", 5)),
    Known("Ida Lindqvist", "Harbor Media", "Director of Audience", "director", "referral",
          "stranger", -43, (-42,), ("yes", 1), Met(-36, 9, "video", 20), through=2),
    Known("Keiko Sato", "Riverside Museum", "Curator", "manager", "event", "stranger",
          -40, (-39, -32), ("yes", 2), Met(-25, 15, "in_person", 2)),
    Known("Samuel Osei", "Lumen Energy", "Analyst", "peer", "friend", "knows_well",
          -30, (-29,), ("yes", 1), Met(-20, 12, "in_person", 30, ready=False)),
    Known("王秀英", "Umbra Analytics", "Head of Insights", "executive", "referral", "stranger",
          -19, (-18,), ("yes", 3), Met(-9, 11, "video", 4), through=5),
    Known("Ruth van der Berg", "City of Hartwell", "Policy Adviser", "peer", "professor",
          "knows", -16, (-14,), ("yes", 2), Met(-4, 14, "in_person")),
    Known("Omar Haddad", "Juniper Civic", "Program Manager", "manager", "referral", "stranger",
          -12, (-8,), ("yes", 2), Met(-1, 16, "video"), through=7),
    Known("Elif Kaya", "Osprey Labs", "VP, Research", "executive", "referral", "stranger",
          -8, (-7,), ("yes", 3), Met(1, 10, "video"), through=6),
    Known("Jonas Brandt", "Saltmarsh Conservancy", "Founder", "owner", "cold", "stranger",
          -7, (-5,), ("yes", 3), Met(6, 9, "in_person", ready=False)),
    Known("Priya Anand", "Tern Robotics", "Product Manager", "manager", "linkedin", "stranger",
          -20, (-19, -10)),
    Known("Georgi Petrov", "Quay Logistics", "Operations Director", "director", "company_site",
          "stranger", -11, (-9,)),
    Known("Aaliyah Washington", "Northlight Theater", "Coordinator", "peer", "alumni", "knows",
          -6, (-3,)),
    Known("Liam Ó Dálaigh", "Meridian Law", "Associate", "peer", "family", "knows",
          -15, (-13,), ("later", 2)),
    Known("Sofia Almeida", "Juniper Civic", "Chief of Staff", "executive", "referral",
          "stranger", -1, through=8),
    Known("Hiroshi Ito", "Riverside Museum", "Educator", "peer", "referral", "stranger",
          -24, (-22,), ("no", 1), through=4),
]  # fmt: skip
AMARA = Protagonist("Amara", "Okafor", "Sociology", PEOPLE, ADDRESS, ("internship", 3, -20))


def tell_story(told: Protagonist, book: Book, diary: Diary, cohort: str, counselor: str) -> None:
    book.add(
        "students",
        student_id=diary.student_id,
        email=told.email or f"{diary.student_id.lower()}@students.demo.example",
        given_name=told.given_name,
        family_name=told.family_name,
        cohort=cohort,
        program=told.program,
        class_year=book.term.ends_on.year + 1,
        counselor_email=counselor,
        enrolled_on=book.term.starts_on,
    )
    for number, person in enumerate(told.people, start=1):
        _tell_of(book, diary, number, person)
    if told.open_offer:
        kind, through, day = told.open_offer
        book.add(
            "offers",
            student_id=diary.student_id,
            offer_id=f"{diary.student_id}-O0",
            kind=kind,
            organization=told.people[through - 1].organization,
            received_on=_day(book, day),
            status="open",
            contact_id=f"C{through}",
        )


def _tell_of(book: Book, diary: Diary, number: int, person: Known) -> None:
    ids = {"student_id": diary.student_id, "contact_id": f"C{number}"}
    contact = book.add(
        "contacts",
        **ids,
        listed_on=_day(book, person.listed),
        name=person.name,
        organization=person.organization,
        job_title=person.job_title,
        email=f"c{number}.{diary.student_id.lower()}@contacts.demo.example",
        source=person.source,
        closeness=person.closeness,
        seniority=person.seniority,
        introduced_by=f"C{person.through}" if person.through else None,
    )
    diary.contacts.append(contact)
    for written in person.written:
        sent_at = book.at(_day(book, written), 9, 30)
        note = book.add("outreach", **ids, sent_at=sent_at, channel="email")
        if person.reply and written == person.written[-1]:
            reply, days = person.reply
            note.update(reply=reply, replied_at=sent_at + timedelta(days=days, hours=4))
    if person.met:
        diary.meetings += 1
        _tell_of_meeting(book, diary, ids, person.met)


def _tell_of_meeting(book: Book, diary: Diary, ids: dict[str, str], met: Met) -> None:
    day = _day(book, met.day)
    starts_at = book.at(day, met.hour)
    is_over = met.day < 0
    book.add(
        "meetings",
        **ids,
        meeting_id=f"{diary.student_id}-M{diary.meetings}",
        starts_at=starts_at,
        minutes=20,
        status="held" if is_over else "scheduled",
        mode=met.mode,
        practice=met.practice,
        ready=met.ready,
        referral_asked=is_over and not met.practice,
        thank_you_sent_at=starts_at + timedelta(hours=met.thanked) if met.thanked else None,
    )
    if is_over and not met.practice:
        diary.met_on[ids["contact_id"]] = day


def _day(book: Book, days: int) -> date:
    return book.today + timedelta(days=days)
