"""What a contact answers on their page, and what follows from it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from apps.contacts.models import Wish
from apps.meetings.actions.schedule import accept_time, cancel_meeting, propose_other_times
from apps.meetings.models import Meeting, Mode, Status
from apps.outreach.answers import answers_of, answers_waiting
from apps.outreach.models import Answer, Attempt, ContactAnswer, ContactLink, Reply
from apps.outreach.protection import Notice, advice
from apps.students.models import Student
from tests.clock import NOW, ago, ahead
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory, ContactAnswerFactory, ContactLinkFactory
from tests.outreach.test_links import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGE = f"/c/{TOKEN}/"
EMAIL = "ruth@tern.example"
FIRST, SECOND = ahead(days=5), ahead(days=6, hours=3)
GONE = "This link opens nothing now"


@pytest.fixture
def link(ana):
    ruth = ContactFactory(student=ana, name="Ruth", email=EMAIL, time_zone="America/Chicago")
    AttemptFactory(contact=ruth, sent_at=ago(days=20))
    AttemptFactory(contact=ruth)
    return ContactLinkFactory(contact=ruth, token=TOKEN)


@pytest.fixture
def proposal(link):
    return MeetingFactory(
        contact=link.contact, status=Status.PROPOSED, proposed_times=[FIRST, SECOND]
    )


def answer(**said):
    return Client().post(PAGE, {"does": "answer", **said})


def latest_reply():
    attempt = Attempt.objects.latest("sent_at")
    return attempt.reply, attempt.replied_at, attempt.ask_again_on


def test_takes_one_of_the_proposed_times(link, proposal):
    told = answer(
        answer=SECOND.isoformat(), mode=Mode.PHONE, place="+1 312 555 0100", message="Gladly."
    )
    assert "Tuesday, October 21, 1:00 pm" in told.text
    proposal.refresh_from_db()
    assert (proposal.status, proposal.starts_at) == (Status.SCHEDULED, SECOND)
    assert (proposal.mode, proposal.place) == (Mode.PHONE, "+1 312 555 0100")
    kept = ContactAnswer.objects.get()
    assert (kept.answer, kept.times, kept.message) == (Answer.ACCEPTED, [SECOND], "Gladly.")
    assert latest_reply() == (Reply.YES, NOW, None)
    assert Attempt.objects.earliest("sent_at").reply == ""
    link.refresh_from_db()
    assert link.used_at == NOW


def test_leaves_how_and_where_as_proposed_unless_told(link, proposal):
    answer(answer=FIRST.isoformat())
    proposal.refresh_from_db()
    assert (proposal.mode, proposal.place) == (Mode.IN_PERSON, "")


def test_suggests_other_times_on_their_own_clock(link):
    told = answer(
        answer="other_times",
        day_1="2025-10-23", hour_1="09:30",
        day_2="2025-10-22", hour_2="16:00",
        day_3="2025-10-23", hour_3="09:30",
        mode=Mode.PHONE, place="+1 312 555 0100", message="Or next week.",
    )  # fmt: skip
    assert "Thursday, October 23, 9:30 am" in told.text
    kept = ContactAnswer.objects.get()
    assert kept.times == [
        datetime(2025, 10, 22, 21, 0, tzinfo=UTC),
        datetime(2025, 10, 23, 14, 30, tzinfo=UTC),
    ]
    assert kept.message == "Phone: +1 312 555 0100\nOr next week."
    assert latest_reply() == (Reply.YES, NOW, None)


def test_suggests_times_in_the_zone_of_the_address(link):
    said = {"does": "answer", "answer": "other_times", "day_1": "2025-10-23", "hour_1": "09:30"}
    Client().post(f"{PAGE}?zone=Asia/Tokyo", said)
    assert ContactAnswer.objects.get().times == [datetime(2025, 10, 23, 0, 30, tzinfo=UTC)]


def test_writes_on_the_proposal_how_they_want_to_talk(link, proposal):
    answer(answer="other_times", day_1="2025-10-23", hour_1="09:30", mode=Mode.VIDEO)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.mode) == (Status.PROPOSED, Mode.VIDEO)
    assert ContactAnswer.objects.get().message == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Say on which day, and at what time."),
        ({"day_2": "2025-10-23"}, "Say both, the day and the time."),
        ({"day_1": "2025-10-14", "hour_1": "09:00"}, "This time has passed already."),
        ({"day_1": "2205-10-14", "hour_1": "09:00"}, "Please look at the year again."),
        (
            {"day_1": "2026-03-08", "hour_1": "02:30"},
            "The clocks go forward past 2:30 am in Chicago that day. The next time that exists "
            "is 3:00 am.",
        ),
        ({"day_1": "soon", "hour_1": "late"}, "Enter a valid date."),
    ],
)
def test_says_what_is_wrong_with_a_time_and_keeps_what_was_typed(link, typed, words):
    told = answer(answer="other_times", message="Let us see.", **typed)
    assert words in told.text
    assert "Let us see." in told.text
    assert not ContactAnswer.objects.exists()
    assert ContactLink.objects.usable(NOW).exists()


def test_means_the_first_of_two_hours_that_look_alike(link):
    answer(answer="other_times", day_1="2025-11-02", hour_1="01:30")
    assert ContactAnswer.objects.get().times == [datetime(2025, 11, 2, 6, 30, tzinfo=UTC)]


def test_not_now_lets_nobody_ask_before_the_day_they_name(link):
    WishFactory(key=EMAIL, most_per_term=2)
    elsewhere = ContactFactory(email="RUTH@tern.example")
    told = answer(answer="not_now", ask_again_on="2026-01-12")
    assert "will not write to you for now" in told.text
    assert latest_reply() == (Reply.LATER, NOW, date(2026, 1, 12))
    wish = Wish.objects.get()
    assert (wish.paused_until, wish.most_per_term) == (date(2026, 1, 11), 2)
    for contact in (link.contact, elsewhere):
        told = advice(contact, now=NOW)
        assert (told.notice, told.until) == (Notice.PAUSED, date(2026, 1, 12))


def test_not_now_shortens_no_pause(link):
    WishFactory(key=EMAIL, paused_until=date(2026, 6, 1))
    answer(answer="not_now", ask_again_on="2026-01-12")
    assert Wish.objects.get().paused_until == date(2026, 6, 1)


def test_not_now_without_a_day_pauses_nobody(link):
    answer(answer="not_now")
    assert latest_reply() == (Reply.LATER, NOW, None)
    assert not Wish.objects.exists()


@pytest.mark.parametrize("day", ["2025-10-15", "2020-01-01", "2035-01-01", "soon"])
def test_not_now_asks_for_a_day_to_come(link, day):
    told = answer(answer="not_now", ask_again_on=day)
    assert "another look" in told.text or 'role="alert"' in told.text
    assert not ContactAnswer.objects.exists()


def test_a_no_is_a_no(link):
    told = answer(answer="no", message="I have left the field.")
    assert "is told kindly, and does not write again" in told.text
    assert latest_reply() == (Reply.NO, NOW, None)
    assert ContactAnswer.objects.get().message == "I have left the field."


def test_passes_over_what_belongs_to_another_answer(link):
    answer(answer="no", day_1="nonsense", hour_1="25:99", ask_again_on="x", mode="pigeon")
    assert ContactAnswer.objects.get().answer == Answer.NO


def test_corrects_what_the_student_has_put_down(link):
    Attempt.objects.update(reply=Reply.YES, replied_at=ago(hours=2))
    answer(answer="no")
    assert latest_reply() == (Reply.NO, ago(hours=2), None)


def test_is_heard_without_any_note_put_down(link):
    Attempt.objects.all().delete()
    answer(answer="no")
    assert ContactAnswer.objects.get().answer == Answer.NO


@pytest.mark.parametrize("said", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_asks_for_one_of_the_answers(link, said):
    told = answer(**said)
    assert told.status_code == 200
    assert 'role="alert"' in told.text
    assert not ContactAnswer.objects.exists()


def test_takes_no_time_that_is_not_proposed(link, proposal):
    told = answer(answer=ahead(days=9).isoformat())
    assert "This time is not proposed any more." in told.text
    proposal.refresh_from_db()
    assert proposal.status == Status.PROPOSED


@pytest.mark.parametrize(
    "change",
    [
        lambda meeting: propose_other_times(meeting=meeting, times=[ahead(days=8)], now=NOW),
        lambda meeting: cancel_meeting(meeting=meeting, now=NOW),
        lambda meeting: accept_time(meeting=meeting, starts_at=SECOND, now=NOW),
    ],
)
def test_shows_the_page_again_where_the_times_have_changed_since(link, proposal, change):
    change(proposal)
    told = answer(answer=FIRST.isoformat())
    assert "Please look again." in told.text
    assert not ContactAnswer.objects.exists()
    assert ContactLink.objects.usable(NOW).exists()


def test_takes_no_time_that_has_come_meanwhile(link, proposal):
    with time_machine.travel(FIRST, tick=False):
        assert "This time is not proposed any more." in answer(answer=FIRST.isoformat()).text


def test_a_second_press_is_thanked_for_and_heard_once(link, proposal):
    said = {"answer": SECOND.isoformat(), "mode": Mode.PHONE, "message": "Gladly."}
    first, second = answer(**said), answer(**said)
    assert second.content == first.content
    assert ContactAnswer.objects.count() == 1
    assert Meeting.objects.get().status == Status.SCHEDULED


def test_a_replay_finds_nothing_a_minute_later(link, proposal):
    said = {"answer": SECOND.isoformat()}
    answer(**said)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        replayed = answer(**said)
        assert replayed.status_code == 404
        assert replayed.content == Client().get("/c/unknown/").content


@pytest.mark.parametrize("said", [{"answer": "no"}, {"answer": ""}, {"answer": "other_times"}])
def test_another_answer_finds_nothing_at_once(link, proposal, said):
    answer(answer=SECOND.isoformat())
    assert GONE in answer(**said).text
    assert latest_reply() == (Reply.YES, NOW, None)
    assert GONE in Client().get(PAGE).text


def test_the_link_of_another_contact_answers_for_that_one_only(link, proposal):
    other = ContactLinkFactory(contact=ContactFactory(student=link.student), token="x" * 43)
    assert 'type="radio" name="answer" value="2025' not in Client().get(f"/c/{'x' * 43}/").text
    Client().post(f"/c/{'x' * 43}/", {"does": "answer", "answer": SECOND.isoformat()})
    Client().post(f"/c/{'x' * 43}/", {"does": "answer", "answer": "no"})
    assert ContactAnswer.objects.get().link == other
    proposal.refresh_from_db()
    assert proposal.status == Status.PROPOSED
    assert not Attempt.objects.exclude(reply="").exists()
    assert ContactLink.objects.usable(NOW).get() == link


def test_waits_for_the_student_until_a_time_is_agreed_or_they_say_more(ana, link):
    students = Student.objects.filter(pk=ana.pk)

    def answered(contact, **values):
        used = ContactLinkFactory(contact=contact, used=True)
        return ContactAnswerFactory(link=used, **values)

    first = answered(link.contact, answered_at=ago(days=2))
    answered(ContactFactory(student=ana), answer=Answer.NO)
    answered(ContactFactory(student=ana), answered_at=ago(days=61))
    answered(ContactFactory(student=ana, erased=True))
    answered(ContactFactory())
    (waiting,) = answers_waiting(students, NOW)
    assert waiting == first
    assert (waiting.student_id, waiting.contact_id) == (ana.pk, link.contact.pk)
    second = answered(link.contact)
    assert list(answers_waiting(students, NOW)) == [second]
    assert list(answers_of(link.contact)) == [second, first]
    MeetingFactory(contact=link.contact)
    assert not answers_waiting(students, NOW)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_agree_once(link, proposal):
    said = {"answer": SECOND.isoformat(), "message": "Gladly."}

    def press(_):
        try:
            return answer(**said).content
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = set(pool.map(press, range(4)))
    assert len(told) == 1
    assert ContactAnswer.objects.count() == 1
    assert Meeting.objects.get().starts_at == SECOND
