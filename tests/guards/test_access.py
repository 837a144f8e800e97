"""Guard: every view says who may open it; what cannot say so stands here, with a reason."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from apps.accounts.access import public, requires, signed_in
from apps.accounts.roles import Permission
from tests.guards.pages import url_patterns

View = Callable[..., object]

WITHOUT_A_RULE = {
    "mfa_index": "The signed-in person's own second factors.",
    "mfa_authenticate": "The second step of signing in; without the first it leads back to it.",
    "mfa_reauthenticate": "allauth asks the signed-in person for a second factor once more.",
    "mfa_activate_totp": "The signed-in person's own second factor.",
    "mfa_deactivate_totp": "The signed-in person's own second factor.",
    "mfa_view_recovery_codes": "The signed-in person's own codes.",
    "mfa_generate_recovery_codes": "The signed-in person's own codes.",
    "mfa_download_recovery_codes": "The signed-in person's own codes.",
    "mfa_list_webauthn": "The signed-in person's own passkeys.",
    "mfa_add_webauthn": "The signed-in person's own passkeys.",
    "mfa_edit_webauthn": "The signed-in person's own passkeys.",
    "mfa_remove_webauthn": "The signed-in person's own passkeys.",
    "mfa_reauthenticate_webauthn": "allauth asks the signed-in person for a passkey once more.",
    "saml_login": "Strangers set out from here to the institution's sign-on.",
    "saml_finish_acs": "They come back here; the signature and the state are the permission.",
    "saml_metadata": "The provider reads here who we are.",
    "socialaccount_login_cancelled": "Tells strangers that they stopped on the way.",
    "account_login": "Strangers sign in here.",
    "account_logout": "Signing out is open to whoever is signed in; strangers are sent on.",
    "account_inactive": "Tells people whose account is closed, who cannot sign in.",
    "account_signup": "Tells strangers that accounts come from the career center.",
    "account_reauthenticate": "allauth asks the signed-in person for the password once more.",
    "account_change_password": "The signed-in person's own password.",
    "account_set_password": "The signed-in person's own password.",
    "account_reset_password": "Strangers ask here for a new password.",
    "account_reset_password_done": "Tells strangers to look into their mail.",
    "account_reset_password_from_key": "The key in the link is the permission.",
    "account_reset_password_from_key_done": "Tells strangers that they can sign in now.",
}


def problems_with_rules(views: Mapping[str, View], exceptions: Mapping[str, str]) -> list[str]:
    problems = [f"{name}: an exception for no view" for name in exceptions if name not in views]
    for name, view in views.items():
        rule = getattr(view, "access_rule", None)
        if rule is None:
            if not exceptions.get(name):
                problems.append(f"{name}: does not say who may open it")
        elif name in exceptions:
            problems.append(f"{name}: says who may open it, so it is no exception any more")
        elif rule.permission is None and not rule.reason.strip():
            problems.append(f"{name}: is open to more than one role and gives no reason")
    return problems


def test_every_view_says_who_may_open_it() -> None:
    problems = problems_with_rules(url_patterns(), WITHOUT_A_RULE)
    assert not problems, "\n".join(problems)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def fresh_page() -> View:
    return lambda request: page(request)  # type: ignore[no-any-return]


def test_reports_a_view_that_says_nothing() -> None:
    assert problems_with_rules({"a": page}, {}) == ["a: does not say who may open it"]
    assert problems_with_rules({"a": page}, {"a": ""}) == ["a: does not say who may open it"]


def test_reports_an_exception_that_has_become_stale() -> None:
    guarded = requires(Permission.SEE_OUTCOMES)(page)
    assert problems_with_rules({"a": guarded}, {"a": "because", "b": "because"}) == [
        "b: an exception for no view",
        "a: says who may open it, so it is no exception any more",
    ]


def test_reports_a_view_for_everybody_without_a_reason() -> None:
    views = {"a": public(reason=" ")(fresh_page()), "b": signed_in(reason="")(fresh_page())}
    assert problems_with_rules(views, {}) == [
        "a: is open to more than one role and gives no reason",
        "b: is open to more than one role and gives no reason",
    ]
