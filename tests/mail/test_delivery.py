from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.mail import delivery
from apps.mail.claims import judged
from apps.mail.conditions import all_still_wanted, still_wanted
from apps.mail.delivery import send_due
from apps.mail.models import SIGN_IN, OutgoingEmail, State
from tests.mail.due import due_mail, let_time_pass
from tests.mail.sink import HANG_UP, Sink

pytestmark = pytest.mark.django_db


def waits(email: OutgoingEmail) -> timedelta:
    """How long from now the next try is away."""
    return email.next_try_at - timezone.now()


def test_sends_what_is_due_and_nothing_else(reader: User, sink: Sink) -> None:
    due = due_mail(reader)
    later = due_mail(reader, due_at=timezone.now() + timedelta(hours=1))

    assert send_due() == 1

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, due.attempts, due.ambiguous_count, due.last_code) == (State.SENT, 1, 0, 250)
    assert due.sent_at is not None
    assert (later.state, later.attempts) == (State.PENDING, 0)
    (mail,) = sink.ledger
    assert (mail.sender, mail.recipient) == ("careerhub@localhost", "reader@campus.example")


def test_delivers_the_words_as_they_were_queued(reader: User, sink: Sink) -> None:
    email = due_mail(reader, subject="Grüße, Ana", text_body="Ünïcode\n.\n..", html_body="<p>Ü</p>")
    send_due()

    message = sink.ledger[0].message
    text, html = message.iter_parts()
    assert message["Subject"] == "Grüße, Ana"
    assert text.get_content() == "Ünïcode\r\n.\r\n..\r\n"
    assert html.get_content() == "<p>Ü</p>\r\n"
    assert message["To"] == "reader@campus.example"
    assert message["Date"] == format_datetime(email.created_at)
    assert message["Message-ID"] == email.message_id
    assert message["X-CareerHub-Ref"] == email.reference
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_forgets_the_words_once_sent(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    send_due()
    email.refresh_from_db()
    assert (email.subject, email.text_body, email.html_body) == ("", "", "")


def test_sends_many_mails_over_one_connection_in_the_order_they_are_due(
    reader: User, sink: Sink
) -> None:
    emails = [due_mail(reader) for _ in range(5)]
    assert send_due() == 5
    assert [mail.message["Message-ID"] for mail in sink.ledger] == [e.message_id for e in emails]
    assert sink.connections == 1


def test_does_not_call_the_mail_server_when_nothing_is_due(reader: User, sink: Sink) -> None:
    due_mail(reader, due_at=timezone.now() + timedelta(hours=1))
    assert send_due() == 0
    assert sink.connections == 0


def test_stops_between_mails_when_told_to(reader: User, sink: Sink) -> None:
    for _ in range(3):
        due_mail(reader)
    assert send_due(should_stop=lambda: len(sink.ledger) == 2) == 2
    assert OutgoingEmail.objects.pending().count() == 1


# What the mail server may answer


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "content"])
def test_tries_again_after_a_passing_refusal(reader: User, sink: Sink, verb: str) -> None:
    email = due_mail(reader)
    sink.answers[verb] = "452 4.3.1 Not now, reader@campus.example"
    send_due()

    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.PENDING, 0)
    assert (email.last_code, email.last_reply) == (452, f"{verb} 4.3.1")
    assert timedelta(seconds=55) < waits(email) < timedelta(seconds=73)

    sink.answers.clear()
    let_time_pass(email)
    send_due()
    email.refresh_from_db()
    assert (email.state, email.attempts, len(sink.ledger)) == (State.SENT, 2, 1)


def test_waits_longer_after_each_try_and_never_beyond_the_expiry(reader: User, sink: Sink) -> None:
    email = due_mail(reader, expires_at=timezone.now() + timedelta(hours=2))
    sink.answers["RCPT"] = "452 4.2.2 Mailbox full"
    minutes = []
    for _ in range(5):
        let_time_pass(email)
        send_due()
        email.refresh_from_db()
        minutes.append(waits(email).total_seconds() / 60)
    for minute, planned in zip(minutes[:4], [1, 5, 15, 60], strict=True):
        assert 0.99 * planned < minute < 1.21 * planned
    assert email.next_try_at == email.expires_at


def test_gives_a_greylisting_server_five_minutes(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    sink.answers["RCPT"] = "451 4.7.1 Greylisted"
    send_due()
    email.refresh_from_db()
    assert timedelta(minutes=4.9) < waits(email) < timedelta(minutes=6.1)


def test_ends_a_mail_whose_recipient_is_refused_and_goes_on_with_the_next(
    reader: User, sink: Sink
) -> None:
    gone = due_mail(reader, to_address="gone@campus.example")
    fine = due_mail(reader)
    sink.answers["RCPT"] = lambda to: "550 5.1.1 gone@x unknown" if "gone" in to else None
    assert send_due() == 2

    gone.refresh_from_db()
    fine.refresh_from_db()
    assert (gone.state, gone.last_code, gone.last_reply) == (State.FAILED, 550, "RCPT 5.1.1")
    assert (fine.state, sink.connections) == (State.SENT, 1)


def test_ends_a_mail_whose_content_is_refused(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    sink.answers["content"] = "554 5.6.0 No"
    send_due()
    email.refresh_from_db()
    assert (email.state, email.last_reply) == (State.FAILED, "content 5.6.0")


def test_burns_no_mail_while_the_server_refuses_us(reader: User, sink: Sink) -> None:
    emails = [due_mail(reader) for _ in range(3)]
    sink.answers["MAIL"] = "550 5.7.1 Sender not allowed"
    assert send_due() == 1

    for email in emails:
        email.refresh_from_db()
        assert (email.state, email.attempts) == (State.PENDING, 0)
        assert timedelta(minutes=14) < waits(email) < timedelta(minutes=16)
    assert send_due() == 0
    assert sink.connections == 1


def test_burns_no_mail_while_the_server_is_down(reader: User, sink: Sink) -> None:
    emails = [due_mail(reader) for _ in range(3)]
    sink.stop()
    assert send_due() == 0
    for email in emails:
        email.refresh_from_db()
        assert (email.state, email.attempts) == (State.PENDING, 0)
        assert timedelta(seconds=50) < waits(email) < timedelta(seconds=70)


def test_leaves_a_server_alone_that_refuses_our_password(
    reader: User, sink: Sink, settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "careerhub", "wrong"
    email = due_mail(reader)
    assert send_due() == 0
    email.refresh_from_db()
    assert email.state == State.PENDING
    assert timedelta(minutes=14) < waits(email) < timedelta(minutes=16)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT"])
def test_treats_a_broken_talk_before_the_content_as_surely_not_accepted(
    reader: User, sink: Sink, verb: str
) -> None:
    email = due_mail(reader)
    sink.answers[verb] = HANG_UP
    send_due()
    email.refresh_from_db()
    assert (email.state, email.ambiguous_count) == (State.PENDING, 0)
    assert email.data_started_at is None


@pytest.mark.parametrize("had_enough", [HANG_UP, "421 4.7.0 Enough of this connection"])
def test_connects_anew_when_the_server_closed_between_two_mails(
    reader: User, sink: Sink, had_enough: str
) -> None:
    emails = [due_mail(reader) for _ in range(3)]
    sink.answers["MAIL"] = lambda _: had_enough if len(sink.ledger) >= sink.connections else None
    send_due()
    for email in emails:
        email.refresh_from_db()
        assert (email.state, email.attempts) == (State.SENT, 1)
    assert sink.connections == 3


def test_starts_over_after_a_refusal_on_the_same_connection(reader: User, sink: Sink) -> None:
    due_mail(reader, to_address="gone@campus.example")
    due_mail(reader)
    sink.answers["RCPT"] = lambda to: "550 5.1.1 unknown" if "gone" in to else None
    assert send_due() == 2
    assert sink.verbs == ["MAIL", "RCPT", "RSET", "MAIL", "RCPT", "content"]
    assert sink.connections == 1


# What is wrong with the mail itself


def test_judges_once_more_whether_a_mail_is_wanted(
    reader: User, sink: Sink, no_conditions: None
) -> None:
    @still_wanted("meeting_tomorrow")
    def is_about_meeting_twelve(email: OutgoingEmail) -> bool:
        return email.subject_ref == "meeting:12"

    wanted = due_mail(reader, kind="meeting_tomorrow", subject_ref="meeting:12")
    unwanted = due_mail(reader, kind="meeting_tomorrow", subject_ref="meeting:13")
    send_due()
    wanted.refresh_from_db()
    unwanted.refresh_from_db()
    assert (wanted.state, unwanted.state) == (State.SENT, State.CANCELLED)
    assert unwanted.text_body == ""
    assert len(sink.ledger) == 1


def test_refuses_two_conditions_for_one_kind(no_conditions: None) -> None:
    still_wanted("meeting_tomorrow")(lambda email: True)
    with pytest.raises(ValueError, match="meeting_tomorrow"):
        all_still_wanted("meeting_tomorrow")(lambda emails: [True for _ in emails])


@pytest.mark.parametrize("kind", ["trial", SIGN_IN])
def test_sends_nothing_to_people_who_may_not_sign_in_any_more(
    reader: User, sink: Sink, kind: str
) -> None:
    email = due_mail(reader, kind=kind)
    reader.is_active = False
    reader.save()
    send_due()
    email.refresh_from_db()
    assert (email.state, sink.ledger) == (State.CANCELLED, [])


def test_sends_nothing_to_people_who_were_removed(reader: User, sink: Sink) -> None:
    email = due_mail(reader)
    reader.delete()
    send_due()
    email.refresh_from_db()
    assert (email.state, sink.ledger) == (State.CANCELLED, [])


def test_does_not_send_what_came_too_late(reader: User, sink: Sink) -> None:
    now = timezone.now()
    email = due_mail(reader, due_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1))
    assert send_due() == 0
    email.refresh_from_db()
    assert (email.state, email.text_body, sink.ledger) == (State.EXPIRED, "", [])


def test_expires_mail_even_while_the_server_is_down(reader: User, sink: Sink) -> None:
    now = timezone.now()
    email = due_mail(reader, due_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1))
    sink.stop()
    send_due()
    email.refresh_from_db()
    assert email.state == State.EXPIRED


def test_ends_a_mail_that_no_message_can_be_made_of(reader: User, sink: Sink) -> None:
    poison = due_mail(reader, to_address="rändy@campus.example")
    fine = due_mail(reader)
    send_due()
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.state, poison.last_reply) == (State.FAILED, "compose UnicodeEncodeError")
    assert fine.state == State.SENT


def test_postpones_a_mail_whose_condition_raises(
    reader: User, sink: Sink, no_conditions: None
) -> None:
    @all_still_wanted("delicate")
    def are_no_poison(emails: Sequence[OutgoingEmail]) -> list[bool]:
        return [len(email.subject) / len(email.subject_ref) > 0 for email in emails]

    fine = [due_mail(reader, kind="delicate", subject_ref="meeting:12") for _ in range(2)]
    poison = due_mail(reader, kind="delicate", subject_ref="")
    fine += [due_mail(reader, kind="delicate", subject_ref="meeting:12"), due_mail(reader)]
    send_due()
    poison.refresh_from_db()
    assert (poison.state, poison.last_reply) == (State.PENDING, "condition ZeroDivisionError")
    assert waits(poison) > timedelta(seconds=50)
    assert len(sink.ledger) == len(fine)


def test_judges_mails_together_and_each_again_that_had_to_wait(
    reader: User, sink: Sink, no_conditions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    @all_still_wanted("trial")
    def are_wanted(emails: Sequence[OutgoingEmail]) -> list[bool]:
        asked.append(len(emails))
        return [len(sink.ledger) < 3] * len(emails)

    emails = [due_mail(reader) for _ in range(4)]
    assert send_due(should_stop=lambda: len(sink.ledger) == 2) == 2
    assert asked == [4]
    # As if the server took its time over each mail.
    monkeypatch.setattr(delivery, "_judged", lambda waiting: (judged(waiting), 0.0))
    send_due()
    assert asked == [4, 2, 1]
    # Which of the two that waited goes first is nobody's promise.
    states = sorted(OutgoingEmail.objects.get(pk=email.pk).state for email in emails)
    assert states == [State.CANCELLED, State.SENT, State.SENT, State.SENT]


def test_keeps_addresses_and_names_out_of_the_log(reader: User, sink: Sink, caplog) -> None:
    due_mail(reader)
    due_mail(reader, to_address="gone@campus.example")
    sink.answers["RCPT"] = lambda to: "550 gone@campus.example unknown" if "gone" in to else None
    with caplog.at_level("DEBUG", logger="apps"):
        send_due()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("apps.")]
    assert sum("mail.tried" in line for line in ours) == 2
    for private in ("campus.example", "Ana", "Text of"):
        assert private not in str(ours)
