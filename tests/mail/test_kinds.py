import pytest

from apps.mail.actions import queue
from apps.mail.kinds import Kind, all_kinds, is_essential, kind_of, register
from apps.mail.models import SIGN_IN
from tests.clock import NOW


def test_sign_in_mail_is_essential_and_others_are_not() -> None:
    assert is_essential(SIGN_IN)
    assert not is_essential("trial")
    assert kind_of("trial").label == "Trial"
    assert {SIGN_IN, "trial", "needed"} <= {kind.name for kind in all_kinds()}


def test_every_kind_says_in_a_sentence_why_its_mails_come() -> None:
    for kind in all_kinds():
        assert kind.why.startswith("You get this ")
        assert kind.why.endswith(".")
        assert kind.label
        assert len(kind.name) <= 40


def test_registers_a_kind_once_and_no_second_one_of_its_name() -> None:
    kind = Kind(name="trial", label="Trial", why="You get this on trial.")
    register(kind)
    with pytest.raises(ValueError, match="trial"):
        register(Kind(name="trial", label="Other", why="You get this by mistake."))


def test_of_a_kind_that_is_not_known_nothing_is_essential() -> None:
    assert not is_essential("from another version")


def test_queues_nothing_of_a_kind_that_nobody_registered(reader, hello) -> None:
    with pytest.raises(LookupError, match="news"):
        queue(
            kind="news", to=reader, template=hello, context={}, occurrence_key="news:1", due_at=NOW
        )
