"""One question at the end of a term: two taps, and three polite mails at most."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.outcomes.actions import queue_close_outs
from apps.outcomes.close_out import ASKED_UNTIL
from apps.outcomes.models import NoOfferConfirmation
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Term
from apps.students.next_steps import StepKind
from tests.clock import NOW, TODAY
from tests.mail.factories import RefusalFactory
from tests.outcomes.factories import NoOfferConfirmationFactory, OfferFactory
from tests.students.factories import EnrolmentFactory, StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(ana, term):
    term.ends_on = TODAY
    term.closes_on = TODAY + timedelta(days=20)
    term.save()
    return ana.enrolments.get()


def in_days(number):
    return NOW + timedelta(days=number)


def asked(student, now=NOW):
    return [s.subject for s in next_steps_of(student, now) if s.kind == StepKind.CLOSE_OUT]


def keys():
    return sorted(OutgoingEmail.objects.values_list("occurrence_key", flat=True))


def test_asks_from_the_last_day_until_long_after_the_closing(ana, place):
    assert asked(ana, in_days(-1)) == []
    assert asked(ana) == [place.pk]
    assert asked(ana, in_days(20 + ASKED_UNTIL)) == [place.pk]
    assert asked(ana, in_days(21 + ASKED_UNTIL)) == []


def test_takes_a_no_in_two_taps(ana_client, ana, place):
    today = ana_client.get("/today/").content.decode()
    assert f"/close-out/{place.pk}/" in today
    page = ana_client.get(f"/close-out/{place.pk}/").content.decode()
    assert "No, not this term" in page
    assert "/offers/new/" in page
    assert ana_client.post(f"/close-out/{place.pk}/")["Location"] == "/today/"
    word = NoOfferConfirmation.objects.get()
    assert (word.student, word.term, word.said_by) == (ana, place.cohort.term, ana.user)
    assert asked(ana) == []
    assert "You said that none came." in ana_client.get(f"/close-out/{place.pk}/").content.decode()


def test_takes_no_no_beside_an_offer_or_before_the_end(ana_client, ana, place):
    offer = OfferFactory(student=ana)
    page = ana_client.post(f"/close-out/{place.pk}/").content.decode()
    assert "An offer of this term is on record already." in page
    offer.delete()
    Term.objects.update(ends_on=TODAY + timedelta(days=1))
    assert "You are asked then" in ana_client.post(f"/close-out/{place.pk}/").content.decode()
    assert not NoOfferConfirmation.objects.exists()


def test_asks_once_a_term_whatever_the_number_of_classes(ana, place):
    EnrolmentFactory(student=ana, cohort__term=place.cohort.term)
    assert asked(ana) == [place.pk]


@pytest.mark.parametrize("values", [{"enrolled_on": TODAY}, {"withdrawn_on": TODAY}])
def test_leaves_alone_who_does_not_count_or_has_left(place, values):
    type(place).objects.update(**values)
    assert asked(place.student) == []
    assert queue_close_outs(now=NOW) == 0


def test_writes_three_times_a_week_apart_and_never_again(ana, place):
    sent = [(day, queue_close_outs(now=in_days(day))) for day in range(60) for _ in range(2)]
    assert [day for day, number in sent if number] == [0, 7, 14]
    about = f"close_out:{ana.user_id}:{place.cohort.term_id}"
    assert keys() == [f"{about}:1", f"{about}:2", f"{about}:3"]
    last = OutgoingEmail.objects.get(occurrence_key=f"{about}:3")
    assert "You are not asked again." in last.text_body
    assert "You are not asked again." in last.html_body
    assert f"/close-out/{place.pk}/" in last.text_body
    assert "Stop these mails" in last.html_body


def test_writes_by_day_on_the_students_own_clock(place):
    user = place.student.user
    user.time_zone = "Asia/Tokyo"  # midnight there
    user.save()
    queue_close_outs(now=NOW)
    assert OutgoingEmail.objects.get().due_at == datetime(2025, 10, 16, 0, 0, tzinfo=UTC)


def test_writes_to_nobody_without_an_account_or_the_wish(place):
    RefusalFactory(user=place.student.user, kind="close_out")
    EnrolmentFactory(student=StudentFactory(), cohort=place.cohort)
    assert queue_close_outs(now=NOW) == 0


@pytest.mark.parametrize("what", ["known", "offer", "left", "long over"])
def test_holds_back_a_question_that_has_its_answer(now, ana, place, what):
    queue_close_outs(now=NOW)
    email = OutgoingEmail.objects.get()
    assert is_still_wanted(email)
    match what:
        case "known":
            NoOfferConfirmationFactory(student=ana, term=place.cohort.term)
        case "offer":
            OfferFactory(student=ana)
        case "left":
            type(place).objects.update(withdrawn_on=TODAY)
        case "long over":
            before = TODAY - timedelta(days=ASKED_UNTIL + 1)
            Term.objects.update(
                starts_on=before, census_on=before, ends_on=before, closes_on=before
            )
            type(place).objects.update(enrolled_on=before)
    assert not is_still_wanted(email)
    assert queue_close_outs(now=in_days(7)) == 0
