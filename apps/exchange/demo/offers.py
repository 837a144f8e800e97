"""What came of it: offers through conversations, offers from elsewhere, and word of none."""

from datetime import date, timedelta

from apps.exchange.demo import people
from apps.exchange.demo.book import Book, Row
from apps.exchange.demo.diary import Diary
from apps.outcomes.models import Kind, Status

THROUGH_CONVERSATIONS = 0.2  # of the students of a term that is over
FROM_ELSEWHERE = 0.1
EARLY = 0.2  # of both, while the term is still going on
CONFIRM_NONE = 0.4


def receive_offers(book: Book, diaries: list[Diary]) -> None:
    random = book.random
    is_over = book.term.closes_on < book.today
    so_far = 1 if is_over else EARLY
    met = [diary for diary in diaries if diary.met_on]
    weights = [len(diary.met_on) for diary in met]
    lucky: dict[str, Diary] = {}
    while len(lucky) < round(THROUGH_CONVERSATIONS * so_far * len(diaries)):
        diary = random.choices(met, weights)[0]
        if diary.student_id not in lucky and _receive_through(book, diary):
            lucky[diary.student_id] = diary
    others = [diary for diary in diaries if diary.student_id not in lucky]
    for diary in random.sample(others, round(FROM_ELSEWHERE * so_far * len(diaries))):
        day = book.days_after(book.term.starts_on, 14, 100)
        _receive(book, diary, min(day, book.today), None)


def confirm_none(book: Book) -> None:
    """Have some of those without an offer say so, once the term is over."""
    day = book.term.closes_on - timedelta(days=10)
    with_offer = {row["student_id"] for row in book.rows["offers"]}
    for row in book.rows["students"]:
        is_silent = book.random.random() > CONFIRM_NONE
        if row["student_id"] not in with_offer and day <= book.today and not is_silent:
            row["no_offer_confirmed_on"] = day


def _receive_through(book: Book, diary: Diary) -> bool:
    """Let an offer come through somebody met, or somebody they introduced; tell if it did."""
    random = book.random
    contact_id, met_on = random.choice(list(diary.met_on.items()))
    led_to = [row for row in diary.contacts if row["introduced_by"] == contact_id]
    contact = random.choice(
        [row for row in diary.contacts if row["contact_id"] == contact_id] + led_to
    )
    received_on = book.days_after(max(met_on, contact["listed_on"]), 3, 40)
    if received_on > min(book.today, book.term.closes_on):
        return False
    _receive(book, diary, received_on, contact)
    return True


def _receive(book: Book, diary: Diary, received_on: date, contact: Row | None) -> None:
    random = book.random
    answered_on = received_on + timedelta(days=random.randint(2, 9))
    statuses = [Status.ACCEPTED, Status.DECLINED, Status.OPEN, Status.RESCINDED]
    status = random.choices(statuses, [55, 20, 17, 8])[0]
    if answered_on > book.today:
        status = Status.OPEN
    book.add(
        "offers",
        student_id=diary.student_id,
        offer_id=f"{diary.student_id}-O1",
        kind=random.choice(Kind.values),
        organization=contact["organization"] if contact else random.choice(people.ORGANIZATIONS),
        received_on=received_on,
        status=status.value,
        accepted_on=answered_on if status == Status.ACCEPTED else None,
        contact_id=contact and contact["contact_id"],
    )
