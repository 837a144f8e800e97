from uuid import uuid4

import pytest

from apps.exchange.models import ImportRun, State
from tests.clock import NOW
from tests.constraints import refused_by
from tests.exchange.factories import ImportRunFactory

pytestmark = pytest.mark.django_db

CHECKING = {"state": State.CHECKING, "claim": uuid4(), "claimed_until": NOW}


@pytest.mark.parametrize(
    ("fields", "values", "constraint"),
    [
        ({}, {"state": "lost"}, "exchange_importrun_state_is_known"),
        ({}, {"content": None}, "exchange_importrun_file_until_finished"),
        ({}, {"finished_at": NOW}, "exchange_importrun_file_until_finished"),
        ({"saved": True}, {"content": b"names"}, "exchange_importrun_file_until_finished"),
        ({"discarded": True}, {"finished_at": None}, "exchange_importrun_file_until_finished"),
        ({}, {"claim": uuid4()}, "exchange_importrun_claimed_while_working"),
        (CHECKING, {"claim": None}, "exchange_importrun_claimed_while_working"),
        (CHECKING, {"claimed_until": None}, "exchange_importrun_claimed_while_working"),
        ({"saved": True}, {"term": None}, "exchange_importrun_saved_has_its_term"),
        ({"refused": True}, {"problem_count": 0}, "exchange_importrun_refused_has_problems"),
        ({"checked": True}, {"problem_count": 1}, "exchange_importrun_refused_has_problems"),
    ],
)
def test_refuses_what_no_import_can_be(fields, values, constraint):
    run = ImportRunFactory(**fields)
    with refused_by(constraint):
        ImportRun.objects.filter(pk=run.pk).update(**values)


def test_gives_a_term_only_to_what_was_saved(term):
    run = ImportRunFactory(checked=True)
    with refused_by("exchange_importrun_saved_has_its_term"):
        ImportRun.objects.filter(pk=run.pk).update(term=term)
