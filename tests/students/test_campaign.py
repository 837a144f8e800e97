import pytest

from apps.students.forms.campaign import MOST_TARGETS, CampaignForm
from apps.students.models import Campaign
from tests.contacts.factories import ContactFactory
from tests.students.factories import CampaignFactory

URL = "/campaign/"


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_asks_for_purpose_roles_organizations_and_people_in_this_order():
    assert list(CampaignForm().fields) == [
        "purpose",
        "target_roles",
        "target_organizations",
        "target_people",
    ]


def test_keeps_what_the_student_is_after(ana, ana_client):
    sent = {
        "purpose": "How a museum plans its year.",
        "target_roles": "Registrar\r\nCurator\r\n",
        "target_organizations": "City Museum",
        "target_people": "",
    }
    assert ana_client.post(URL, sent).url == URL
    campaign = Campaign.objects.get(student=ana)
    assert campaign.purpose == "How a museum plans its year."
    assert campaign.target_roles == ["Registrar", "Curator"]
    assert campaign.target_organizations == ["City Museum"]
    assert campaign.target_people == []
    page = text_of(ana_client.get(URL))
    assert "Registrar Curator</textarea>" in page


def test_lets_all_of_it_stay_empty_and_empties_what_was_there(ana, ana_client):
    CampaignFactory(student=ana)
    assert ana_client.post(URL, dict.fromkeys(CampaignForm().fields, "")).url == URL
    campaign = Campaign.objects.get(student=ana)
    assert not campaign.is_set
    assert campaign.target_people == []


def test_looking_at_it_writes_nothing(ana_client):
    text_of(ana_client.get(URL))
    text_of(ana_client.get(f"{URL}print/"))
    assert not Campaign.objects.exists()


def test_keeps_the_lists_short_enough_for_a_page():
    lines = "\n".join(f"Role {n}" for n in range(MOST_TARGETS + 1))
    form = CampaignForm({"target_roles": lines})
    assert form.errors["target_roles"] == [
        f"These are {MOST_TARGETS + 1}; there is room for {MOST_TARGETS}."
    ]


def test_prints_the_campaign_and_nothing_of_anybodys_notes_or_addresses(ana, ana_client):
    CampaignFactory(student=ana, target_people=["Ruth Adeyemi"])
    ContactFactory(
        student=ana, name="Ruth Adeyemi", email="ruth@northfield.example", note="Knows my aunt."
    )
    page = text_of(ana_client.get(f"{URL}print/"))
    for words in (ana.name, "How a museum plans its year.", "Registrar", "City Museum", "Ruth"):
        assert words in page
    assert "northfield.example" not in page
    assert "aunt" not in page
    assert page.index("Registrar") < page.index("City Museum") < page.index("Ruth Adeyemi")


def test_prints_what_is_still_open(ana, ana_client):
    assert text_of(ana_client.get(f"{URL}print/")).count("Still open.") == 3


@pytest.mark.parametrize("url", [URL, f"{URL}print/"])
def test_shows_everybody_their_own(url, ana, ben_client, counselor_client):
    CampaignFactory(student=ana, target_roles=["Lighthouse keeper"])
    assert "Lighthouse keeper" not in text_of(ben_client.get(url))
    assert counselor_client.get(url).status_code == 403
