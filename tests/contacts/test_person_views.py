import pytest

from apps.contacts.actions import person as actions
from apps.contacts.models import Contact
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def filled(contact, **changes):
    """Return what the browser sends for a contact with some fields changed."""
    return {"name": contact.name, "email": contact.email, "source": contact.source, **changes}


# Adding and editing


def test_adds_a_person_and_leads_to_their_page(ana, ana_client):
    response = ana_client.post(
        "/contacts/new/", {"name": "Dana Whitfield", "phones": "+1 555 0100", "tags": "fair"}
    )
    contact = Contact.objects.get()
    assert response.url == f"/contacts/{contact.pk}/"
    assert (contact.student, contact.listed_on) == (ana, TODAY)
    assert (contact.phones, contact.tags) == (["+1 555 0100"], ["fair"])


def test_says_that_nobody_can_be_reached_and_saves_all_the_same(ana, ana_client):
    ana_client.post("/contacts/new/", {"name": "Dana"})
    contact = Contact.objects.get()
    page = text_of(ana_client.get("/contacts/"))
    assert "Dana is on your list. There is no way to reach Dana yet." in page
    assert "No way to reach them yet. An e-mail, a phone or a profile link is enough" in text_of(
        ana_client.get(f"/contacts/{contact.pk}/edit/")
    )


def test_says_nothing_of_the_kind_about_somebody_who_can_be_reached(ana, ana_client):
    contact = ContactFactory(student=ana)
    page = text_of(ana_client.get(f"/contacts/{contact.pk}/edit/"))
    assert "No way to reach them" not in page


def test_edits_a_person(ana, ana_client):
    contact = ContactFactory(student=ana, updated_at=ago(days=5))
    url = f"/contacts/{contact.pk}/edit/"
    response = ana_client.post(url, filled(contact, organization="Tern Outdoor"))
    assert response.url == f"/contacts/{contact.pk}/"
    contact.refresh_from_db()
    assert (contact.organization, contact.updated_at) == ("Tern Outdoor", NOW)


def test_names_what_to_put_right_and_keeps_what_was_typed(ana, ana_client):
    contact = ContactFactory(student=ana, name="Dana")
    url = f"/contacts/{contact.pk}/edit/"
    page = text_of(ana_client.post(url, filled(contact, name="", note="Sails.", email="x@")))
    assert page.count("2 things need another look.") == 1
    assert 'href="#id_name"' in page
    assert "Sails.</textarea>" in page
    assert "What you know of Dana" in page
    contact.refresh_from_db()
    assert contact.note == ""


def test_explains_a_circle_that_only_the_database_saw(ana, ana_client, monkeypatch):
    contact = ContactFactory(student=ana)

    def refuse(**_):
        raise actions.IntroductionCycle("These introductions would lead back to their start.")

    monkeypatch.setattr(actions, "edit_contact", refuse)
    page = text_of(ana_client.post(f"/contacts/{contact.pk}/edit/", filled(contact)))
    assert "These introductions would lead back to their start." in page


def test_shows_addresses_of_a_file_that_are_none(ana, ana_client):
    contact = ContactFactory(student=ana, flagged_emails=["dana(at)tern"])
    assert "dana(at)tern" in text_of(ana_client.get(f"/contacts/{contact.pk}/edit/"))


def test_escapes_whatever_a_name_holds(ana, ana_client):
    contact = ContactFactory(student=ana, name="<script>alert(1)</script>")
    ContactFactory(student=ana, introduced_by=contact)
    for url in ("/contacts/", "/contacts/?view=board", f"/contacts/{contact.pk}/edit/"):
        page = text_of(ana_client.get(url))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# Resting


def test_lets_a_person_rest_and_brings_them_back(ana, ana_client):
    contact = ContactFactory(student=ana, name="Dana")
    url = f"/contacts/{contact.pk}"
    assert ana_client.post(f"{url}/archive/").url == f"{url}/"
    contact.refresh_from_db()
    assert contact.archived_at == NOW
    assert "Bring back to the list" in text_of(ana_client.get(f"{url}/edit/"))
    ana_client.post(f"{url}/restore/")
    contact.refresh_from_db()
    assert contact.archived_at is None


# Many at once


def bulk(client, people, action, **more):
    keys = [person.pk for person in people]
    return client.post("/contacts/bulk/", {"contact": keys, "action": action, **more}, follow=True)


def test_lets_marked_people_rest_and_goes_back_to_the_same_list(ana, ana_client):
    people = ContactFactory.create_batch(2, student=ana)
    response = bulk(ana_client, people, "rest", back="sort=name&page=2")
    assert response.redirect_chain == [("/contacts/?sort=name&page=2", 302)]
    assert "Let 2 people rest." in text_of(response)
    assert Contact.objects.active().count() == 0


def test_brings_marked_people_back(ana, ana_client):
    people = ContactFactory.create_batch(2, student=ana, archived_at=NOW)
    assert "Brought back one person." in text_of(bulk(ana_client, people[:1], "restore"))
    assert list(Contact.objects.active()) == people[:1]


def test_tags_marked_people(ana, ana_client):
    people = ContactFactory.create_batch(2, student=ana)
    page = text_of(bulk(ana_client, people, "tag", tags="fair, Oslo"))
    assert "Tagged 2 people with “fair”, “Oslo”." in page
    assert all(person.tags == ["fair", "Oslo"] for person in Contact.objects.order_by("pk"))
    page = text_of(bulk(ana_client, people, "tag", tags="Fair"))
    assert "All had “Fair” already." in page


@pytest.mark.parametrize(
    ("people", "action", "tags", "words"),
    [
        (0, "rest", "", "Mark the people you mean first."),
        (1, "tag", "", "Type the tag to add."),
        (1, "tag", "t" * 51, "at most 50 characters"),
        (1, "dance", "", "Select a valid choice."),
    ],
)
def test_says_what_is_missing_and_changes_nothing(ana, ana_client, people, action, tags, words):
    marked = ContactFactory.create_batch(people, student=ana)
    assert words in text_of(bulk(ana_client, marked, action, tags=tags))
    assert all(row.tags == [] and not row.is_archived for row in Contact.objects.all())


def test_goes_back_to_the_list_and_nowhere_else(ana_client):
    response = ana_client.post("/contacts/bulk/", {"back": "//evil.example/\r\nX: y"})
    assert response.url.startswith("/contacts/?")
    assert "\n" not in response.url


# Whose rows


@pytest.mark.parametrize("who", ["ben_client", "ana_client"])
def test_nobody_elses_contact_exists(who, request, ana, ben):
    owner = ben if who == "ana_client" else ana
    client = request.getfixturevalue(who)
    contact = ContactFactory(student=owner)
    own = ContactFactory(student=ben if owner is ana else ana)
    assert client.get(f"/contacts/{contact.pk}/edit/").status_code == 404
    for act in ("edit", "archive", "restore"):
        assert client.post(f"/contacts/{contact.pk}/{act}/", {"name": "X"}).status_code == 404
    assert bulk(client, [own, contact], "rest").status_code == 404
    contact.refresh_from_db()
    own.refresh_from_db()
    assert not contact.is_archived
    assert not own.is_archived


def test_nothing_of_somebody_erased_can_be_changed(ana, ana_client):
    contact = ContactFactory(student=ana, erased=True, archived_at=NOW)
    assert ana_client.get(f"/contacts/{contact.pk}/edit/").status_code == 404
    assert ana_client.post(f"/contacts/{contact.pk}/restore/").status_code == 404


def test_staff_and_strangers_keep_no_contacts(client, counselor_client, ana):
    contact = ContactFactory(student=ana)
    for url in (
        "/contacts/",
        "/contacts/new/",
        "/contacts/brainstorm/",
        f"/contacts/{contact.pk}/edit/",
    ):
        assert counselor_client.get(url).status_code == 403
        assert client.get(url).url.startswith("/accounts/login/")


def test_a_student_whom_no_roster_knows_is_told_so(ana, ana_client):
    ana.user = None
    ana.save()
    assert "not on a class list yet" in text_of(ana_client.get("/contacts/"))
    for url in ("/contacts/new/", "/contacts/brainstorm/", "/campaign/"):
        assert ana_client.get(url).status_code == 404
