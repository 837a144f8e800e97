import re

import pytest
from django.contrib.auth import get_user

from apps.accounts.models import User
from apps.mail.models import OutgoingEmail
from tests.accounts.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def sign_in(client, email, password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "written", ["ana@college.example", "Ana@College.EXAMPLE", " ana@college.example "]
)
def test_takes_the_address_in_whatever_case(client, written):
    user = UserFactory(email="ana@college.example", student=True)
    assert sign_in(client, written).headers["Location"] == "/"
    assert get_user(client) == user


def test_refuses_a_wrong_password_and_an_unknown_address_in_the_same_words(client):
    user = UserFactory()
    wrong = sign_in(client, user.email, "another long walk")
    unknown = sign_in(client, "nobody@college.example")
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}
    assert get_user(client).is_anonymous


def test_refuses_a_closed_account(client):
    sign_in(client, UserFactory(is_active=False).email)
    assert get_user(client).is_anonymous


def test_signs_out_whoever_is_closed_out_meanwhile(ana_client, ana):
    User.objects.filter(pk=ana.user.pk).update(is_active=False)
    assert ana_client.get("/today/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("is_demo", [True, False])
def test_lets_demo_people_in_only_in_the_demo(client, settings, is_demo):
    settings.DEMO = is_demo
    user = UserFactory(email="student@demo.example", student=True)
    sign_in(client, "Student@Demo.Example")
    assert get_user(client).is_authenticated is is_demo
    if is_demo:
        settings.DEMO = False
        assert client.get("/today/").headers["Location"].startswith("/accounts/login/")
        assert user.check_password(PASSWORD)


def test_leads_back_to_the_page_that_was_asked_for(client, ana):
    page = client.get("/today/").headers["Location"]
    response = client.post(page, {"login": ana.user.email, "password": PASSWORD})
    assert response.headers["Location"] == "/today/"


def test_never_leads_to_another_site(client, ana):
    page = "/accounts/login/?next=https://else.example/"
    response = client.post(page, {"login": ana.user.email, "password": PASSWORD})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("trait", "page"),
    [("student", "/today/"), ("counselor", "/classes/"), ("administrator", "/classes/")],
)
def test_starts_everybody_on_the_first_page_of_their_role(client, trait, page):
    client.force_login(UserFactory(**{trait: True}))
    assert client.get("/").headers["Location"] == page


def test_starts_people_without_a_role_on_their_account(client):
    client.force_login(UserFactory())
    assert client.get("/").headers["Location"] == "/account/"


def test_tells_strangers_that_accounts_come_from_the_career_center(client):
    assert "sign up" not in text_of(client.get("/accounts/login/")).lower()
    fields = {"email": "new@else.example", "password1": PASSWORD, "password2": PASSWORD}
    closed = client.post("/accounts/signup/", fields)
    assert closed.templates[0].name == "account/signup_closed.html"
    assert not User.objects.exists()


def ask_for_new_password(client, email):
    response = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    return response.redirect_chain, text_of(response)


def test_answers_the_wish_for_a_new_password_alike_for_known_and_unknown(client):
    user = UserFactory()
    known = ask_for_new_password(client, user.email.upper())
    unknown = ask_for_new_password(client, "nobody@else.example")
    assert known == unknown
    mails = OutgoingEmail.objects.order_by("pk").values_list("to_address", "recipient")
    assert list(mails) == [(user.email, user.pk), ("nobody@else.example", None)]


def test_sets_a_new_password_by_the_link_in_the_mail(client, settings):
    settings.SITE_URL = "https://hub.example"
    user = UserFactory()
    ask_for_new_password(client, user.email)
    words = OutgoingEmail.objects.get().text_body
    (link,) = re.findall(r"https://hub\.example(/accounts/password/reset/key/\S+)", words)
    form = client.get(link).headers["Location"]  # the key moves from the address to the session
    assert link != form
    fields = {"password1": "another walk by the sea", "password2": "another walk by the sea"}
    client.post(form, fields)
    user.refresh_from_db()
    assert user.check_password("another walk by the sea")
    client.logout()
    assert client.get(link).context["token_fail"]  # once only


@pytest.mark.parametrize("weak", ["short", "password1234", "the address"])
def test_asks_for_a_password_worth_the_name(ana_client, ana, weak):
    weak = ana.user.email if weak == "the address" else weak
    ana_client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )
    ana.user.refresh_from_db()
    assert ana.user.check_password(PASSWORD)


def test_signs_out_everywhere_when_the_password_changes(ana_client, ana, sign_in):
    elsewhere = sign_in(ana.user)
    new = "another walk by the sea"
    ana_client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    ana.user.refresh_from_db()
    assert ana.user.check_password(new)
    for client in (ana_client, elsewhere):
        assert client.get("/today/").headers["Location"].startswith("/accounts/login/")


def test_lets_nobody_change_the_address_they_sign_in_with(ana_client, ana):
    before = ana.user.email
    for action in ("action_add", "action_primary"):
        ana_client.post("/accounts/email/", {action: "", "email": "else@else.example"})
    ana.user.refresh_from_db()
    assert ana.user.email == before
    assert not OutgoingEmail.objects.exists()


def test_stops_somebody_who_tries_passwords(client):
    user = UserFactory()
    answers = [sign_in(client, user.email, f"guess {n}") for n in range(6)]
    assert "Too many failed login attempts" in text_of(answers[-1])
    sign_in(client, user.email)
    assert get_user(client).is_anonymous
