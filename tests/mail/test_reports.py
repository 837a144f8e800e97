"""What an incoming mail reports, from its bytes alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.mail.models import OutgoingEmail, Severity
from apps.mail.reports import MOST_BYTES, Outcome, read
from apps.mail.statuses import severity_of, status_in
from tests.mail.incoming import answer_of_a_person, delivery_report, old_style_bounce

EMAIL = OutgoingEmail(message_id="<0123@careerhub.example>")


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("failed", "5.1.1", "hard"),
        ("Failed", "5.1.10", "hard"),
        ("failed", "5.2.1", "hard"),
        ("failed", "5.3.0", "hard"),
        ("failed", "5.4.4", "hard"),
        ("failed", "5.2.2", "soft"),
        ("failed", "5.2.3", "soft"),
        ("failed", "5.3.4", "soft"),
        ("failed", "5.4.7", "soft"),
        ("failed", "5.7.1", "soft"),
        ("failed", "4.4.7", "soft"),
        ("failed", "4.1.1", "soft"),
        ("delayed", "4.2.2", "delayed"),
        ("delayed", "5.1.1", "delayed"),
        ("delivered", "2.0.0", "unknown"),
        ("relayed", "2.0.0", "unknown"),
        ("expanded", "2.0.0", "unknown"),
    ],
)
def test_reads_action_and_status_of_a_delivery_report(
    action: str, status: str, outcome: str
) -> None:
    report = read(delivery_report(action=action, status=status))
    assert (report.outcome, report.status) == (outcome, status)
    assert report.address == "reader@campus.example"


@pytest.mark.parametrize(
    ("status", "diagnostic", "outcome"),
    [
        ("5.0.0", "smtp; 552 5.2.2 Mailbox full", "soft"),
        ("5.0.0", "smtp; 550 5.1.1 No such user", "hard"),
        ("5.0.0", "smtp; 550 No such user", "hard"),
        ("", "smtp; 550 No such user", "hard"),
        ("", "smtp; 552 Over quota", "soft"),
        ("nonsense", "", "soft"),
    ],
)
def test_asks_the_diagnostic_where_the_status_says_little(
    status: str, diagnostic: str, outcome: str
) -> None:
    assert read(delivery_report(status=status, diagnostic=diagnostic)).outcome == outcome


def test_takes_the_worst_of_several_recipients() -> None:
    other = "\nFinal-Recipient: rfc822; other@campus.example\nAction: failed\nStatus: 5.1.1\n"
    report = read(delivery_report(action="delayed", status="4.2.2", extra=other))
    assert (report.outcome, report.address) == (Outcome.HARD, "other@campus.example")


def test_finds_the_message_ids_of_what_was_sent_back_but_not_the_reports_own() -> None:
    assert read(delivery_report(EMAIL)).message_ids == ("<0123@careerhub.example>",)
    assert read(old_style_bounce(EMAIL)).message_ids == ("<0123@careerhub.example>",)


@pytest.mark.parametrize(
    ("mail", "outcome"),
    [
        (old_style_bounce(), "hard"),
        (old_style_bounce(words="552 5.2.2 Mailbox full"), "soft"),
        (old_style_bounce(words="It did not work, I do not know why."), "soft"),
        (old_style_bounce(subject="Warning: delivery failure, will keep trying"), "delayed"),
        (old_style_bounce(sender="somebody@campus.example"), "unknown"),
        (
            old_style_bounce(
                sender="x@y.example", extra="X-Failed-Recipients: reader@campus.example\n"
            ),
            "hard",
        ),
        (old_style_bounce(sender="x@y.example", extra="Return-Path: <>\n"), "hard"),
    ],
)
def test_reads_a_bounce_in_plain_words_as_well_as_it_can(mail: bytes, outcome: str) -> None:
    assert read(mail).outcome == outcome


@pytest.mark.parametrize(
    "mail",
    [
        answer_of_a_person(extra="Auto-Submitted: auto-replied\n"),
        answer_of_a_person(extra="Auto-Submitted: auto-replied (vacation)\n"),
        answer_of_a_person(extra="X-Autoreply: yes\n"),
        answer_of_a_person(extra="Precedence: auto_reply\n"),
        answer_of_a_person("Automatic reply: Your conversation"),
        answer_of_a_person("Out of office: back on Monday"),
        answer_of_a_person("I am out of the office until May 5"),
        answer_of_a_person("Abwesenheitsnotiz"),
        answer_of_a_person("Away from 3 May"),
    ],
)
def test_knows_an_automatic_reply(mail: bytes) -> None:
    assert read(mail).outcome == Outcome.AUTO_REPLY


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\n",
        b"hello",
        b"\xff\xfe\x00",
        answer_of_a_person(),
        answer_of_a_person("Undeliverable plans"),
        answer_of_a_person(extra="Auto-Submitted: no\n"),
        answer_of_a_person("We go away until then"),
    ],
)
def test_leaves_everything_else_alone(mail: bytes) -> None:
    assert read(mail).outcome == Outcome.UNKNOWN


def test_one_report_has_one_digest_and_two_have_two() -> None:
    first, again = read(delivery_report()), read(delivery_report(status="5.1.2"))
    assert first.digest == again.digest
    assert read(delivery_report(report_id="<2@x>")).digest != first.digest
    assert read(b"hello").digest != read(b"hello!").digest


# Garbage


def test_survives_parts_in_parts_in_parts() -> None:
    levels = 5_000
    heads = "".join(
        f'Content-Type: multipart/report; boundary="b{n}"\n\n--b{n}\n' for n in range(levels)
    )
    assert read(heads.encode()).outcome == Outcome.UNKNOWN


def test_reads_no_more_than_it_has_to() -> None:
    assert read(answer_of_a_person() + b"x" * 3 * MOST_BYTES).outcome == Outcome.UNKNOWN


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_nothing_makes_it_raise(content: bytes) -> None:
    assert read(content).outcome in Outcome


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_damage_to_a_report_makes_it_raise(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([delivery_report(EMAIL), old_style_bounce(EMAIL)])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        cut = data.draw(st.integers(0, 30))
        whole[at : at + cut] = data.draw(st.binary(max_size=30))
        if not whole:
            break
    report = read(bytes(whole))
    assert report.outcome in Outcome
    assert report.address.isprintable()
    assert not any("\0" in message_id for message_id in report.message_ids)


# Codes


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (b"5.1.1 <x> unknown", "5.1.1"),
        (b"host 10.5.1.1 said no", ""),
        (b"[192.168.5.2] 4.2.2 full", "4.2.2"),
        (b"3.1.1", ""),
        (b"", ""),
    ],
)
def test_finds_a_status_and_takes_no_address_of_a_host_for_one(words: bytes, status: str) -> None:
    assert status_in(words) == status


@pytest.mark.parametrize(
    ("status", "code", "severity"),
    [
        ("5.1.1", 550, "hard"),
        ("", 550, "hard"),
        ("", 551, "hard"),
        ("", 553, "hard"),
        ("", 556, "hard"),
        ("", 552, "soft"),
        ("", 554, "soft"),
        ("", None, "soft"),
        ("5.7.1", 550, "soft"),
        ("5.7.26", 550, "soft"),
        ("5.2.2", 550, "soft"),
        ("4.1.1", 450, "soft"),
        ("ü", 550, "hard"),
    ],
)
def test_only_what_is_about_the_address_is_for_good(
    status: str, code: int | None, severity: str
) -> None:
    assert severity_of(status, code) == Severity(severity)
