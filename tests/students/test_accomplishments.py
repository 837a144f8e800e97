import pytest

from apps.students.actions.campaign import add_accomplishment
from apps.students.models import Accomplishment
from tests.constraints import refused_by
from tests.students.factories import AccomplishmentFactory

pytestmark = pytest.mark.django_db


def test_keeps_an_accomplishment_once():
    row = AccomplishmentFactory()
    AccomplishmentFactory(text=row.text)
    with refused_by("students_accomplishment_once"):
        AccomplishmentFactory(student=row.student, text=row.text)


def test_adds_what_is_there_already_no_second_time(ana):
    rows = [add_accomplishment(student=ana, text="I ran a fair") for _ in range(2)]
    assert rows[0] == rows[1]


def test_adds_edits_and_removes(ana_client, ana):
    assert ana_client.post("/accomplishments/", {"text": "I ran  a fair"}).status_code == 302
    row = Accomplishment.objects.get(student=ana, text="I ran a fair")
    assert "I ran a fair" in ana_client.get("/accomplishments/").content.decode()
    ana_client.post(f"/accomplishments/{row.pk}/", {"text": "I ran two fairs"})
    row.refresh_from_db()
    assert row.text == "I ran two fairs"
    ana_client.post(f"/accomplishments/{row.pk}/remove/")
    assert not Accomplishment.objects.exists()


def test_refuses_the_same_twice_with_words(ana_client, ana):
    first, second = AccomplishmentFactory.create_batch(2, student=ana)
    for url in ("/accomplishments/", f"/accomplishments/{second.pk}/"):
        page = ana_client.post(url, {"text": first.text})
        assert "in your library already" in page.content.decode()


def test_touches_nobody_elses(ben_client, ana):
    row = AccomplishmentFactory(student=ana)
    assert ben_client.post(f"/accomplishments/{row.pk}/", {"text": "x"}).status_code == 404
    assert ben_client.post(f"/accomplishments/{row.pk}/remove/").status_code == 404
    assert row.text not in ben_client.get("/accomplishments/").content.decode()
