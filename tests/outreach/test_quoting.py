"""Earlier notes below a follow-up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from apps.outreach.models import Attempt, NoteKind
from apps.outreach.quoting import notes_above, quotation, reply_subject
from apps.outreach.tone import Kind, check

NEW_YORK = ZoneInfo("America/New_York")
FIRST = Attempt(
    kind=NoteKind.FIRST_NOTE,
    sent_at=datetime(2025, 10, 6, 19, 12, tzinfo=UTC),
    text="Hi Ruth,\n\nPlease hire me. I would do anything!",
)
SECOND = Attempt(
    kind=NoteKind.FOLLOW_UP,
    sent_at=datetime(2025, 10, 14, 13, 0, tzinfo=UTC),
    text="Here it is once more.",
)
CALL = Attempt(kind=NoteKind.FOLLOW_UP, sent_at=datetime(2025, 10, 15, 13, 0, tzinfo=UTC))


def test_quotes_the_first_note_as_a_reply_to_all_does() -> None:
    assert quotation([FIRST], writer="Ana\nÖztürk", zone=NEW_YORK) == (
        "On Oct 6, 2025, at 3:12 PM, Ana Öztürk wrote:\n"
        "> Hi Ruth,\n"
        ">\n"
        "> Please hire me. I would do anything!"
    )


def test_quotes_the_one_before_inside_the_one_after() -> None:
    assert quotation([SECOND, FIRST], writer="Ana", zone=NEW_YORK) == (
        "On Oct 14, 2025, at 9:00 AM, Ana wrote:\n"
        "> Here it is once more.\n"
        ">\n"
        "> On Oct 6, 2025, at 3:12 PM, Ana wrote:\n"
        "> > Hi Ruth,\n"
        "> >\n"
        "> > Please hire me. I would do anything!"
    )


def test_quotes_nothing_where_nothing_was_written() -> None:
    assert quotation([], writer="Ana", zone=NEW_YORK) == ""


def test_goes_back_to_the_note_that_began_it() -> None:
    before = Attempt(kind=NoteKind.FIRST_NOTE, text="Last year.")
    assert notes_above([before, FIRST, SECOND, CALL]) == [SECOND, FIRST]
    assert notes_above([before]) == [before]
    assert notes_above([SECOND]) == [SECOND]
    assert notes_above([CALL]) == notes_above([]) == []


def test_the_coach_does_not_judge_what_is_quoted() -> None:
    own = "Hi Ruth,\n\nCould we talk for 15 minutes by phone this week? Any time works.\n\nAna"
    whole = f"{own}\n\n{quotation([SECOND, FIRST], writer='Ana', zone=NEW_YORK)}"
    assert check(own, Kind.FOLLOW_UP).verdict == check(whole, Kind.FOLLOW_UP).verdict == "smooth"


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Labels", "Re: Labels"),
        ("RE: Labels", "RE: Labels"),
        ("", ""),
        ("x" * 200, "Re: " + "x" * 196),
    ],
)
def test_replies_under_the_same_subject(subject: str, reply: str) -> None:
    assert reply_subject(subject) == reply
