"""An erased person does not come back by being typed in."""

import pytest
from django.urls import reverse

from apps.contacts.models import Contact
from tests.contacts.factories import ContactFactory, WishFactory

REFUSED = "A person with this address or profile cannot be put on a list."
BY_ADDRESS = {"name": "Ada", "email": "Ada@harbor.example"}
BY_FURTHER_ADDRESS = {"name": "Ada", "email": "new@x.example", "more_emails": "ada@harbor.example"}
BY_PROFILE = {"name": "Ada", "links": "https://www.linkedin.com/in/ada-l/"}


@pytest.fixture(autouse=True)
def _erased(db):
    WishFactory(key="ada@harbor.example", erased=True)
    WishFactory(key="linkedin.com/in/ada-l", erased=True)


@pytest.mark.parametrize("details", [BY_ADDRESS, BY_FURTHER_ADDRESS, BY_PROFILE])
def test_is_not_added(ana, ana_client, details):
    page = ana_client.post(reverse("contact_add"), details)
    assert REFUSED in page.content.decode()
    assert not Contact.objects.filter(student=ana).exists()


def test_is_not_made_of_somebody_else(ana, ana_client):
    contact = ContactFactory(student=ana, name="Bo", email="bo@harbor.example")
    page = ana_client.post(reverse("contact_edit", args=[contact.pk]), BY_ADDRESS)
    assert REFUSED in page.content.decode()
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("Bo", "bo@harbor.example")


def test_leaves_others_alone(ana, ana_client):
    details = {"name": "Ada Other", "email": "ada.other@harbor.example"}
    assert ana_client.post(reverse("contact_add"), details).status_code == 302
    assert Contact.objects.get(student=ana).email == "ada.other@harbor.example"
