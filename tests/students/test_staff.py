"""Who looks after a class: several counselors, substitutes with dates, student workers."""

from datetime import timedelta

import pytest
import time_machine

from apps.students.models import Cohort, Student, Substitution
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY
from tests.constraints import refused_by
from tests.guards.pages import World, make_pages, make_people
from tests.students.factories import CohortFactory, SubstitutionFactory

pytestmark = pytest.mark.django_db


def url(cohort):
    return f"/classes/{cohort.pk}/people/"


def iso(days):
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def colleague():
    return UserFactory(counselor=True)


def test_shares_a_class_with_a_colleague(counselor_client, cohort, colleague, ana):
    counselor_client.post(url(cohort), {"do": "share", "user": colleague.pk})
    assert colleague in cohort.counselors.all()
    assert ana in Student.objects.visible_to(colleague)
    assert colleague.name in counselor_client.get(url(cohort)).text


@pytest.mark.parametrize(
    ("days", "sees"), [(-1, False), (0, True), (1, True), (2, True), (3, False)]
)
def test_lets_a_substitute_see_the_class_on_their_days_and_no_other(
    counselor_client, cohort, colleague, ana, days, sees, now
):
    data = {"do": "stand_in", "user": colleague.pk, "starts_on": iso(0), "ends_on": iso(2)}
    counselor_client.post(url(cohort), data)
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        assert (cohort in Cohort.objects.visible_to(colleague)) is sees
        assert (ana in Student.objects.visible_to(colleague)) is sees


def test_counts_the_days_of_a_substitution_at_the_institution(cohort, colleague):
    SubstitutionFactory(cohort=cohort, user=colleague, starts_on=TODAY, ends_on=TODAY)
    midnight = NOW.replace(hour=4, minute=0) + timedelta(days=1)  # in New York
    for moment, sees in ((midnight - timedelta(minutes=1), True), (midnight, False)):
        with time_machine.travel(moment, tick=False):
            assert (cohort in Cohort.objects.visible_to(colleague)) is sees


def test_lets_a_substitute_work_but_not_give_the_class_away(sign_in, cohort, colleague, ana):
    SubstitutionFactory(cohort=cohort, user=colleague)
    client = sign_in(colleague)
    assert client.get(f"/classes/{cohort.pk}/").status_code == 200
    assert client.get(url(cohort)).status_code == 404
    data = {"do": "hand_over", "user": colleague.pk}
    assert client.post(url(cohort), data).status_code == 404


def test_takes_dates_in_their_order_only(counselor_client, cohort, colleague):
    data = {"do": "stand_in", "user": colleague.pk, "starts_on": iso(2), "ends_on": iso(0)}
    assert "This is before the first day." in counselor_client.post(url(cohort), data).text
    assert not Substitution.objects.exists()


def test_takes_a_substitute_off_again(counselor_client, cohort, other_cohort, colleague):
    row = SubstitutionFactory(cohort=cohort, user=colleague)
    elsewhere = SubstitutionFactory(cohort=other_cohort)
    base = f"/classes/{cohort.pk}/substitutes"
    assert counselor_client.post(f"{base}/{elsewhere.pk}/remove/").status_code == 404
    counselor_client.post(f"{base}/{row.pk}/remove/")
    assert list(Substitution.objects.all()) == [elsewhere]


def test_hands_a_class_over_and_out_of_ones_own_hands(counselor_client, cohort, colleague, ana):
    answer = counselor_client.post(url(cohort), {"do": "hand_over", "user": colleague.pk})
    assert answer.url == "/classes/"
    assert list(cohort.counselors.all()) == [colleague]
    assert counselor_client.get(f"/classes/{cohort.pk}/").status_code == 404


def test_keeps_the_last_counselor_of_a_class(counselor_client, counselor, cohort, colleague):
    remove = f"/classes/{cohort.pk}/people/{counselor.pk}/remove/"
    assert "Somebody has to look after" in counselor_client.post(remove, follow=True).text
    assert counselor in cohort.counselors.all()
    cohort.counselors.add(colleague)
    counselor_client.post(f"/classes/{cohort.pk}/people/{colleague.pk}/remove/")
    assert list(cohort.counselors.all()) == [counselor]


def test_offers_accounts_of_the_right_role_only(counselor_client, cohort, colleague, ana):
    worker, gone = UserFactory(student_worker=True), UserFactory(counselor=True, is_active=False)
    for do, user in (("share", ana.user), ("share", worker), ("share", gone), ("help", ana.user)):
        page = counselor_client.post(url(cohort), {"do": do, "user": user.pk})
        assert "is-invalid" in page.text
    assert list(cohort.workers.all()) == []


def test_logs_who_changed_what(counselor_client, counselor, cohort, colleague, caplog):
    counselor_client.post(url(cohort), {"do": "hand_over", "user": colleague.pk})
    assert "class handed over" in caplog.text
    assert colleague.name not in caplog.text


def test_gives_a_student_worker_totals_and_no_other_page(
    sign_in, counselor_client, now, ana, ben, cohort, counselor, other_counselor
):
    worker = UserFactory(student_worker=True)
    counselor_client.post(url(cohort), {"do": "help", "user": worker.pk})
    people = make_people(
        ana=ana, ben=ben, cohort=cohort, counselor=counselor, other_counselor=other_counselor
    )
    world = World(make_pages(ana=ana, cohort=cohort), {**people, "worker": worker})
    opened = {
        label
        for label in world.pages
        if world.ask("GET", label, "worker").status_code == 200
        and world.ask("GET", label, "nobody").status_code == 302
    }
    assert opened == {
        "account",
        "account_reauthenticate",
        "account_change_password",
        "account_logout",
        "class_list",
        "mfa_index",
        "mfa_list_webauthn",
        "reminder_settings",
        "sessions",
    }
    assert ana.name not in world.ask("GET", "class_list", "worker").text


def test_takes_a_student_worker_off_again(counselor_client, cohort, sign_in):
    worker = UserFactory(student_worker=True)
    cohort.workers.add(worker)
    assert cohort in Cohort.objects.counted_by(worker)
    counselor_client.post(f"/classes/{cohort.pk}/workers/{worker.pk}/remove/")
    assert not Cohort.objects.counted_by(worker).exists()


def test_the_database_keeps_substitutions_in_order():
    row = SubstitutionFactory()
    with refused_by("students_substitution_ends_after_it_begins"):
        Substitution.objects.filter(pk=row.pk).update(ends_on=TODAY - timedelta(days=1))
    with refused_by("students_substitution_begins_once"):
        SubstitutionFactory(cohort=row.cohort, user=row.user, ends_on=TODAY + timedelta(days=9))


def test_shows_everybody_every_class_they_count(administrator_client, counselor, cohort):
    assert cohort in Cohort.objects.counted_by(counselor)
    other = CohortFactory()
    assert other not in Cohort.objects.counted_by(counselor)
    assert other in Cohort.objects.counted_by(UserFactory(administrator=True))
