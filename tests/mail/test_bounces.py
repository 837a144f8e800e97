"""What a report about one of our mails changes, and what it takes to be believed."""

import json
import mailbox
import sys
from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.actions import take_in
from apps.mail.delivery import send_due
from apps.mail.models import Bounce, OutgoingEmail, State, StopReason, Suppression
from apps.mail.verp import bounce_address, read_bounce_address
from tests.mail.due import due_mail
from tests.mail.factories import OutgoingEmailFactory
from tests.mail.incoming import answer_of_a_person, delivery_report, old_style_bounce
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(reader: User) -> OutgoingEmail:
    """A mail that was handed over a minute ago."""
    return OutgoingEmailFactory(sent=True, recipient=reader, due_at=timezone.now())


def come_in(content: bytes) -> Any:
    return take_in(content=content, now=timezone.now())


def test_a_mail_that_came_back_for_good_stops_its_address(sent: OutgoingEmail) -> None:
    taken = come_in(delivery_report(sent))
    assert taken.email == sent
    sent.refresh_from_db()
    assert (sent.state, sent.last_reply) == (State.BOUNCED, "report 5.1.1")
    stop = Suppression.objects.get()
    assert (stop.address, stop.reason, stop.until) == (sent.to_address, StopReason.BOUNCED, None)
    bounce = Bounce.objects.get()
    assert (bounce.email, bounce.severity, bounce.status) == (sent, "hard", "5.1.1")


def test_the_same_report_twice_is_one(sent: OutgoingEmail) -> None:
    report = delivery_report(sent, status="5.2.2")
    for _ in range(5):
        assert come_in(report).report.outcome == "soft"
    assert Bounce.objects.count() == 1
    assert not Suppression.objects.exists()


def test_three_passing_failures_in_two_weeks_stop_the_address_for_two_weeks(
    reader: User,
) -> None:
    for number in range(3):
        assert not Suppression.objects.exists()
        email = OutgoingEmailFactory(sent=True, recipient=reader, due_at=timezone.now())
        come_in(delivery_report(email, status="5.2.2", report_id=f"<{number}@x>"))
    stop = Suppression.objects.get()
    assert stop.reason == StopReason.SOFT
    assert stop.until is not None
    assert timedelta(days=13.9) < stop.until - timezone.now() <= timedelta(days=14)


def test_old_passing_failures_count_no_more(reader: User) -> None:
    for number in range(3):
        email = OutgoingEmailFactory(sent=True, recipient=reader, due_at=timezone.now())
        come_in(delivery_report(email, status="5.2.2", report_id=f"<{number}@x>"))
        Bounce.objects.update(created_at=timezone.now() - timedelta(days=15))
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        delivery_report(action="delayed", status="4.2.2"),
        answer_of_a_person(extra="Auto-Submitted: auto-replied\n"),
        answer_of_a_person(),
        b"\0",
    ],
)
def test_anything_but_a_bounce_changes_nothing(sent: OutgoingEmail, content: bytes) -> None:
    come_in(content)
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()


def test_only_a_sent_mail_becomes_bounced(reader: User) -> None:
    email = OutgoingEmailFactory(unknown=True, recipient=reader, due_at=timezone.now())
    assert come_in(delivery_report(email)).email == email
    email.refresh_from_db()
    assert email.state == State.UNKNOWN
    assert Suppression.objects.count() == 1


# Whom to believe


def test_believes_the_message_id_that_an_old_bounce_returns(sent: OutgoingEmail) -> None:
    assert come_in(old_style_bounce(sent)).email == sent
    assert Suppression.objects.count() == 1


def test_believes_our_own_reference_where_a_relay_changed_the_message_id(reader: User) -> None:
    email = OutgoingEmailFactory(
        sent=True,
        recipient=reader,
        due_at=timezone.now(),
        message_id=f"<{'0123456789abcdef' * 2}@careerhub.example>",
    )
    content = delivery_report(address="moved@elsewhere.example").replace(
        b"Message-ID: <other@elsewhere>", f"X-CareerHub-Ref: {email.reference}".encode()
    )
    assert come_in(content).email == email
    assert Suppression.objects.get().address == reader.email  # ours, not where it was forwarded


def test_without_proof_believes_a_report_about_somebody_just_written_to(
    sent: OutgoingEmail,
) -> None:
    assert come_in(delivery_report(address="Reader@campus.example")).email == sent
    assert Suppression.objects.count() == 1


def test_believes_no_report_about_somebody_not_written_to(reader: User) -> None:
    OutgoingEmailFactory(recipient=reader)
    old = timezone.now() - timedelta(days=15)
    OutgoingEmailFactory(sent=True, recipient=reader, due_at=old)
    assert come_in(delivery_report(address=reader.email)).email is None
    assert not Suppression.objects.exists()


def test_believes_no_report_that_comes_weeks_later(reader: User) -> None:
    old = timezone.now() - timedelta(days=15)
    email = OutgoingEmailFactory(sent=True, recipient=reader, due_at=old)
    assert come_in(delivery_report(email)).email is None


# An address of its own for each mail


def test_gives_each_mail_an_address_that_only_we_can_make(settings: Any) -> None:
    assert bounce_address(12) == ""
    settings.MAIL_BOUNCE_ADDRESS = "bounces@careers.example"
    address = bounce_address(12)
    assert address.startswith("bounces+12-")
    assert len(address.partition("@")[0]) <= 64
    assert read_bounce_address(f"Bounces <{address.upper()}>") == 12
    assert read_bounce_address(address.replace("+12-", "+13-")) is None
    assert read_bounce_address("bounces@careers.example") is None


def test_believes_the_signed_address_whatever_else_the_report_says(
    reader: User, sink: Sink, settings: Any
) -> None:
    settings.MAIL_BOUNCE_ADDRESS = "bounces@careers.example"
    email = due_mail(reader)
    send_due()
    (handed_over,) = sink.ledger
    assert handed_over.sender == bounce_address(email.pk)
    assert handed_over.message["From"] == settings.DEFAULT_FROM_EMAIL

    report = delivery_report(to=handed_over.sender, address="moved@elsewhere.example")
    assert come_in(report).email == email
    assert Suppression.objects.get().address == reader.email


def test_believes_no_forged_address(sent: OutgoingEmail) -> None:
    forged = f"bounces+{sent.pk}-{'0' * 20}@careers.example"
    assert come_in(delivery_report(to=forged, address="x@y.example")).email is None


# The command


def process(monkeypatch: pytest.MonkeyPatch, content: bytes, *arguments: Any) -> list[Any]:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(content)))
    out = StringIO()
    call_command("process_bounce", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_says_what_came_in(sent: OutgoingEmail, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"outcome": "hard", "address": sent.to_address, "email": sent.pk, "status": "5.1.1"}
    assert process(monkeypatch, delivery_report(sent)) == [said]
    assert process(monkeypatch, delivery_report(sent)) == [said]
    assert process(monkeypatch, b"\xff") == [{"outcome": "unknown"}]


def test_reads_a_whole_mailbox(
    sent: OutgoingEmail, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for content in (delivery_report(sent), answer_of_a_person(), old_style_bounce()):
        box.add(content)
    box.close()
    said = process(monkeypatch, b"", "--mbox", str(tmp_path / "box"))
    assert [line["outcome"] for line in said] == ["hard", "unknown", "hard"]
    (tmp_path / "garbage").write_bytes(b"\0\xff" * 100)
    assert process(monkeypatch, b"", "--mbox", str(tmp_path / "garbage")) == []
    with pytest.raises(CommandError, match="no file"):
        process(monkeypatch, b"", "--mbox", str(tmp_path / "nothing"))


def test_asks_the_mail_server_to_try_again_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("apps.mail.management.commands.process_bounce.take_in", away)
    with pytest.raises(CommandError) as refused:
        process(monkeypatch, delivery_report())
    assert refused.value.returncode == 75


def test_keeps_addresses_out_of_the_log(sent: OutgoingEmail, caplog: Any) -> None:
    with caplog.at_level("DEBUG"):
        come_in(delivery_report(sent))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("apps.")]
    assert any("mail.report" in line for line in ours)
    assert "campus.example" not in str(ours)
