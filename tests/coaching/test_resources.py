import pytest
from django.db import IntegrityError
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.resources import count_opening, pin_resource, retire_resource
from apps.coaching.blocks import Block, blocks
from apps.coaching.models import Place, Resource, ResourceUse, Shelf
from apps.contacts.models import Contact
from apps.students.models import Cohort, Student
from tests.clock import TODAY, ago
from tests.coaching.factories import NudgeTemplateFactory, ResourceFactory, ResourceUseFactory
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db

SENT = {"title": "A talk by video", "shelf": "etiquette", "place": "library", "body": "Look up."}


def test_begins_with_something_on_every_shelf_and_at_every_place() -> None:
    assert {*Resource.objects.values_list("shelf", flat=True).order_by()} == {*Shelf}
    assert {*Resource.objects.values_list("place", flat=True).order_by()} == {*Place}
    for resource in Resource.objects.all():
        assert 120 <= len(resource.body.split()) <= 300
        resource.full_clean()
    assert Resource.objects.filter(is_pinned=True).count() == 1


def test_shows_students_the_shelves_without_counts(ana_client: Client) -> None:
    aside = ResourceFactory(is_retired=True)
    use = ResourceUseFactory(opened=41)
    page = ana_client.get("/resources/").content.decode()
    for shelf in Shelf:
        assert shelf.label in page
    assert use.resource.title in page
    assert aside.title not in page
    assert "Opened" not in page
    assert "Lay aside" not in page


def test_tells_those_who_keep_it_how_often_each_was_opened(counselor_client: Client) -> None:
    use = ResourceUseFactory(opened=4)
    ResourceUseFactory(resource=use.resource, day=ago(days=60).date(), opened=3)
    page = counselor_client.get("/resources/").content.decode()
    assert "Opened 7 times, 4 in the last 30 days." in page


def test_draws_paragraphs_lists_and_headings_and_escapes_them(ana_client: Client) -> None:
    row = ResourceFactory(body="# One & two\nSay <b>hi</b>\n\n- first\n- second\n\n1. and\n2. then")
    page = ana_client.get(f"/resources/{row.pk}/").content.decode()
    assert "<h2>One &amp; two</h2>" in page
    assert "<p>Say &lt;b&gt;hi&lt;/b&gt;</p>" in page
    assert "<ul><li>first</li><li>second</li></ul>" in page
    assert "<ol><li>and</li><li>then</li></ol>" in page


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("One\ntwo\n\nthree", [Block("p", ["One two"]), Block("p", ["three"])]),
        ("Say:\n- a\n  b\n- c", [Block("p", ["Say:"]), Block("ul", ["a b", "c"])]),
        ("1. a\n- b", [Block("ol", ["a"]), Block("ul", ["b"])]),
        ("# Head\ntext", [Block("h", ["Head"]), Block("p", ["text"])]),
        ("#no\n-no\n1.no", [Block("p", ["#no -no 1.no"])]),
        ("- a\n\n- b", [Block("ul", ["a"]), Block("ul", ["b"])]),
    ],
)
def test_reads_text_as_people_type_it(text: str, read: list[Block]) -> None:
    assert blocks(text) == read


def test_counts_openings_of_students_and_never_who(
    ana_client: Client, counselor_client: Client
) -> None:
    row = ResourceFactory()
    for client in (ana_client, ana_client, counselor_client):
        assert client.post(f"/resources/{row.pk}/opened/").status_code == 204
    use = ResourceUse.objects.get()
    assert (use.day, use.opened) == (TODAY, 2)
    assert {field.name for field in ResourceUse._meta.get_fields()} == {
        "id", "created_at", "resource", "day", "opened",
    }  # fmt: skip
    assert (
        f'hx-post="/resources/{row.pk}/opened/"'
        in ana_client.get(f"/resources/{row.pk}/").content.decode()
    )


def test_keeps_the_library(counselor_client: Client) -> None:
    assert counselor_client.post("/resources/new/", {**SENT, "body": ""}).status_code == 200
    counselor_client.post("/resources/new/", SENT)
    row = Resource.objects.get(title=SENT["title"])
    counselor_client.post(f"/resources/{row.pk}/edit/", {**SENT, "link": "video.example/talk"})
    counselor_client.post(f"/resources/{row.pk}/pin/")
    row.refresh_from_db()
    assert (row.link, row.is_pinned) == ("https://video.example/talk", True)
    assert Resource.objects.filter(is_pinned=True).count() == 1
    counselor_client.post(f"/resources/{row.pk}/retire/")
    row.refresh_from_db()
    assert (row.is_retired, row.is_pinned) == (True, False)
    counselor_client.post(f"/resources/{row.pk}/retire/", {"again": "1"})
    row.refresh_from_db()
    assert not row.is_retired


def test_offers_to_share_with_the_classes_of_now(
    counselor_client: Client, ana_client: Client, cohort: Cohort
) -> None:
    row = ResourceFactory()
    link = f"/classes/{cohort.pk}/nudge/?resource={row.pk}"
    assert link in counselor_client.get(f"/resources/{row.pk}/").content.decode()
    assert link not in ana_client.get(f"/resources/{row.pk}/").content.decode()
    assert "Send it" not in counselor_client.get(link).content.decode()  # first: with whom


def test_pins_nothing_that_was_laid_aside(counselor: User) -> None:
    row = ResourceFactory()
    retire_resource(resource=row, is_retired=True, by=counselor)
    pin_resource(resource=row, is_pinned=True, by=counselor)
    assert not Resource.objects.filter(is_pinned=True).exists()
    retire_resource(resource=row, is_retired=False, by=counselor)
    pin_resource(resource=row, is_pinned=True, by=counselor)
    pin_resource(resource=row, is_pinned=False, by=counselor)
    assert not Resource.objects.filter(is_pinned=True).exists()


class TestWhereItHelps:
    def title(self, place: Place) -> str:
        return ResourceFactory(place=place, title=f"For {place}").title

    def test_offers_one_while_the_list_is_empty(self, ana_client: Client, ana: Student) -> None:
        title = self.title(Place.EMPTY_LIST)
        assert title in ana_client.get("/contacts/").content.decode()
        ContactFactory(student=ana)
        assert title not in ana_client.get("/contacts/").content.decode()

    def test_offers_one_with_the_first_note(self, ana_client: Client, ana: Student) -> None:
        title, contact = self.title(Place.FIRST_DRAFT), ContactFactory(student=ana)
        url = f"/contacts/{contact.pk}/write/"
        assert title in ana_client.get(url).content.decode()
        AttemptFactory(student=ana)
        assert title not in ana_client.get(url).content.decode()

    def test_offers_one_before_the_first_talk(self, ana_client: Client, ana: Student) -> None:
        title, talk = self.title(Place.FIRST_CONVERSATION), MeetingFactory(student=ana)
        url = f"/meetings/{talk.pk}/prepare/"
        assert title in ana_client.get(url).content.decode()
        MeetingFactory(student=ana, held=True)
        assert title not in ana_client.get(url).content.decode()

    def test_offers_nothing_that_was_laid_aside(self, ana_client: Client, ana: Student) -> None:
        Resource.objects.filter(place=Place.EMPTY_LIST).update(is_retired=True)
        assert "New to this?" not in ana_client.get("/contacts/").content.decode()
        assert not Contact.objects.exists()


def test_the_database_keeps_the_library_true() -> None:
    row = ResourceFactory()
    of_row = Resource.objects.filter(pk=row.pk)
    with refused_by("coaching_resource_shelf_is_known"):
        of_row.update(shelf="attic")
    with refused_by("coaching_resource_place_is_known"):
        of_row.update(place="moon")
    with refused_by("coaching_resource_says_something"):
        of_row.update(body="", link="")
    with refused_by("coaching_resource_one_is_pinned"):
        of_row.update(is_pinned=True)  # one of the first is
    use = ResourceUseFactory(resource=row)
    with refused_by("coaching_resourceuse_one_a_day"):
        ResourceUseFactory(resource=row, day=use.day)
    count_opening(resource=row, day=use.day)
    use.refresh_from_db()
    assert use.opened == 4


def test_names_are_taken_once() -> None:
    with pytest.raises(IntegrityError):
        NudgeTemplateFactory(name="After a good start")
