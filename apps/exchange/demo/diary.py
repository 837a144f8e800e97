"""One student's term, left to chance: listing people, writing, meeting, being sent on."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.contacts.models import Source
from apps.exchange.demo import people
from apps.exchange.demo.book import Book, Row
from apps.meetings.models import Mode, Status
from apps.outreach.models import Channel

MOST_GENERATIONS = 4
A_WEEK = timedelta(days=7)
MOST_UNTHANKED = 2  # at a time, of those who keep going
CLOSE = (Source.FAMILY, Source.FRIEND, Source.PROFESSOR)


@dataclass
class Diary:
    """What one student has so far, apart from the rows in the book."""

    student_id: str
    contacts: list[Row] = field(default_factory=list)
    met_on: dict[str, date] = field(default_factory=dict)  # by contact id; practice left out
    meetings: int = 0


def meet_people(book: Book, diary: Diary) -> None:
    random = book.random
    zeal = random.choice([0, 2, 4, 5, 5, 6, 7, 8, 10, 13])
    # Most people come to mind in the first weeks.
    after = sorted(int(random.triangular(1, 95, 8)) for _ in range(zeal))
    days = [book.term.starts_on + timedelta(days=number) for number in after]
    to_list: deque[tuple[date, Row | None, int]] = deque((day, None, 0) for day in days)
    while to_list:
        listed_on, introducer, generation = to_list.popleft()
        if listed_on > book.last_day:
            continue
        contact = list_contact(book, diary, listed_on, introducer)
        agreed_on = _ask(book, contact, listed_on)
        meeting = agreed_on and _meet(book, diary, contact, agreed_on)
        if meeting and meeting["referral_asked"] and generation < MOST_GENERATIONS:
            for _ in range(random.choice([0, 0, 1, 1, 2])):
                days_later = timedelta(days=random.randint(0, 4))
                met_on = diary.met_on.get(contact["contact_id"])
                if met_on:
                    to_list.append((met_on + days_later, contact, generation + 1))


def keep_going(book: Book, diary: Diary) -> None:
    """Let somebody leave few thank-yous open, and list one more person after a quiet week."""
    held = [row for row in _own(book, diary, "meetings") if row["status"] == Status.HELD]
    for row in [row for row in held if not row.get("thank_you_sent_at")][:-MOST_UNTHANKED]:
        row["thank_you_sent_at"] = min(row["starts_at"] + timedelta(days=1), book.now)
    days = [row["sent_at"].date() for row in _own(book, diary, "outreach")]
    for row in _own(book, diary, "meetings"):
        if row["status"] in (Status.HELD, Status.SCHEDULED):
            days.append(row["starts_at"].date())
    days += [row["listed_on"] for row in diary.contacts]
    if max(days, default=book.term.starts_on) < book.today - A_WEEK:
        list_contact(book, diary, book.today - timedelta(days=book.random.randint(1, 6)), None)


def _own(book: Book, diary: Diary, table: str) -> list[Row]:
    return [row for row in book.rows[table] if row["student_id"] == diary.student_id]


def list_contact(book: Book, diary: Diary, listed_on: date, introducer: Row | None) -> Row:
    random = book.random
    number = len(diary.contacts) + 1
    source = Source.REFERRAL.value if introducer else random.choice(Source.values)
    seniority = random.choice(list(people.JOB_TITLES))
    is_colleague = introducer is not None and random.random() < 0.5
    contact = book.add(
        "contacts",
        student_id=diary.student_id,
        contact_id=f"C{number}",
        listed_on=listed_on,
        name=people.name_of_contact(random),
        organization=introducer["organization"]
        if introducer and is_colleague
        else random.choice(people.ORGANIZATIONS),
        job_title=random.choice(people.JOB_TITLES[seniority]),
        email=f"c{number}.{diary.student_id.lower()}@contacts.demo.example",
        source=source,
        closeness=random.choice(
            ["knows_well", "knows"] if source in CLOSE else ["stranger", "stranger", "knows"]
        ),
        seniority=seniority,
        introduced_by=introducer and introducer["contact_id"],
    )
    if random.random() < 0.2:
        contact["email"] = None
    diary.contacts.append(contact)
    return contact


def _ask(book: Book, contact: Row, listed_on: date) -> date | None:
    """Write to the contact, once more if there is no answer; return the day of a yes."""
    random = book.random
    day = book.days_after(listed_on, 0, 5)
    channel = random.choice([Channel.EMAIL, Channel.EMAIL, Channel.LINKEDIN, Channel.PHONE])
    for _ in range(random.choice([1, 1, 2, 3])):
        sent_at = book.at(day, random.randint(8, 17), random.choice([0, 10, 25, 40]))
        if not book.has_come(sent_at):
            return None
        note = book.add(
            "outreach",
            student_id=contact["student_id"],
            contact_id=contact["contact_id"],
            sent_at=sent_at,
            channel=channel.value,
        )
        reply = random.choices(["yes", "later", "no", None], [50, 8, 7, 35])[0]
        replied_at = sent_at + timedelta(hours=random.choice([1, 3, 20, 26, 49, 75]))
        if reply and book.has_come(replied_at):
            note.update(reply=reply, replied_at=replied_at)
            return replied_at.date() if reply == "yes" else None
        if reply:
            return None
        day = book.days_after(day, 6, 11)
    return None


def _meet(book: Book, diary: Diary, contact: Row, agreed_on: date) -> Row:
    """Set a conversation, and if its time has come, say what became of it."""
    random = book.random
    starts_at = book.at(
        book.days_after(agreed_on, 2, 11), random.randint(8, 17), random.choice([0, 15, 30])
    )
    minutes = random.choice([15, 20, 20, 20, 30])
    diary.meetings += 1
    is_practice = contact["closeness"] == "knows_well" and random.random() < 0.3
    meeting = book.add(
        "meetings",
        student_id=contact["student_id"],
        contact_id=contact["contact_id"],
        meeting_id=f"{diary.student_id}-M{diary.meetings}",
        starts_at=starts_at,
        minutes=minutes,
        status=Status.SCHEDULED.value,
        mode=random.choice(Mode.values),
        practice=is_practice,
        ready=random.random() < 0.3,
        referral_asked=False,
    )
    ends_at = starts_at + timedelta(minutes=minutes)
    if not book.has_come(ends_at):
        return meeting
    status = random.choices([Status.HELD, Status.CANCELLED, Status.NO_SHOW], [88, 8, 4])[0]
    meeting["status"] = status.value
    if status == Status.HELD:
        meeting.update(ready=random.random() < 0.75, referral_asked=random.random() < 0.6)
        thanked_at = ends_at + timedelta(hours=random.choice([1, 2, 4, 8, 15, 20, 23, 40, 70]))
        if random.random() < 0.88 and book.has_come(thanked_at):
            meeting["thank_you_sent_at"] = thanked_at
        if not is_practice:
            diary.met_on[contact["contact_id"]] = starts_at.date()
    return meeting
