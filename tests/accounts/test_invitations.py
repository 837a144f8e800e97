"""The page by which somebody who was invited comes in."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from apps.accounts.actions import InvitationIsSpent, accept_invitation, make_invitation
from apps.accounts.models import Invitation, User
from tests.accounts.factories import InvitationFactory, UserFactory
from tests.clock import NOW, ago, ahead
from tests.constraints import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PASSWORD = "seven quiet otters"
TWICE = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def page_of(token: str, name: str = "invitation") -> str:
    return reverse(name, args=[token])


def test_lets_somebody_choose_a_password_and_sign_in(client):
    user = UserFactory(student=True, password=None)
    invitation = InvitationFactory(user=user, token="a-token")
    page = client.get(page_of("a-token"))
    assert user.email in page.content.decode()
    response = client.post(page_of("a-token"), TWICE)
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    invitation.refresh_from_db()
    assert (invitation.used_at, invitation.opened_at) == (NOW, NOW)


def test_changes_nothing_when_the_page_is_only_looked_at(client):
    InvitationFactory(token="a-token")
    before = list(Invitation.objects.values()), list(User.objects.order_by("pk").values())
    for ask in (client.get, client.head):
        assert ask(page_of("a-token")).status_code == 200
    assert before == (list(Invitation.objects.values()), list(User.objects.order_by("pk").values()))


def test_notes_the_first_time_that_a_browser_shows_it(client):
    invitation = InvitationFactory(token="a-token")
    assert client.post(page_of("a-token", "invitation_opened")).status_code == 204
    invitation.refresh_from_db()
    assert invitation.opened_at == NOW
    Invitation.objects.update(opened_at=ago(days=1))
    client.post(page_of("a-token", "invitation_opened"))
    invitation.refresh_from_db()
    assert invitation.opened_at == ago(days=1)


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "too short"), ("password1234", "too common"), ("another otter here", "match")],
)
def test_asks_for_a_better_password(client, password, words):
    InvitationFactory(token="a-token")
    typed = {"new_password1": password, "new_password2": password}
    if words == "match":
        typed["new_password2"] = PASSWORD
    page = client.post(page_of("a-token"), typed)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    "why", ["used", "revoked", "ran_out", "unknown", "closed", "signed in", "moved", "demo"]
)
def test_refuses_kindly_what_opens_nothing(client, why):
    traits = {why: True} if why in ("used", "revoked", "ran_out") else {}
    user = UserFactory(
        student=True,
        is_active=why != "closed",
        last_login=ago(days=1) if why == "signed in" else None,
        **({"email": "x@demo.example"} if why == "demo" else {}),
    )
    InvitationFactory(user=user, token="a-token", **traits)
    if why == "moved":
        User.objects.filter(pk=user.pk).update(email="other@x.example")
    token = "another-token" if why == "unknown" else "a-token"
    before = list(User.objects.order_by("pk").values())
    for response in (client.get(page_of(token)), client.post(page_of(token), TWICE)):
        assert response.status_code == 404
        assert "This invitation opens nothing now" in response.content.decode()
    assert list(User.objects.order_by("pk").values()) == before
    assert "_auth_user_id" not in client.session


def test_works_once(client):
    InvitationFactory(token="a-token")
    client.post(page_of("a-token"), TWICE)
    assert Client().post(page_of("a-token"), TWICE).status_code == 404


def test_is_used_once_even_by_two_at_the_same_time():
    invitation = InvitationFactory()
    accept_invitation(invitation=invitation, password=PASSWORD, now=NOW)
    with pytest.raises(InvitationIsSpent):
        accept_invitation(invitation=invitation, password="another otter", now=NOW)
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(PASSWORD)


def test_a_newer_one_takes_the_place_of_an_older_one(client):
    invitation = InvitationFactory(token="a-token")
    _, token = make_invitation(user=invitation.user, by=None, now=NOW)
    assert client.get(page_of("a-token")).status_code == 404
    assert client.get(page_of(token)).status_code == 200


def test_lets_nobody_try_through_tokens(client):
    InvitationFactory(token="a-token")
    for _ in range(settings.CONTACT_PAGE_MISSES):
        assert client.get(page_of("wrong")).status_code == 404
    refused = client.get(page_of("wrong"))
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 60
    assert client.post(page_of("wrong", "invitation_opened")).status_code == 429
    assert client.get(page_of("a-token")).status_code == 200  # one that works is never held up


def test_tells_no_cache_and_no_search_engine(client):
    InvitationFactory(token="a-token")
    for token in ("a-token", "wrong"):
        headers = client.get(page_of(token)).headers
        assert "no-store" in headers["Cache-Control"]
        assert "noindex" in headers["X-Robots-Tag"]


def test_needs_the_form_that_it_gave():
    InvitationFactory(token="a-token")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page_of("a-token"), TWICE).status_code == 403
    strict.get(page_of("a-token"))
    key = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(page_of("a-token", "invitation_opened"), key).status_code == 204
    assert strict.post(page_of("a-token"), {**TWICE, **key}).status_code == 302


def test_signs_in_whom_it_was_made_for_whoever_was_here_before(client):
    client.force_login(UserFactory(counselor=True))
    user = InvitationFactory(token="a-token").user
    client.post(page_of("a-token"), TWICE)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_keeps_to_what_the_table_allows():
    user = InvitationFactory().user
    with refused_by("accounts_invitation_one_open_each"):
        InvitationFactory(user=user)
    with refused_by("accounts_invitation_runs_out_later"):
        InvitationFactory(made_at=ahead(days=20))
    with refused_by("accounts_invitation_used_or_taken_back"):
        InvitationFactory(used=True, revoked=True)
