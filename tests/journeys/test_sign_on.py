"""Signing in as a browser does it: by the institution, and with a second factor."""

import pytest

from apps.accounts.models import Session
from tests.accounts.factories import PASSWORD, UserFactory
from tests.signon.conftest import _provider, provider  # noqa: F401

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
]


@pytest.mark.parametrize(("way", "width"), [(0, 1280), (1, 390)], ids=["oidc", "saml"])
def test_comes_in_by_the_institution(live_server, settings, open_page, look, provider, way, width):  # noqa: F811
    settings.SITE_URL = base = live_server.url
    user = UserFactory(email="ana@college.example", student=True)
    provider.says()
    page = open_page(width)
    page.goto(f"{base}/accounts/login/")
    look(page, "sign-on")
    page.get_by_role("button", name="Sign in with").nth(way).click()
    page.get_by_role("heading", name="Provider").wait_for()
    page.get_by_text("Go on").click()
    page.wait_for_url(f"{base}/account/" if not user.roles else f"{base}/**")
    page.goto(f"{base}/account/")
    page.get_by_text("Signed in as ana@college.example").wait_for()
    page.goto(f"{base}/account/sessions/")
    look(page, "sessions")
    page.context.clear_cookies()

    provider.says("forged")
    page.goto(f"{base}/accounts/login/")
    page.get_by_role("button", name="Sign in with").nth(way).click()
    page.get_by_text("Go on").click()
    page.get_by_role("heading", name="That did not work").wait_for()
    look(page, "sign-on-refused")
    assert Session.objects.filter(user=user).count() == 1


def sign_in(page, base, user):
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("width", [1280, 390])
def test_sets_a_passkey_up_and_uses_it(live_server, settings, open_page, look, width):
    settings.SITE_URL = base = live_server.url
    settings.STAFF_NEED_SECOND_FACTOR = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = UserFactory(counselor=True)
    page = open_page(width)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    can = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **can}})
    sign_in(page, base, user)
    page.get_by_role("heading", name="Second factor").wait_for()
    look(page, "second-factor")
    page.get_by_role("link", name="Set up an app").click()
    look(page, "is-it-you")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()
    look(page, "second-factor-app")
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    look(page, "passkey-add")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    look(page, "recovery-codes")
    page.goto(f"{base}/accounts/2fa/webauthn/")
    look(page, "passkeys")
    page.goto(f"{base}/account/")
    page.get_by_text(f"Signed in as {user.email}").wait_for()

    page.context.clear_cookies()
    sign_in(page, base, user)
    page.get_by_role("heading", name="One more step").wait_for()
    look(page, "second-step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto(f"{base}/account/")
    page.get_by_text(f"Signed in as {user.email}").wait_for()
