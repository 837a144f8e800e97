"""Whether mail flows, as the doctor and the administrators' page say it."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.mail.delivery import send_due
from apps.mail.health import findings, is_late
from apps.mail.models import OutgoingEmail, StopReason, Suppression, Tick, TickSource
from apps.mail.tasks import note_beat
from apps.mail.ticks import note_tick
from tests.accounts.factories import UserFactory
from tests.mail.due import due_mail
from tests.mail.factories import OutgoingEmailFactory, SuppressionFactory
from tests.mail.sink import Sink
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db

HEALTH = "/health/mail/"


def state_of(name: str) -> tuple[bool, float | None]:
    (finding,) = [finding for finding in findings() if finding.name == name]
    return finding.is_well, finding.value


def minutes_ago(minutes: float) -> dict[str, Any]:
    return {"due_at": timezone.now() - timedelta(minutes=minutes)}


def doctor(*arguments: str) -> tuple[int, str]:
    """Return the exit code and what was printed."""
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


# Signs of life


def test_a_tick_arrives_in_a_row_and_again_only_after_a_while() -> None:
    note_beat()
    first = Tick.objects.get()
    assert first.source == TickSource.BEAT
    note_beat()
    assert Tick.objects.get().at == first.at
    Tick.objects.update(at=Now() - timedelta(minutes=1))
    note_beat()
    assert Tick.objects.get().at >= first.at


def test_one_of_the_two_ways_to_send_has_to_be_alive() -> None:
    assert state_of("tick_beat") == (False, None)
    note_tick(TickSource.LOOP)
    assert state_of("tick_beat") == (True, None)
    assert state_of("tick_loop")[0]
    Tick.objects.update(at=Now() - timedelta(minutes=3))
    is_well, seconds = state_of("tick_loop")
    assert not is_well
    assert seconds is not None
    assert 180 <= seconds < 200


# Late


def test_a_mail_that_nobody_tried_for_a_quarter_of_an_hour_is_late(reader: User) -> None:
    due_mail(reader, **minutes_ago(14))
    assert not is_late()
    assert state_of("oldest_due")[0]
    due_mail(reader, **minutes_ago(16))
    assert is_late()
    is_well, seconds = state_of("oldest_due")
    assert not is_well
    assert seconds is not None
    assert 16 * 60 <= seconds < 17 * 60


def test_mail_is_late_while_the_mail_server_is_down(reader: User, sink: Sink) -> None:
    due_mail(reader, **minutes_ago(16))
    sink.stop()
    send_due()
    assert is_late()


def test_mail_is_late_when_its_sender_died_and_no_other_came(reader: User) -> None:
    OutgoingEmailFactory(sending=True, **minutes_ago(30))
    assert is_late()


def test_a_mail_that_one_server_asked_to_wait_makes_nothing_late(reader: User, sink: Sink) -> None:
    due_mail(reader, **minutes_ago(60))
    sink.answers["RCPT"] = "452 4.2.2 Mailbox full"
    send_due()
    assert not is_late()


def test_what_has_ended_or_is_not_due_makes_nothing_late(reader: User) -> None:
    for state in ("sent", "failed", "expired", "cancelled", "suppressed", "bounced", "unknown"):
        OutgoingEmailFactory(**{state: True}, **minutes_ago(60))
    due_mail(reader, due_at=timezone.now() + timedelta(hours=1))
    assert not is_late()
    assert state_of("queue") == (True, 0)


# Counts


def test_many_failures_in_a_day_are_ill_and_few_mails_say_nothing(reader: User) -> None:
    recent = minutes_ago(30)
    OutgoingEmailFactory.create_batch(10, failed=True, recipient=reader, **recent)
    assert state_of("failure_rate") == (True, 1.0)
    OutgoingEmailFactory.create_batch(30, sent=True, recipient=reader, **recent)
    OutgoingEmailFactory.create_batch(30, cancelled=True, recipient=reader, **recent)
    OutgoingEmailFactory.create_batch(5, failed=True, recipient=reader, **minutes_ago(60 * 25))
    assert state_of("failure_rate") == (False, 0.25)
    assert state_of("sent_last_day") == (True, 30)


def test_counts_what_nobody_knows_and_addresses_that_take_nothing(reader: User) -> None:
    OutgoingEmailFactory(unknown=True)
    now = timezone.now()
    SuppressionFactory(since=now)
    SuppressionFactory(since=now - timedelta(days=2), until=now - timedelta(days=1))
    due_mail(reader)
    assert state_of("unknown") == (True, 1)
    assert state_of("suppressed") == (True, 1)
    assert state_of("queue") == (True, 1)


# The doctor


def test_the_doctor_is_content_while_mail_flows() -> None:
    note_beat()
    code, said = doctor()
    assert code == 0
    assert "ILL" not in said
    assert len(said.splitlines()) == len(findings())


def test_the_doctor_exits_with_one_and_says_what_is_wrong(reader: User) -> None:
    note_beat()
    due_mail(reader, **minutes_ago(61))
    code, said = doctor()
    assert code == 1
    assert "ILL  the oldest mail that is due waits for 61 minutes" in said
    code, said = doctor("--json")
    report = json.loads(said)
    assert (code, report["is_well"]) == (1, False)
    ill = {finding["name"] for finding in report["findings"] if not finding["is_well"]}
    assert ill == {"oldest_due"}
    assert reader.email not in said


# The page, and the banner on all pages


@pytest.fixture
def watcher(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def test_the_page_shows_what_was_found_and_who_gets_no_mail(watcher: Client) -> None:
    stop = SuppressionFactory()
    unknown = OutgoingEmailFactory(unknown=True)
    page = watcher.get(HEALTH).content.decode()
    assert stop.address in page
    assert f">{unknown.pk}</th>" in page
    assert "Look here" in page


def test_an_administrator_has_an_address_tried_again(watcher: Client) -> None:
    stop = SuppressionFactory()
    watcher.post(reverse("suppression_lift", args=[stop.pk]))
    assert not Suppression.objects.exists()
    assert watcher.post(reverse("suppression_lift", args=[stop.pk])).status_code == 404


def test_an_administrator_stops_an_address_by_hand(watcher: Client) -> None:
    watcher.post(HEALTH, {"address": "Somebody@Campus.example"})
    stop = Suppression.objects.get()
    assert (stop.address, stop.reason) == ("somebody@campus.example", StopReason.BY_HAND)
    assert watcher.post(HEALTH, {"address": "nobody"}).status_code == 200


def test_the_page_asks_as_often_however_much_there_is(watcher: Client, reader: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert watcher.get(HEALTH).status_code == 200
        return len(captured)

    SuppressionFactory()
    OutgoingEmailFactory(unknown=True, recipient=reader)
    watcher.get(HEALTH)
    few = queries()
    SuppressionFactory.create_batch(20)
    OutgoingEmailFactory.create_batch(20, unknown=True, recipient=reader)
    assert queries() == few


@pytest.mark.parametrize("is_behind", [True, False])
def test_tells_administrators_on_every_page_that_mail_is_late(
    watcher: Client, reader: User, is_behind: bool
) -> None:
    due_mail(reader, **minutes_ago(16 if is_behind else 1))
    for url in (reverse("account"), reverse("import_list"), HEALTH):
        assert ("Mail is late." in watcher.get(url).content.decode()) is is_behind


def test_asks_for_late_mail_once_a_page_and_for_administrators_alone(
    watcher: Client, reader: User, sign_in: Callable[[User], Client]
) -> None:
    def asks(client: Client) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("account"))
        return sum('"mail_outgoingemail"' in query["sql"] for query in captured)

    due_mail(reader, **minutes_ago(16))
    assert asks(watcher) == 1
    client = Client()
    client.force_login(reader)
    assert asks(client) == 0
    assert "Mail is late." not in client.get(reverse("account")).content.decode()


def test_looks_for_late_mail_among_the_unfinished_alone(reader: User) -> None:
    OutgoingEmailFactory.create_batch(200, sent=True, recipient=reader)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as captured:
        cursor.execute("ANALYZE mail_outgoingemail")
        is_late()
        cursor.execute(f"EXPLAIN {captured[-1]['sql']}")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan


def test_tells_people_that_mail_to_them_comes_back(client: Client) -> None:
    reader = UserFactory(student=True)
    client.force_login(reader)
    StudentFactory(user=reader)
    pages = [reverse("account"), reverse("today")]
    words = "Mail to your address comes back."
    for page in pages:
        assert words not in client.get(page).content.decode()
    SuppressionFactory(address=reader.email)
    for page in pages:
        assert words in client.get(page).content.decode()
    assert OutgoingEmail.objects.count() == 0
