import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.roles import PERMISSIONS, Permission, Role
from tests.accounts.factories import UserFactory
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db


def change(user, **values):
    """Write past the model, as an import or a line of SQL does."""
    User.objects.filter(pk=user.pk).update(**values)


def test_keeps_addresses_in_lower_case_whoever_writes_them():
    user = User.objects.create_user("Ana.Ozturk@College.Example")
    assert user.email == "ana.ozturk@college.example"
    with refused_by("accounts_user_email_is_lower_case"):
        change(user, email="Ana@college.example")


def test_gives_an_address_to_one_person_in_whatever_case():
    user = UserFactory(email="ana@college.example")
    with pytest.raises(ValidationError, match="already exists"):
        User.objects.create_user("ANA@college.example")
    with refused_by("accounts_user_email_key"):
        change(UserFactory(), email=user.email)


def test_knows_a_person_by_an_address_in_whatever_case():
    user = UserFactory(email="ana@college.example")
    assert User.objects.get_by_natural_key("Ana@College.example") == user
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


@pytest.mark.parametrize("roles", [["professor"], ["student", "root"], ["Student"]])
def test_refuses_roles_that_nobody_defined(roles):
    with refused_by("accounts_user_roles_are_known"):
        change(UserFactory(), roles=roles)


@pytest.mark.parametrize("zone", ["Mars/Olympus_Mons", "EST5", "europe/berlin"])
def test_refuses_a_time_zone_that_is_none(zone):
    with pytest.raises(ValidationError, match="is no time zone"):
        User.objects.create_user("ana@college.example", time_zone=zone)


def test_lives_by_the_institutions_clock_until_told_otherwise(settings):
    settings.INSTITUTION_TIME_ZONE = "America/Chicago"
    assert UserFactory.build().zone.key == "America/Chicago"
    assert UserFactory.build(time_zone="Asia/Kathmandu").zone.key == "Asia/Kathmandu"


def test_calls_people_as_they_want_to_be_called():
    parts = {"given_name": "Noor", "family_name": "Öztürk"}
    assert UserFactory.build(full_name="N. Ö.", **parts).name == "N. Ö."
    assert UserFactory.build(full_name="", **parts).name == "Noor Öztürk"
    assert UserFactory.build(full_name="", family_name="Öztürk").name == "Öztürk"
    assert UserFactory.build(full_name="", email="n@college.example").name == "n@college.example"


def test_prints_no_name():
    user = UserFactory()
    assert str(user) == f"user {user.pk}"


def test_cannot_sign_in_before_setting_a_password():
    assert not User.objects.create_user("ana@college.example").has_usable_password()
    assert User.objects.create_user("ben@college.example", "a long walk").check_password(
        "a long walk"
    )


def test_makes_an_administrator_from_the_command_line(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long walk by the river")
    call_command(
        "createsuperuser",
        email="Dean@college.example",
        full_name="The Dean",
        interactive=False,
        verbosity=0,
    )
    user = User.objects.get(email="dean@college.example")
    assert user.roles == [Role.ADMINISTRATOR]
    assert user.check_password("a long walk by the river")


def test_says_of_every_role_what_it_may():
    assert set(PERMISSIONS) == set(Role)
    assert set().union(*PERMISSIONS.values()) == set(Permission)


def test_adds_up_the_permissions_of_several_roles():
    both = UserFactory.build(roles=[Role.STUDENT, Role.COUNSELOR])
    allowed = {permission for permission in Permission if both.may(permission)}
    assert allowed == PERMISSIONS[Role.STUDENT] | PERMISSIONS[Role.COUNSELOR]
    assert not any(UserFactory.build().may(permission) for permission in Permission)


def test_takes_every_permission_from_a_closed_account():
    closed = UserFactory.build(administrator=True, is_active=False)
    assert not any(closed.may(permission) for permission in Permission)


def test_counts_counselors_and_administrators_as_staff():
    staff = {role for role in Role if UserFactory.build(roles=[role]).is_staff_member}
    assert staff == {Role.COUNSELOR, Role.ADMINISTRATOR}
