from datetime import timedelta
from uuid import uuid4

import pytest

from apps.mail.models import OutgoingEmail
from tests.clock import NOW
from tests.constraints import refused_by
from tests.mail.factories import (
    BounceFactory,
    OutgoingEmailFactory,
    RefusalFactory,
    SuppressionFactory,
    TickFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "values", "constraint"),
    [
        (None, {"state": "lost"}, "mail_outgoingemail_state_is_known"),
        (None, {"claim_token": uuid4()}, "mail_outgoingemail_claimed_while_sending"),
        ("sending", {"claim_token": None}, "mail_outgoingemail_claimed_while_sending"),
        ("sending", {"lease_until": None}, "mail_outgoingemail_claimed_while_sending"),
        ("cancelled", {"reason": "mood"}, "mail_outgoingemail_reason_is_known"),
        ("sent", {"reason": "refused"}, "mail_outgoingemail_reason_of_cancelled"),
        ("suppressed", {"data_started_at": NOW}, "mail_outgoingemail_marker_only_from_sending_on"),
        ("bounced", {"sent_at": None}, "mail_outgoingemail_sent_has_a_time"),
        ("suppressed", {"sent_at": NOW}, "mail_outgoingemail_sent_has_a_time"),
        ("sent", {"lease_until": NOW}, "mail_outgoingemail_claimed_while_sending"),
        (None, {"data_started_at": NOW}, "mail_outgoingemail_marker_only_from_sending_on"),
        ("expired", {"data_started_at": NOW}, "mail_outgoingemail_marker_only_from_sending_on"),
        ("sent", {"sent_at": None}, "mail_outgoingemail_sent_has_a_time"),
        ("sent", {"data_started_at": None}, "mail_outgoingemail_sent_has_a_time"),
        ("failed", {"sent_at": NOW}, "mail_outgoingemail_sent_has_a_time"),
        ("sending", {"ambiguous_count": 2}, "mail_outgoingemail_copies_are_capped"),
        ("unknown", {"ambiguous_count": 3}, "mail_outgoingemail_copies_are_capped"),
        (None, {"text_body": ""}, "mail_outgoingemail_words_until_the_end"),
        ("sent", {"text_body": "Dear Ana"}, "mail_outgoingemail_words_until_the_end"),
        ("cancelled", {"html_body": "<p>Dear Ana"}, "mail_outgoingemail_words_until_the_end"),
        ("expired", {"subject": "Tomorrow"}, "mail_outgoingemail_words_until_the_end"),
        (None, {"expires_at": NOW}, "mail_outgoingemail_expires_last"),
        (None, {"next_try_at": NOW + timedelta(days=4)}, "mail_outgoingemail_expires_last"),
    ],
)
def test_refuses_what_no_mail_can_be(state, values, constraint):
    email = OutgoingEmailFactory(**{state: True} if state else {})
    with refused_by(constraint):
        OutgoingEmail.objects.filter(pk=email.pk).update(**values)


def test_takes_a_key_and_a_message_id_once():
    email = OutgoingEmailFactory(cancelled=True)
    with refused_by("mail_outgoingemail_occurrence_key_key"):
        OutgoingEmailFactory(occurrence_key=email.occurrence_key)
    with refused_by("mail_outgoingemail_message_id_key"):
        OutgoingEmailFactory(message_id=email.message_id)


def test_takes_a_refusal_of_a_kind_once():
    refusal = RefusalFactory()
    with refused_by("mail_refusal_once"):
        RefusalFactory(user=refusal.user, kind=refusal.kind)


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (SuppressionFactory, {"reason": "mood"}, "mail_suppression_reason_is_known"),
        (SuppressionFactory, {"address": "A@x.example"}, "mail_suppression_address_lower_case"),
        (SuppressionFactory, {"until": NOW}, "mail_suppression_ends_after_it_began"),
        (BounceFactory, {"severity": "odd"}, "mail_bounce_severity_is_known"),
        (BounceFactory, {"address": "A@x.example"}, "mail_bounce_address_lower_case"),
        (TickFactory, {"source": "moon"}, "mail_tick_source_is_known"),
    ],
)
def test_refuses_what_no_row_about_an_address_can_be(factory, values, constraint):
    row = factory()
    with refused_by(constraint):
        type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("factory", "field", "constraint"),
    [
        (SuppressionFactory, "address", "mail_suppression_address_key"),
        (BounceFactory, "digest", "mail_bounce_digest_key"),
    ],
)
def test_takes_an_address_and_a_report_once(factory, field, constraint):
    row = factory()
    with refused_by(constraint):
        factory(**{field: getattr(row, field)})
