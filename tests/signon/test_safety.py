"""Sessions, second factors, the way in when sign-on is down, and what every answer carries."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.actions import close_account
from apps.accounts.models import BreakGlass, Session
from tests.accounts.factories import PASSWORD, BreakGlassFactory, UserFactory
from tests.clock import NOW
from tests.constraints import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def by_password(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_lists_where_somebody_is_signed_in_and_ends_one_or_all():
    user, stranger = UserFactory(student=True), UserFactory(student=True)
    here, there, yonder, other = Client(), Client(), Client(), Client()
    there.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Version/18 Safari/604.1"
    for client in (here, there, yonder):
        by_password(client, user)
    by_password(other, stranger)
    places = here.get("/account/sessions/").context["places"]
    assert len(places) == 3
    phone = next(place for place in places if place["device"] == "Safari on iPhone")
    other.post("/account/sessions/end/", {"which": phone["mark"]})  # not theirs
    assert get_user(there) == user
    here.post("/account/sessions/end/", {"which": phone["mark"]})
    assert get_user(there).is_anonymous
    assert get_user(yonder) == user
    here.post("/account/sessions/end/")
    assert get_user(yonder).is_anonymous
    assert (get_user(here), get_user(other)) == (user, stranger)


def test_gives_no_session_key_away():
    user, client = UserFactory(), Client()
    by_password(client, user)
    assert client.session.session_key not in client.get("/account/sessions/").content.decode()


def test_ends_all_sessions_with_the_account(administrator):
    user, client = UserFactory(student=True), Client()
    by_password(client, user)
    close_account(user=user, by=administrator)
    assert not Session.objects.filter(user=user).exists()
    assert get_user(client).is_anonymous
    by_password(client, user)
    assert get_user(client).is_anonymous


def test_ends_every_session_after_twelve_hours(settings):
    settings.STAFF_IDLE_MINUTES = 0
    user, client = UserFactory(counselor=True), Client()
    by_password(client, user)
    for hours, is_in in ((11, True), (13, False)):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            assert (client.get("/account/").status_code == 200) is is_in


@pytest.mark.parametrize(("trait", "is_in"), [("counselor", False), ("student", True)])
def test_ends_a_session_of_staff_that_rests(settings, trait, is_in):
    settings.STAFF_IDLE_MINUTES = 30
    client = Client()
    by_password(client, UserFactory(**{trait: True}))
    for minutes in (20, 45):  # twenty-five minutes apart
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            assert client.get("/account/").status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=80), tick=False):
        assert (client.get("/account/").status_code == 200) is is_in


def test_takes_no_word_of_the_browsers_for_when_it_was_here(settings):
    settings.STAFF_IDLE_MINUTES = 30
    client = Client()
    by_password(client, UserFactory(counselor=True))
    with time_machine.travel(NOW + timedelta(minutes=40), tick=False):
        client.cookies["careerhub_seen"] = f"x:{int(NOW.timestamp()) + 2400}:signature"
        assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("trait", ["counselor", "administrator"])
def test_asks_staff_for_a_second_factor_before_anything_else(settings, trait):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client = Client()
    by_password(client, UserFactory(**{trait: True}))
    for page in ("/account/", "/classes/", "/account/sessions/"):
        assert client.get(page).headers["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200


def test_asks_students_for_none(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client = Client()
    by_password(client, UserFactory(student=True))
    assert client.get("/account/").status_code == 200


def test_sets_an_app_up_and_asks_for_its_number_from_then_on(settings):
    settings.STAFF_NEED_SECOND_FACTOR = True
    user, client = UserFactory(counselor=True), Client()
    by_password(client, user)
    again = client.get("/accounts/2fa/totp/activate/").headers["Location"]
    client.post(again, {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    stored = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(stored.data)  # kept unreadable
    assert client.get("/account/").status_code == 200

    fresh = Client()
    assert by_password(fresh, user).headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert get_user(fresh).is_anonymous
    fresh.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert get_user(fresh).is_anonymous
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        fresh.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
        assert get_user(fresh) == user


def test_takes_a_recovery_code_once():
    user = UserFactory(counselor=True)
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415

    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for is_in in (True, False):
        by_password(client, user)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert get_user(client).is_authenticated is is_in
        client.logout()


def broken_glass(capsys, email, reason="The provider is down"):
    call_command("break_glass", email, reason=reason)
    return re.findall(r"http://[^/]+(/accounts/break-glass/\S+)", capsys.readouterr().out)[0]


def test_lets_an_administrator_in_once_when_sign_on_is_down(settings, administrator, capsys):
    settings.SIGN_ON_ONLY = settings.STAFF_NEED_SECOND_FACTOR = True
    page, client = broken_glass(capsys, administrator.email.upper()), Client()
    assert client.get(page).status_code == 200
    assert get_user(client).is_anonymous  # a link that something opens gives nothing
    assert client.post(page).status_code == 302
    assert get_user(client) == administrator
    assert client.get("/account/").status_code == 200
    assert client.session.get_expiry_age() <= 60 * 60
    assert Client().post(page).status_code == 404
    glass = BreakGlass.objects.get()
    assert (glass.used_at, glass.reason) == (NOW, "The provider is down")
    assert page.split("/")[-2] not in glass.token_digest


def test_closes_broken_glass_after_minutes_and_by_a_newer_one(administrator, capsys):
    old, new = (broken_glass(capsys, administrator.email) for _ in range(2))
    assert Client().post(old).status_code == 404
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert Client().post(new).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"counselor": True}, {"administrator": True, "is_active": False}]
)
def test_breaks_glass_for_nobody_else(fields):
    user = UserFactory(**fields)
    with pytest.raises(CommandError, match="no open administrator"):
        call_command("break_glass", user.email, reason="x")
    with pytest.raises(CommandError):
        call_command("break_glass", UserFactory(administrator=True).email, reason=" ")


def test_breaks_no_glass_for_ever_or_without_a_reason():
    with refused_by("accounts_breakglass_runs_out_later"):
        BreakGlassFactory(expires_at=NOW - timedelta(days=2))
    with refused_by("accounts_breakglass_says_why"):
        BreakGlassFactory(reason="")


def test_takes_no_password_where_sign_on_is_the_only_way(settings):
    settings.SIGN_ON_ONLY = True
    client = Client()
    by_password(client, UserFactory(administrator=True))
    assert get_user(client).is_anonymous
    assert 'type="password"' not in Client().get("/accounts/login/").content.decode()


def test_says_the_same_of_every_address_that_cannot_sign_in():
    UserFactory(email="closed@college.example", is_active=False)
    UserFactory(email="open@college.example")
    pages = []
    for email in ("closed@college.example", "open@college.example", "none@college.example"):
        response = Client().post("/accounts/login/", {"login": email, "password": "not this one"})
        pages.append((response.status_code, response.context["form"].errors))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][1]


def test_keeps_named_pages_out_of_every_cache_and_limits_what_a_page_may_do(ana_client):
    headers = ana_client.get("/account/").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_answers_no_host_but_its_own(client):
    assert client.get("/accounts/login/", headers={"host": "else.example"}).status_code == 400
    assert client.get("/accounts/login/", headers={"host": "else.example:80@x"}).status_code == 400


@pytest.mark.parametrize(
    "target", ["//else.example", "https:else.example", "/\\else.example", "javascript:alert(1)"]
)
def test_leads_nobody_to_another_site(client, target):
    user = UserFactory(student=True)
    found = client.post(
        "/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target}
    )
    assert found.headers["Location"] == "/"
