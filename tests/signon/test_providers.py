"""Signing in by the institution, against a real provider process: who comes in, who does not."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.students.models import Student
from tests.accounts.factories import PASSWORD, UserFactory
from tests.signon.conftest import Browser, by_oidc, by_saml, oidc_answer, post_saml, saml_answer
from tests.students.factories import CohortFactory, StudentFactory

pytestmark = pytest.mark.django_db
REFUSED = "accounts/sign_on_refused.html"
WAYS = pytest.mark.parametrize("way_in", [by_oidc, by_saml])


@pytest.fixture
def ana_account():
    return UserFactory(email="ana@college.example", student=True)


@WAYS
def test_lets_somebody_known_by_a_verified_address_in(client, provider, ana_account, way_in):
    provider.says()
    assert way_in(client).status_code == 302
    assert get_user(client) == ana_account
    link = SocialAccount.objects.get()
    assert (link.user, link.uid, link.extra_data) == (ana_account, "id-4711", {})
    ana_account.refresh_from_db()
    assert ana_account.check_password(PASSWORD)


@WAYS
def test_knows_a_person_by_the_lasting_id_when_the_address_moves(
    client, provider, ana_account, way_in
):
    provider.says()
    way_in(client)
    client.logout()
    provider.says(email="ana.new@college.example")
    way_in(client)
    assert get_user(client) == ana_account


def test_knows_a_student_by_the_institutions_id_before_the_address(client, provider, settings):
    settings.SIGN_ON_STUDENT_ID_CLAIM = "student_number"
    other = UserFactory(email="ana@college.example")
    student = StudentFactory(with_account=True, student_id="S-1")
    provider.says(student_number="S-1")
    by_oidc(client)
    assert get_user(client) == student.user != other


def test_refuses_an_address_that_has_passed_to_another_student(client, provider, settings):
    settings.SIGN_ON_STUDENT_ID_CLAIM = "student_number"
    user = UserFactory(email="ana@college.example", student=True)
    StudentFactory(student_id="S-1", user=user)
    provider.says(student_number="S-2")
    assert by_oidc(client).status_code == 403


@WAYS
def test_refuses_a_second_id_with_the_address_of_somebody_linked(
    client, provider, ana_account, way_in
):
    provider.says()
    way_in(client)
    provider.says(sub="id-of-another")
    fresh = Browser()
    assert way_in(fresh).status_code == 403
    assert get_user(fresh).is_anonymous


def test_believes_no_address_that_nobody_vouches_for(client, provider, ana_account, settings):
    settings.SIGN_ON_EMAIL_DOMAINS = []
    for claim in (False, None, "true", 1):
        provider.says(email_verified=claim)
        assert by_oidc(client).status_code == 403
    assert not SocialAccount.objects.exists()


@WAYS
def test_says_kindly_that_there_is_no_account_and_makes_none(client, provider, way_in):
    provider.says()
    response = way_in(client)
    assert response.status_code == 403
    assert "We do not find an account for you" in response.content.decode()
    assert not User.objects.exists()


@WAYS
def test_refuses_a_closed_account_in_the_words_for_an_unknown_one(
    client, provider, ana_account, way_in
):
    unknown = provider.says(email="nobody@college.example", sub="n") and way_in(client)
    User.objects.update(is_active=False)
    provider.says()
    closed = way_in(client)
    assert (closed.status_code, closed.content) == (unknown.status_code, unknown.content)
    assert get_user(client).is_anonymous


WRONG_TOKENS = [
    "forged",
    "unsigned",
    "expired",
    "replayed",
    "another audience",
    "another issuer",
    "another nonce",
    "another person",
]


@pytest.mark.parametrize("wrong", WRONG_TOKENS)
def test_refuses_an_id_token_that_is(client, provider, ana_account, wrong):
    provider.says()
    assert by_oidc(Browser()).status_code == 302  # so that there is one to replay
    provider.says(wrong)
    refused = by_oidc(client)
    assert (refused.status_code, refused.templates[0].name) == (403, REFUSED)
    assert get_user(client).is_anonymous


WRONG_ASSERTIONS = ["forged", "unsigned", "changed", "expired", "another audience"]


@pytest.mark.parametrize("wrong", WRONG_ASSERTIONS)
def test_refuses_an_assertion_that_is(client, provider, ana_account, wrong):
    provider.says(wrong)
    refused = by_saml(client)
    assert (refused.status_code, refused.templates[0].name) == (403, REFUSED)
    assert get_user(client).is_anonymous


def test_takes_an_answer_once_and_from_the_browser_that_asked(client, provider, ana_account):
    provider.says()
    answer = oidc_answer(client)
    assert Browser().get(answer).status_code == 403
    assert client.get(answer).status_code == 302
    client.logout()
    assert client.get(answer).status_code == 403
    assert get_user(client).is_anonymous


def test_takes_an_assertion_once_and_from_the_browser_that_asked(client, provider, ana_account):
    provider.says()
    answer = saml_answer(client)
    for thief in (Browser(), client):
        status = post_saml(thief, answer).status_code
        assert status == (302 if thief is client else 403)
    assert get_user(client) == ana_account
    assert post_saml(client, answer).status_code == 403  # once more
    client.logout()
    assert post_saml(client, answer).status_code == 403
    assert get_user(client).is_anonymous


def test_gives_the_mapped_roles_and_takes_those_no_value_gives(client, provider, settings):
    settings.SIGN_ON_ROLES = {"careers-staff": "counselor", "careers-heads": "administrator"}
    user = UserFactory(email="ana@college.example", roles=[Role.STUDENT, Role.ADMINISTRATOR])
    provider.says(groups=["careers-staff", "anything", "administrator"])
    by_oidc(client)
    user.refresh_from_db()
    assert user.roles == [Role.STUDENT, Role.COUNSELOR]
    provider.says(groups=["administrator"])
    by_oidc(Browser())
    user.refresh_from_db()
    assert user.roles == [Role.STUDENT]


@WAYS
def test_gives_no_role_without_a_mapping(client, provider, way_in):
    user = UserFactory(email="ana@college.example")
    provider.says(groups=["administrator", "counselor"], roles=["administrator"])
    way_in(client)
    user.refresh_from_db()
    assert (get_user(client), user.roles) == (user, [])


def test_adds_to_the_mapped_class(client, provider, settings):
    cohort = CohortFactory()
    settings.SIGN_ON_CLASSES = {"cs-101": f"{cohort.term.code}/{cohort.name}", "x": "no/such"}
    user = UserFactory(email="ana@college.example", counselor=True)
    provider.says(groups=["cs-101", "x"])
    by_oidc(client)
    assert list(cohort.counselors.all()) == [user]


def test_makes_an_account_only_if_asked_to_and_only_with_a_role(client, provider, settings):
    settings.SIGN_ON_CREATES_ACCOUNTS = True
    settings.SIGN_ON_ROLES = {"students": "student"}
    settings.SIGN_ON_STUDENT_ID_CLAIM = "student_number"
    provider.says(student_number="S-9", given_name="Ana")
    assert by_oidc(client).status_code == 403
    provider.says(student_number="S-9", given_name="Ana", groups=["students"])
    assert by_oidc(client).status_code == 302
    assert Student.objects.get(student_id="S-9").user == get_user(client) == User.objects.get()
    assert not User.objects.get().has_usable_password()


def test_leads_to_no_other_site_afterwards(client, provider, ana_account):
    provider.says()
    assert by_oidc(client, "https://else.example/").headers["Location"] == "/"
    client.logout()
    assert by_oidc(client, "/today/").headers["Location"] == "/today/"


def test_joins_no_accounts_and_asks_for_nothing_more_than_the_settings(client, provider):
    asked = "process=connect&scope=all&auth_params=prompt%3Dx"
    begun = client.post(f"/accounts/oidc/campus/login/?{asked}")
    assert "all" not in begun.headers["Location"].split("scope=")[1].split("&")[0]
    assert "prompt" not in begun.headers["Location"]
    assert client.get("/accounts/saml/campus-saml/metadata/").status_code == 200


def test_is_not_there_where_no_provider_is_set(client):
    assert client.post("/accounts/oidc/campus/login/").status_code == 404
    assert client.post("/accounts/saml/campus-saml/login/").status_code == 404
    assert "Sign in with" not in client.get("/accounts/login/").content.decode()
