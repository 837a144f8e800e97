"""What a draft can be, past the model."""

import pytest

from apps.outreach.models import Draft
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.outreach.factories import DraftFactory

pytestmark = pytest.mark.django_db


def test_there_is_one_of_each_kind_to_a_contact() -> None:
    draft = DraftFactory()
    DraftFactory(contact=draft.contact, kind="landed")
    with refused_by("outreach_draft_one_of_each_kind"):
        DraftFactory(contact=draft.contact)


@pytest.mark.parametrize("kind", ["pigeon", ""])
def test_is_of_a_known_kind(kind: str) -> None:
    draft = DraftFactory()
    with refused_by("outreach_draft_kind_is_known"):
        Draft.objects.filter(pk=draft.pk).update(kind=kind)


def test_goes_to_a_contact_of_the_same_student() -> None:
    draft = DraftFactory()
    with refused_by("outreach_draft_with_own_contact"):
        Draft.objects.filter(pk=draft.pk).update(contact=ContactFactory())
