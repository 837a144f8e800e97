"""What staff see and do for the people who are asked."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import Contact, Wish
from apps.outreach.models import Attempt, CooldownLift
from apps.outreach.protection import Notice, advice
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.outreach.factories import AttemptFactory, CooldownLiftFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

ADDRESS = "ruth@northfield.example"
CARE = "/care/"


def look_up(client: Client, person: str = ADDRESS) -> str:
    response = client.post(CARE, {"person": person})
    assert response.status_code == 200
    return response.text


@pytest.fixture
def ruth(ana: Student) -> Contact:
    return ContactFactory(student=ana, name="Ruth Adeyemi", email=ADDRESS)


@pytest.fixture
def bens_ruth(ben: Student) -> Contact:
    return ContactFactory(student=ben, name="R. Adeyemi", email=ADDRESS, data_source="vCard")


def test_opens_on_a_question(counselor_client: Client, ana_client: Client) -> None:
    page = counselor_client.get(CARE).text
    assert "E-mail address or profile link" in page
    assert "Contacts in care" in page
    assert ana_client.get(CARE).status_code == 403
    assert ana_client.post(CARE, {"person": ADDRESS}).status_code == 403


def test_finds_by_a_whole_address_only(counselor_client: Client, ruth: Contact) -> None:
    assert ruth.student.name in look_up(counselor_client, " RUTH@northfield.example")
    assert ruth.student.name not in look_up(counselor_client, "h@northfield.example")
    for half in ("Ruth Adeyemi", "northfield.example", "", "%"):
        assert "Give a whole e-mail address" in look_up(counselor_client, half) or not half
        assert ruth.student.name not in look_up(counselor_client, half)


def test_a_counselor_sees_own_students_only(
    counselor_client: Client, ruth: Contact, bens_ruth: Contact
) -> None:
    AttemptFactory(contact=bens_ruth, reason="A secret of Ben's")
    page = look_up(counselor_client)
    assert ruth.student.name in page
    assert "Other students are asked to wait until December 5, 2025" in page
    assert "Is asked to wait until December 5, 2025" in page
    for hidden in (bens_ruth.student.given_name, bens_ruth.name, "vCard", "secret", "On 2 lists"):
        assert hidden not in page


def test_tells_a_counselor_the_same_whoever_else_has_the_person(
    counselor_client: Client, ruth: Contact, ben: Student
) -> None:
    def page() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as queries:
            return look_up(counselor_client).split("<main")[1], len(queries)

    def without_tokens(text: str) -> list[str]:
        return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]

    before, count = page()
    ContactFactory.create_batch(3, email=ADDRESS)
    ContactFactory(student=ben, email=ADDRESS, data_source="vCard")
    after, count_after = page()
    assert without_tokens(after) == without_tokens(before)
    assert count_after == count


def test_asks_the_database_as_often_for_many(counselor_client: Client, cohort: Cohort) -> None:
    def count(number: int) -> int:
        for _ in range(number):
            student = EnrolmentFactory(cohort=cohort).student
            AttemptFactory(contact=ContactFactory(student=student, email=ADDRESS), reason="Family")
        with CaptureQueriesContext(connection) as queries:
            look_up(counselor_client)
        return len(queries)

    assert count(2) == count(9)


def test_an_administrator_sees_where_the_data_comes_from(
    administrator_client: Client, ruth: Contact, bens_ruth: Contact
) -> None:
    page = look_up(administrator_client)
    assert "On 2 lists since September 15, 2025. Source: vCard." in page
    assert ruth.student.name in page
    assert bens_ruth.student.name in page
    assert "On nobody’s list." in look_up(administrator_client, "new@x.example")


@pytest.mark.parametrize(
    ("said", "notice"),
    [
        ({"is_never": "on"}, Notice.NEVER),
        ({"paused_until": "2025-11-30"}, Notice.PAUSED),
        ({"most_per_term": "1"}, Notice.FULL),
    ],
)
def test_a_wish_reaches_the_students(
    counselor_client: Client,
    ruth: Contact,
    bens_ruth: Contact,
    said: dict[str, str],
    notice: Notice,
) -> None:
    AttemptFactory(contact=bens_ruth, sent_at=ago(days=40))
    response = counselor_client.post("/care/wish/", {"person": ADDRESS.upper(), **said})
    assert "Written down. Students are told from now on." in response.text
    assert advice(ruth, now=NOW).notice == notice
    assert Wish.objects.get().fingerprint == fingerprint(ADDRESS)


def test_shows_the_wish_that_is_there(counselor_client: Client) -> None:
    WishFactory(key=ADDRESS, paused=True, most_per_term=3)
    page = look_up(counselor_client)
    assert 'value="2025-10-29"' in page
    assert 'name="most_per_term" value="3"' in page


def test_an_empty_wish_lets_everybody_ask(counselor_client: Client, ruth: Contact) -> None:
    WishFactory(key=ADDRESS, never=True)
    counselor_client.post("/care/wish/", {"person": ADDRESS})
    assert advice(ruth, now=NOW).is_allowed
    assert "Nothing written down" in look_up(counselor_client)


def test_says_what_is_wrong_with_a_wish(counselor_client: Client) -> None:
    response = counselor_client.post("/care/wish/", {"person": ADDRESS, "most_per_term": "0"})
    assert "greater than or equal to 1" in response.text
    response = counselor_client.post("/care/wish/", {"person": "Ruth"})
    assert response.url == CARE
    assert not Wish.objects.exists()


def test_a_counselor_lifts_a_cooldown_for_an_own_student(
    counselor_client: Client, counselor: User, ruth: Contact, bens_ruth: Contact
) -> None:
    AttemptFactory(contact=bens_ruth)
    response = counselor_client.post(
        f"/care/lift/{ruth.pk}/", {"person": ADDRESS, "reason": "They are related."}
    )
    assert f"{ruth.student.name} may write now." in response.text
    lift = CooldownLift.objects.get()
    assert (lift.contact, lift.student, lift.lifted_by) == (ruth, ruth.student, counselor)
    assert (lift.lifted_at, lift.reason) == (NOW, "They are related.")
    assert advice(ruth, now=NOW).is_allowed


def test_nobody_lifts_for_students_of_others_or_for_themselves(
    counselor_client: Client, cohort: Cohort, sign_in: Callable[[User], Client], bens_ruth: Contact
) -> None:
    assert (
        counselor_client.post(f"/care/lift/{bens_ruth.pk}/", {"person": ADDRESS}).status_code == 404
    )

    both = UserFactory(roles=[Role.STUDENT, Role.COUNSELOR])
    cohort.counselors.add(both)
    own = ContactFactory(student=StudentFactory(user=both), email=ADDRESS)
    AttemptFactory(contact=bens_ruth)
    client = sign_in(both)
    assert client.post(f"/care/lift/{own.pk}/", {"person": ADDRESS}).status_code == 404
    assert own.student.name not in look_up(client)
    assert not CooldownLift.objects.exists()


def test_a_lift_without_a_person_comes_back(counselor_client: Client, ruth: Contact) -> None:
    assert counselor_client.post(f"/care/lift/{ruth.pk}/", {}).url == CARE
    assert not CooldownLift.objects.exists()


def test_tells_counselors_who_wrote_all_the_same(
    counselor_client: Client, other_counselor_client: Client, ruth: Contact
) -> None:
    AttemptFactory(contact=ruth, reason="She is my neighbor.")
    AttemptFactory(contact=ruth, reason="Long ago", sent_at=ago(days=70))
    page = counselor_client.get(CARE).text
    assert "She is my neighbor." in page
    assert "Ruth Adeyemi" in page
    assert "Long ago" not in page
    assert "neighbor" not in other_counselor_client.get(CARE).text


def test_only_administrators_erase(
    counselor_client: Client, ana_client: Client, ruth: Contact
) -> None:
    assert "Erase this person" not in look_up(counselor_client)
    for client in (counselor_client, ana_client):
        response = client.post("/care/erase/", {"person": ADDRESS, "confirmed": "yes"})
        assert response.status_code == 403
    ruth.refresh_from_db()
    assert not ruth.is_erased


def test_erases_at_the_second_yes(
    administrator_client: Client, ruth: Contact, bens_ruth: Contact
) -> None:
    AttemptFactory(contact=ruth, reason="Ruth is my neighbor.")
    CooldownLiftFactory(contact=bens_ruth, reason="Ruth knows him.")
    assert "Erase this person" in look_up(administrator_client)
    page = administrator_client.post("/care/erase/", {"person": ADDRESS}).text
    assert "This cannot be undone." in page
    assert "On 2 lists, as R. Adeyemi, Ruth Adeyemi." in page
    assert Contact.objects.filter(erased_at__isnull=True).count() == 2

    response = administrator_client.post("/care/erase/", {"person": ADDRESS, "confirmed": "yes"})
    assert response.url == CARE
    assert Contact.objects.filter(erased_at=NOW).count() == 2
    assert set(Attempt.objects.values_list("reason", flat=True)) == {""}
    assert CooldownLift.objects.get().reason == ""
    page = look_up(administrator_client)
    assert "Erased at their request on October 15, 2025" in page
    assert "Erase this person" not in page


def test_erases_under_the_other_addresses_that_are_theirs(
    administrator_client: Client, ruth: Contact
) -> None:
    ruth.more_emails = ["ruth@home.example", "info@northfield.example"]
    ruth.save()
    at_home = ContactFactory(email="ruth@home.example")
    colleague = ContactFactory(email="info@northfield.example")
    page = administrator_client.post("/care/erase/", {"person": ADDRESS}).text
    assert 'value="ruth@home.example"' in page
    assert 'value="info@northfield.example"' in page

    administrator_client.post(
        "/care/erase/", {"person": ADDRESS, "confirmed": "yes", "also": "ruth@home.example"}
    )
    assert set(Contact.objects.filter(erased_at=NOW)) == {ruth, at_home}
    colleague.refresh_from_db()
    assert not colleague.is_erased
    assert Wish.objects.filter(erased_at=NOW).count() == 2


def test_erases_nothing_that_was_not_in_view(administrator_client: Client, ruth: Contact) -> None:
    ruth.more_emails = ["ruth@home.example"]
    ruth.save()
    response = administrator_client.post(
        "/care/erase/", {"person": ADDRESS, "confirmed": "yes", "also": "x@elsewhere.example"}
    )
    assert response.status_code == 200
    assert administrator_client.post("/care/erase/", {"person": "Ruth"}).url == CARE
    assert not Wish.objects.exists()


@pytest.mark.django_db
def test_names_nobody_in_the_table_of_wishes(counselor_client: Client) -> None:
    counselor_client.post("/care/wish/", {"person": ADDRESS, "is_never": "on"})
    kept = " ".join(str(value) for value in Wish.objects.values_list().get())
    assert "ruth" not in kept
    assert "northfield" not in kept
