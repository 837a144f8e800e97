import pytest

from tests.meetings.factories import MeetingFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_takes_a_name_in_any_script_and_a_time_zone(ana_client, ana):
    response = ana_client.post(
        "/account/", {"full_name": "  نور أوزتورك ", "time_zone": "Asia/Kathmandu"}, follow=True
    )
    assert "Saved." in text_of(response)
    ana.user.refresh_from_db()
    assert (ana.user.full_name, ana.user.time_zone) == ("نور أوزتورك", "Asia/Kathmandu")


def test_shows_times_on_the_new_clock_at_once(ana_client, ana):
    MeetingFactory(student=ana)
    assert "11:00 am" in text_of(ana_client.get("/today/"))
    ana_client.post("/account/", {"full_name": "Noor", "time_zone": "Asia/Kathmandu"})
    assert "8:45 pm" in text_of(ana_client.get("/today/"))


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"full_name": "", "time_zone": ""}, "full_name"),
        ({"full_name": "Noor", "time_zone": "Mars/Olympus_Mons"}, "time_zone"),
    ],
)
def test_says_what_to_put_right_and_saves_nothing(ana_client, ana, fields, missing):
    before = ana.user.full_name
    response = ana_client.post("/account/", fields)
    assert list(response.context["form"].errors) == [missing]
    ana.user.refresh_from_db()
    assert (ana.user.full_name, ana.user.time_zone) == (before, "")


def test_changes_nothing_but_name_and_clock(ana_client, ana):
    before = ana.user.email
    ana_client.post(
        "/account/",
        {"full_name": "N", "time_zone": "", "email": "x@else.example", "roles": "administrator"},
    )
    ana.user.refresh_from_db()
    assert (ana.user.email, ana.user.roles) == (before, ["student"])


def test_answers_a_health_check_without_an_account(client):
    assert client.get("/healthz").content == b"ok"
