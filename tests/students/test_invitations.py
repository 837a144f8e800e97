"""Asking the people of a class in."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import Invitation, User
from apps.accounts.roles import Role
from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.students.actions import invitations
from apps.students.actions.invitations import Invited, invite_students
from tests.accounts.factories import InvitationFactory, UserFactory
from tests.clock import NOW, TODAY, ago
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db

LINK = re.compile(r"/invitation/[\w-]{43}/")


def place(cohort, **student):
    return EnrolmentFactory(cohort=cohort, student=StudentFactory(**student))


def invite(cohort, by, only=None, now=NOW) -> Invited:
    return invite_students(cohort=cohort, only=only, by=by, now=now)


def test_makes_an_account_and_sends_a_link(cohort, counselor):
    row = place(cohort, given_name="Ada", family_name="Ray", email="Ada@X.example")
    assert invite(cohort, counselor) == Invited(sent=1)
    row.student.refresh_from_db()
    user = row.student.user
    assert (user.email, user.name, user.roles) == ("ada@x.example", "Ada Ray", [Role.STUDENT])
    assert not user.has_usable_password()
    mail = OutgoingEmail.objects.get()
    assert (mail.recipient, mail.to_address, mail.kind) == (user, "ada@x.example", "invitation")
    links = LINK.findall(mail.text_body)
    assert links == LINK.findall(mail.html_body)
    assert len(links) == 1
    invitation = Invitation.objects.get()
    assert links[0].split("/")[2] not in repr(Invitation.objects.values())  # only its digest
    assert (invitation.by, invitation.address) == (counselor, "ada@x.example")
    assert "Hello Ada" in mail.text_body
    assert cohort.name in mail.subject


def test_invites_nobody_twice_unless_asked(cohort, counselor):
    row = place(cohort)
    assert invite(cohort, counselor).sent == 1
    assert invite(cohort, counselor) == Invited(waiting=1)
    assert invite(cohort, counselor, only=[row.pk]) == Invited(waiting=1)  # pressed twice
    later = NOW + timedelta(hours=1)
    assert invite(cohort, counselor, only=[row.pk], now=later).sent == 1
    old, new = Invitation.objects.order_by("pk")
    assert (old.revoked_at, new.revoked_at) == (later, None)


def test_invites_so_many_at_once_and_the_others_next(cohort, counselor, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_AT_ONCE", 2)
    for _ in range(3):
        place(cohort)
    assert invite(cohort, counselor).sent == 2
    assert invite(cohort, counselor) == Invited(sent=1, waiting=2)


def test_invites_again_once_an_invitation_has_run_out(cohort, counselor):
    place(cohort)
    invite(cohort, counselor, now=ago(days=15))
    assert invite(cohort, counselor).sent == 1


def test_leaves_alone_who_has_come_in_withdrawn_or_closed(cohort, counselor):
    come_in = UserFactory(student=True, last_login=ago(days=1))
    closed = UserFactory(student=True, is_active=False)
    place(cohort, user=come_in)
    place(cohort, user=closed)
    EnrolmentFactory(cohort=cohort, withdrawn=True)
    place(cohort, email="")
    assert invite(cohort, counselor) == Invited(in_already=1, without_address=1)
    assert OutgoingEmail.objects.count() == 0


def test_asks_nobody_into_a_term_that_is_over(cohort, counselor):
    place(cohort)
    assert invite(cohort, counselor, now=NOW + timedelta(days=200)) == Invited()


def test_takes_the_account_that_is_there(cohort, counselor):
    user = UserFactory(counselor=True, email="cal@x.example")
    row = place(cohort, email="cal@x.example")
    assert invite(cohort, counselor).sent == 1
    row.student.refresh_from_db()
    user.refresh_from_db()
    assert row.student.user == user
    assert set(user.roles) == {Role.COUNSELOR, Role.STUDENT}


def test_takes_no_account_of_another_student(cohort, counselor):
    user = StudentFactory(with_account=True).user
    place(cohort, email=user.email)
    assert invite(cohort, counselor) == Invited(taken=1)
    assert User.objects.filter(email=user.email).count() == 1


def test_invites_only_from_this_class(cohort, other_cohort, counselor):
    elsewhere = place(other_cohort)
    assert invite(cohort, counselor, only=[elsewhere.pk]) == Invited()


@pytest.mark.parametrize("case", ["withdrawn", "used", "replaced", "signed in", "closed", "moved"])
def test_takes_the_mail_back_when_it_is_not_wanted_any_more(cohort, counselor, now, case):
    row = place(cohort)
    invite(cohort, counselor)
    mail = OutgoingEmail.objects.select_related("recipient").get()
    assert is_still_wanted(mail)
    if case == "withdrawn":
        row.withdrawn_on = TODAY
        row.save()
    elif case == "used":
        Invitation.objects.update(used_at=NOW)
    elif case == "replaced":
        Invitation.objects.update(revoked_at=NOW)
    elif case == "signed in":
        User.objects.filter(pk=mail.recipient_id).update(last_login=NOW)
    elif case == "closed":
        User.objects.filter(pk=mail.recipient_id).update(is_active=False)
    else:
        User.objects.filter(pk=mail.recipient_id).update(email="other@x.example")
    mail = OutgoingEmail.objects.select_related("recipient").get()
    assert not is_still_wanted(mail)


def test_counts_who_was_invited_who_opened_it_and_who_came_in(counselor_client, cohort):
    for user in (
        UserFactory(student=True, last_login=ago(days=1)),
        UserFactory(student=True),
        UserFactory(student=True),
        UserFactory(student=True, is_active=False),
    ):
        place(cohort, user=user)
    users = [one.student.user for one in cohort.enrolments.order_by("pk")]
    InvitationFactory(user=users[0], used=True, opened_at=ago(hours=2))
    InvitationFactory(user=users[1], opened_at=ago(hours=2))
    InvitationFactory(user=users[2], ran_out=True)
    place(cohort, email="")
    place(cohort)
    EnrolmentFactory(cohort=cohort, withdrawn=True)
    page = counselor_client.get(reverse("roster", args=[cohort.pk]))
    people = page.context["list"]
    assert (len(people.people), len(people.withdrawn)) == (6, 1)
    assert (people.invited, people.opened, people.signed_in) == (3, 2, 1)
    assert (people.to_invite, people.without_address) == (2, 1)
    assert {one.standing for one in people.people} == {
        *("in", "invited", "ran out", "closed", "no address", "not invited")
    }


def test_invites_from_the_page(counselor_client, cohort):
    row, other = place(cohort), place(cohort)
    url = reverse("roster_invite", args=[cohort.pk])
    page = counselor_client.post(url, {"enrolment": row.pk}, follow=True).content.decode()
    assert "One person is invited." in page
    page = counselor_client.post(url, follow=True).content.decode()
    assert "One person is invited." in page
    assert OutgoingEmail.objects.count() == 2
    page = counselor_client.post(url, {"enrolment": "x"}, follow=True)
    assert page.status_code == 200
    assert other.pk


def test_says_who_could_not_be_invited(counselor_client, cohort):
    place(cohort, email="")
    place(cohort, email=StudentFactory(with_account=True).email)
    url = reverse("roster_invite", args=[cohort.pk])
    page = counselor_client.post(url, follow=True).content.decode()
    assert "1 without an e-mail address." in page
    assert "another student’s account" in page
    assert "Nobody new to invite" in page
