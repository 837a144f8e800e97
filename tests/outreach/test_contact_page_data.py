"""What a contact decides on their page about requests, and about what is held of them."""

from datetime import date

import pytest
from django.test import Client

from apps.contacts.models import Contact, Wish
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.outreach.links import find_link
from apps.outreach.models import ContactAnswer, ContactLink
from apps.outreach.protection import Notice, advice
from tests.clock import NOW
from tests.contacts.factories import ContactFactory, WishFactory
from tests.outreach.factories import AttemptFactory, ContactAnswerFactory, ContactLinkFactory
from tests.outreach.test_links import TOKEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGE = f"/c/{TOKEN}/"
EMAIL, PROFILE = "ruth@tern.example", "linkedin.com/in/ruth-a"
DETAILS = {
    "name": "Ruth Adeyemi",
    "job_title": "Harbor pilot",
    "organization": "Harbor & Sons",
    "email": EMAIL,
}


@pytest.fixture
def ruth(ana):
    return ContactFactory(
        student=ana,
        given_name="Ruth",
        family_name="Adeyemi",
        links=[f"https://www.{PROFILE}/"],
        more_emails=["r.adeyemi@tern.example"],
        data_source="LinkedIn export",
        **DETAILS,
    )


@pytest.fixture
def link(ruth):
    return ContactLinkFactory(contact=ruth, token=TOKEN)


def post(does, **said):
    return Client().post(PAGE, {"does": does, **said})


def wishes():
    return {(w.is_never, w.paused_until, w.most_per_term) for w in Wish.objects.all()}


def test_a_wish_holds_under_all_their_addresses_for_all_students(link):
    told = post("wish", paused_until="2025-12-01", most_per_term="2")
    assert "What you wish is noted." in told.text
    assert 'value="2025-12-01"' in told.text
    assert Wish.objects.count() == 3
    assert wishes() == {(False, date(2025, 12, 1), 2)}
    for email in (EMAIL, "R.Adeyemi@tern.example"):
        told = advice(ContactFactory(email=email), now=NOW)
        assert (told.notice, told.until) == (Notice.PAUSED, date(2025, 12, 2))
    assert find_link(TOKEN, now=NOW) == link


def test_a_wish_can_be_taken_back_and_leaves_never_alone(link):
    WishFactory(key=EMAIL, is_never=True, paused_until=date(2025, 10, 1), most_per_term=1)
    post("wish", paused_until="2025-10-01", most_per_term="")  # a pause that is over may stay
    assert wishes() == {(True, date(2025, 10, 1), None), (False, date(2025, 10, 1), None)}
    post("wish", paused_until="", most_per_term="")
    assert wishes() == {(True, None, None), (False, None, None)}


@pytest.mark.parametrize(
    "said", [{"paused_until": "2025-10-15"}, {"most_per_term": "0"}, {"paused_until": "never"}]
)
def test_a_wish_that_makes_no_sense_is_asked_again(link, said):
    told = post("wish", **said)
    assert 'role="alert"' in told.text
    assert '<details class="ch-own" open>' in told.text
    assert not Wish.objects.exists()


def test_stopping_all_requests_uses_the_link_up(link):
    WishFactory(key=EMAIL, most_per_term=4)
    assert "Nobody will ask you any more" in post("stop").text
    assert wishes() == {(True, None, 4), (True, None, None)}
    assert advice(ContactFactory(email=EMAIL), now=NOW).is_refused
    assert post("stop").status_code == 404
    link.refresh_from_db()
    assert link.used_at == NOW


def test_a_correction_stands_at_once_and_says_whose_it_is(link, ruth):
    told = post("correct", **{**DETAILS, "name": "Ruth Cole", "job_title": "Harbor master"})
    assert "Corrected." in told.text
    assert "<dd>Ruth Cole</dd>" in told.text
    ruth.refresh_from_db()
    assert (ruth.name, ruth.job_title, ruth.updated_at) == ("Ruth Cole", "Harbor master", NOW)
    assert (ruth.given_name, ruth.family_name) == ("Ruth", "")
    assert ruth.data_source == "LinkedIn export; corrected by themselves"
    post("correct", **{**DETAILS, "name": "Ruth Adeyemi-Cole"})
    ruth.refresh_from_db()
    assert ruth.data_source == "LinkedIn export; corrected by themselves"
    assert find_link(TOKEN, now=NOW) == link


def test_a_correction_of_nothing_changes_nothing(link, ruth):
    post("correct", **DETAILS)
    assert Contact.objects.get().updated_at == ruth.updated_at
    assert Contact.objects.get().data_source == "LinkedIn export"


def test_what_they_wish_goes_with_them_to_a_new_address(link, ruth):
    WishFactory(key=EMAIL, paused_until=date(2025, 12, 1))
    post("correct", **{**DETAILS, "email": "ruth@new.example"})
    ruth.refresh_from_db()
    assert ruth.emails == ["ruth@new.example", "r.adeyemi@tern.example"]
    assert advice(ContactFactory(email="ruth@new.example"), now=NOW).notice == Notice.PAUSED


def test_an_address_is_not_kept_twice(link, ruth):
    post("correct", **{**DETAILS, "email": "r.adeyemi@tern.example"})
    ruth.refresh_from_db()
    assert ruth.emails == ["r.adeyemi@tern.example"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Some name is needed on a list."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"email": "gone@home.example"}, "cannot be put on a list"),
    ],
)
def test_says_what_is_wrong_with_a_correction(link, ruth, changes, words):
    WishFactory(key="gone@home.example", erased=True)
    assert words in post("correct", **{**DETAILS, "job_title": "Captain", **changes}).text
    ruth.refresh_from_db()
    assert ruth.job_title == "Harbor pilot"


def test_erasing_asks_once_more_with_what_goes_in_view(link, ruth):
    told = post("erase")
    assert "Erase your details?" in told.text
    for key in (EMAIL, PROFILE, "r.adeyemi@tern.example"):
        assert f'value="{key}"' in told.text
    ruth.refresh_from_db()
    assert not ruth.is_erased
    assert find_link(TOKEN, now=NOW) == link


def test_erases_them_from_every_list_and_every_page_of_theirs(link, ruth):
    elsewhere = ContactFactory(email=EMAIL)
    other_link = ContactLinkFactory(contact=elsewhere)
    used = ContactLinkFactory(contact=elsewhere, used=True)
    ContactAnswerFactory(link=used, message="I, Ruth, say no.")
    ben_s = AttemptFactory(contact=elsewhere, reason="I know Ruth.")
    told = post("erase", confirmed="yes", keys=[EMAIL, PROFILE])
    assert "Your details are gone" in told.text
    for contact in (ruth, elsewhere):
        contact.refresh_from_db()
        assert contact.is_erased
        assert {name: getattr(contact, name) for name in WITHOUT_DETAILS} == WITHOUT_DETAILS
    other_link.refresh_from_db()
    assert other_link.revoked_at == NOW
    assert not ContactLink.objects.usable(NOW).exists()
    assert ContactAnswer.objects.get().message == ""
    ben_s.refresh_from_db()
    assert ben_s.reason == ""
    assert Wish.objects.filter(erased_at=NOW).count() == 2
    assert post("erase", confirmed="yes").status_code == 404


def test_leaves_alone_who_has_an_address_that_they_untick(link, ruth):
    office = ContactFactory(email="r.adeyemi@tern.example")
    post("erase", confirmed="yes", keys=[EMAIL])
    office.refresh_from_db()
    assert not office.is_erased
    ruth.refresh_from_db()
    assert ruth.is_erased


def test_erases_nothing_under_addresses_that_are_not_on_the_list(link):
    stranger = ContactFactory(email="stranger@home.example")
    told = post("erase", confirmed="yes", keys=["stranger@home.example"])
    assert "Erase your details?" in told.text
    stranger.refresh_from_db()
    assert not stranger.is_erased


def test_erases_who_has_no_address_at_all(ana):
    ruth = ContactFactory(student=ana, email="", phones=["+1 312 555 0100"])
    same_name = ContactFactory(name=ruth.name, email="")
    ContactLinkFactory(contact=ruth, token=TOKEN)
    assert post("stop").status_code == 200
    assert post("wish", most_per_term="1").status_code == 200
    assert "Stop all requests" not in Client().get(PAGE).text
    assert not Wish.objects.exists()
    assert "Your details are gone" in post("erase", confirmed="yes").text
    ruth.refresh_from_db()
    assert (ruth.is_erased, ruth.phones) == (True, [])
    same_name.refresh_from_db()
    assert not same_name.is_erased
