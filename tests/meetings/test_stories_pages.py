import pytest
from django.contrib.messages import get_messages

from apps.meetings.models import Story
from tests.clock import NOW
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory, StoryFactory, TellingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(ana):
    contact = ContactFactory(student=ana, name="Grace Whitfield", organization="Tern Outdoor")
    return MeetingFactory(contact=contact, held=True)


@pytest.fixture
def heard(talk):
    return StoryFactory(student=talk.student, heard=True, heard_in=talk, title="A typo sold out")


def page_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words_of(response):
    *_, message = get_messages(response.wsgi_request)
    return str(message)


def test_keeps_a_story_of_ones_own(ana_client, ana):
    data = {"kind": "own", "title": "The print shop", "text": "Two boxes less."}
    assert ana_client.post("/stories/", data).status_code == 302
    story = Story.objects.get()
    assert (story.student, story.kind, story.heard_in) == (ana, "own", None)
    assert (story.title, story.text, story.shared_at) == (
        "The print shop",
        "Two boxes less.",
        None,
    )


def test_keeps_a_story_with_who_told_it(ana_client, talk):
    data = {"kind": "heard", "title": "A typo", "heard_in": talk.pk}
    ana_client.post("/stories/", data)
    assert Story.objects.heard().get().heard_in == talk
    elsewhere = MeetingFactory(held=True)
    page = page_of(ana_client.post("/stories/", {**data, "heard_in": elsewhere.pk}))
    assert "Select a valid choice" in page


def test_shows_whom_each_was_told(ana_client, talk, heard):
    TellingFactory(meeting=talk, story=StoryFactory(student=talk.student))
    StoryFactory(student=talk.student, title="The harbor")
    page = page_of(ana_client.get("/stories/"))
    assert "Told to Grace Whitfield (Oct 12)" in page
    assert "Told to nobody yet" in page
    assert "Heard from Grace Whitfield" in page


def test_edits_and_deletes_a_story(ana_client, heard):
    data = {"kind": "heard", "title": "The jacket", "heard_in": heard.heard_in.pk}
    assert ana_client.post(f"/stories/{heard.pk}/", data).status_code == 302
    heard.refresh_from_db()
    assert (heard.title, heard.text) == ("The jacket", "")
    assert words_of(ana_client.post(f"/stories/{heard.pk}/remove/")) == "The story is gone."
    assert not Story.objects.exists()


def test_does_not_make_a_story_that_was_told_one_that_was_heard(ana_client, talk):
    told = TellingFactory(meeting=talk, story__student=talk.student).story
    page = page_of(ana_client.post(f"/stories/{told.pk}/", {"kind": "heard", "title": "x"}))
    assert "You have told it as your own already." in page


def test_does_not_make_somebody_elses_story_ones_own_while_the_class_reads_whose(ana_client, heard):
    Story.objects.update(shared_at=NOW, names_contact=True)
    page = page_of(ana_client.post(f"/stories/{heard.pk}/", {"kind": "own", "title": "x"}))
    assert "Take it back first." in page


def test_shares_only_after_a_yes(ana_client, heard):
    page = page_of(ana_client.post(f"/stories/{heard.pk}/share/", {"is_signed": "on"}))
    assert "Tick that you would like this" in page
    assert page.count('role="alert"') == 1
    heard.refresh_from_db()
    assert heard.shared_at is None
    ana_client.post(f"/stories/{heard.pk}/share/", {"has_agreed": "on", "is_signed": "on"})
    heard.refresh_from_db()
    assert (heard.shared_at, heard.names_contact, heard.is_signed) == (NOW, False, True)


def test_says_that_a_story_gives_a_name_away(ana_client, heard):
    Story.objects.update(text="Grace laughed.")
    page = page_of(ana_client.post(f"/stories/{heard.pk}/share/", {"has_agreed": "on"}))
    assert "The story says Grace Whitfield." in page
    data = {"has_agreed": "on", "names_contact": "on"}
    assert ana_client.post(f"/stories/{heard.pk}/share/", data).status_code == 302
    edit = {"kind": "heard", "title": "x", "text": "Grace", "heard_in": heard.heard_in.pk}
    assert ana_client.post(f"/stories/{heard.pk}/", edit).status_code == 302
    ana_client.post(f"/stories/{heard.pk}/withdraw/")
    Story.objects.update(text="")
    ana_client.post(f"/stories/{heard.pk}/share/", {"has_agreed": "on"})
    page = page_of(ana_client.post(f"/stories/{heard.pk}/", edit))
    assert "The story says Grace Whitfield." in page


def test_hides_who_told_it_unless_they_agreed(ana_client, counselor_client, ana, heard):
    Story.objects.update(shared_at=NOW)
    for client in (ana_client, counselor_client):
        page = page_of(client.get("/stories/class/"))
        assert "A typo sold out" in page
        assert f"{ana.given_name}, heard in a conversation" in page
        assert "Whitfield" not in page
        assert "Tern Outdoor" not in page
    Story.objects.update(names_contact=True)
    page = page_of(counselor_client.get("/stories/class/"))
    assert "heard from Grace Whitfield, Tern Outdoor" in page


def test_names_no_one_who_was_erased_since(ana_client, heard, ana):
    Story.objects.update(shared_at=NOW, names_contact=True)
    erased = ContactFactory(student=ana, erased=True)
    Story.objects.update(heard_in=MeetingFactory(contact=erased, held=True))
    assert "heard in a conversation" in page_of(ana_client.get("/stories/class/"))


def test_leaves_the_students_name_out_if_they_wish(counselor_client, ana, heard):
    Story.objects.update(shared_at=NOW, is_signed=False)
    page = page_of(counselor_client.get("/stories/class/"))
    assert "Somebody of the class" in page
    assert ana.given_name not in page
    assert ana.family_name not in page


def test_is_gone_from_the_class_at_once_when_taken_back(ana_client, counselor_client, heard):
    ana_client.post(f"/stories/{heard.pk}/share/", {"has_agreed": "on"})
    assert heard.title in page_of(counselor_client.get("/stories/class/"))
    response = ana_client.post(f"/stories/{heard.pk}/withdraw/")
    assert words_of(response) == "Your class does not see it any more."
    assert heard.title not in page_of(counselor_client.get("/stories/class/"))


def test_shows_no_story_of_another_class(ben_client, other_counselor_client, heard):
    Story.objects.update(shared_at=NOW)
    for client in (ben_client, other_counselor_client):
        page = page_of(client.get("/stories/class/"))
        assert heard.title not in page
        assert "Nothing shared yet" in page
