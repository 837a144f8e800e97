from datetime import timedelta

import pytest

from apps.contacts.actions.person import archive_contacts, edit_contact
from apps.contacts.models import Closeness, Contact, Introduction, Source
from apps.meetings.actions.referrals import (
    Named,
    NameRefused,
    Undone,
    add_referrals,
    undo_referrals,
)
from apps.meetings.models import Referral
from apps.reminders.next_steps import next_steps_of
from apps.students.next_steps import StepKind
from tests.clock import NOW, TODAY, ago
from tests.constraints import refused_by
from tests.contacts.dump import table_dump
from tests.contacts.factories import ContactFactory, NotDuplicateFactory, WishFactory
from tests.meetings.factories import DebriefFactory, MeetingFactory, ReferralFactory
from tests.outreach.factories import AttemptFactory

pytestmark = pytest.mark.django_db

RUTH = Named(
    "Ruth Adeyemi",
    organization="Northfield Foods",
    job_title="Buyer",
    email="ruth@northfield.example",
    introduction=Introduction.EMAIL,
    introduced_on=TODAY,
)
GABRIEL = Named("Gabriel Moreno", introduction=Introduction.NAME_ONLY, introduced_on=TODAY)
WANG = Named("王芳", link="https://www.linkedin.com/in/wang-fang")
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def talk(ana):
    contact = ContactFactory(student=ana, name="Dana Whitfield")
    return DebriefFactory(meeting=MeetingFactory(contact=contact, held=True)).meeting


def refer(talk, *names):
    return add_referrals(meeting=talk, names=names, now=NOW)


def test_puts_whoever_was_named_on_the_list_with_the_introduction(talk):
    ruth, gabriel, wang = [row.contact for row in refer(talk, RUTH, GABRIEL, WANG)]
    assert (ruth.name, ruth.organization, ruth.job_title) == (
        "Ruth Adeyemi",
        "Northfield Foods",
        "Buyer",
    )
    assert (ruth.email, ruth.introduction, ruth.introduced_on) == (
        "ruth@northfield.example",
        Introduction.EMAIL,
        TODAY,
    )
    assert (wang.name, wang.links) == ("王芳", ["https://www.linkedin.com/in/wang-fang"])
    for contact in (ruth, gabriel, wang):
        contact.refresh_from_db()
        assert contact.introduced_by == talk.contact
        assert (contact.student, contact.listed_on) == (talk.student, TODAY)
        assert (contact.source, contact.closeness) == (Source.REFERRAL, Closeness.STRANGER)


def test_asks_the_student_to_write_to_each_of_them(talk):
    contacts = {row.contact_id for row in refer(talk, RUTH, GABRIEL, WANG)}
    steps = next_steps_of(talk.student, NOW)
    asked = {step.contact for step in steps if step.kind == StepKind.WRITE_TO_REFERRAL}
    assert asked == contacts


def test_takes_back_exactly_what_three_names_brought(talk):
    ContactFactory.create_batch(2, student=talk.student)
    before = table_dump()
    refer(talk, RUTH, GABRIEL, WANG)
    assert Contact.objects.filter(introduced_by=talk.contact).count() == 3
    undone = undo_referrals(meeting=talk, now=LATER)
    assert sorted(undone.removed) == ["Gabriel Moreno", "Ruth Adeyemi", "王芳"]
    assert table_dump() == before


def test_keeps_all_or_nobody(talk):
    erased = Named("Wang Fang", email="gone@tern.example")
    WishFactory(key="gone@tern.example", erased=True)
    before = table_dump()
    with pytest.raises(NameRefused, match="cannot be put on a list") as refused:
        refer(talk, RUTH, GABRIEL, erased)
    assert refused.value.place == 2
    assert table_dump() == before


@pytest.mark.parametrize("key", ["email", "more_emails", "links"])
def test_gives_the_introduction_to_a_contact_who_is_known_by(talk, key):
    value = {
        "email": "Ruth@Northfield.example",
        "more_emails": ["ruth@northfield.example"],
        "links": ["http://linkedin.com/in/ruth-a/"],
    }[key]
    known = ContactFactory(
        student=talk.student, updated_at=ago(days=9), data_source="", **{key: value}
    )
    ContactFactory(**{key: value})  # somebody else's list
    before = table_dump()
    named = Named(
        "R. Adeyemi",
        email=RUTH.email if "email" in key else "",
        link="https://www.linkedin.com/in/ruth-a" if key == "links" else "",
        introduction=Introduction.CALL,
        introduced_on=TODAY,
    )
    (referral,) = refer(talk, named)
    known.refresh_from_db()
    assert (referral.contact, referral.made_contact) == (known, False)
    assert (known.introduced_by, known.introduction) == (talk.contact, Introduction.CALL)
    assert known.name != "R. Adeyemi"
    assert undo_referrals(meeting=talk, now=LATER).untied == [known.name]
    assert table_dump() == before


def test_leaves_an_introduction_that_there_is(talk):
    known = ContactFactory(student=talk.student, introduced=True, email=RUTH.email)
    before = table_dump()
    refer(talk, RUTH)
    known.refresh_from_db()
    assert known.introduced_by != talk.contact
    undo_referrals(meeting=talk, now=LATER)
    assert table_dump() == before


def test_refuses_an_introduction_that_comes_back_to_its_start(talk):
    known = ContactFactory(student=talk.student, name="Ruth Adeyemi", email=RUTH.email)
    Contact.objects.filter(pk=talk.contact_id).update(introduced_by=known)
    with pytest.raises(NameRefused, match="It was Ruth Adeyemi who led you to Dana") as refused:
        refer(talk, GABRIEL, RUTH)
    assert refused.value.place == 1
    assert not Referral.objects.exists()


def test_refuses_the_person_they_talked_with(talk):
    Contact.objects.filter(pk=talk.contact_id).update(email=RUTH.email)
    with pytest.raises(NameRefused, match="how you reach Dana Whitfield"):
        refer(talk, RUTH)


@pytest.mark.parametrize(
    "again",
    [RUTH, Named("ruth adeyemi"), Named("R. A.", email=RUTH.email)],
    ids=["the same row", "the name alone", "the address"],
)
def test_notes_nobody_twice(talk, again):
    refer(talk, RUTH)
    with pytest.raises(NameRefused, match="is noted already"):
        refer(talk, again)
    with pytest.raises(NameRefused, match="is noted already"):
        refer(talk, GABRIEL, GABRIEL)
    assert Contact.objects.filter(introduced_by=talk.contact).count() == 1


def test_takes_two_people_of_one_name_for_two(talk):
    assert len(refer(talk, RUTH, Named("Ruth Adeyemi", organization="Modal"))) == 2


def test_keeps_those_with_whom_something_came_of_it(talk):
    ruth, gabriel, wang = [row.contact for row in refer(talk, RUTH, GABRIEL, WANG)]
    AttemptFactory(contact=ruth)
    MeetingFactory(contact=gabriel)
    undone = undo_referrals(meeting=talk, now=LATER)
    assert (undone.removed, undone.kept) == (["王芳"], ["Ruth Adeyemi", "Gabriel Moreno"])
    assert set(Referral.objects.values_list("contact", flat=True)) == {ruth.pk, gabriel.pk}
    assert not Contact.objects.filter(pk=wang.pk).exists()


@pytest.mark.parametrize("change", ["edited", "resting", "introduced others", "named again"])
def test_keeps_who_is(talk, change):
    (referral,) = refer(talk, GABRIEL)
    contact, student = referral.contact, talk.student
    if change == "edited":
        edit_contact(student=student, contact=contact, details={"note": "Tall."}, now=LATER)
    elif change == "resting":
        archive_contacts(student=student, contacts=[contact.pk], now=LATER)
    elif change == "introduced others":
        ContactFactory(student=student, introduced_by=contact)
    else:
        ReferralFactory(meeting=MeetingFactory(student=student, held=True), contact=contact)
    assert undo_referrals(meeting=talk, now=LATER).kept == ["Gabriel Moreno"]
    assert Contact.objects.filter(pk=contact.pk, introduced_by=talk.contact).exists()


def test_does_not_take_two_people_for_a_reason_to_keep_one(talk):
    (referral,) = refer(talk, GABRIEL)
    first, second = sorted((talk.contact, referral.contact), key=lambda row: row.pk)
    NotDuplicateFactory(student=talk.student, first=first, second=second)
    assert undo_referrals(meeting=talk, now=LATER).removed == ["Gabriel Moreno"]


def test_keeps_a_later_edit_of_whom_it_takes_the_introduction_from(talk):
    known = ContactFactory(student=talk.student, email=RUTH.email, updated_at=ago(days=9))
    refer(talk, RUTH)
    edit_contact(student=talk.student, contact=known, details={"note": "Tall."}, now=LATER)
    undo_referrals(meeting=talk, now=LATER + timedelta(hours=1))
    known.refresh_from_db()
    assert (known.introduced_by, known.introduction, known.introduced_on) == (None, "", None)
    assert (known.note, known.updated_at) == ("Tall.", LATER + timedelta(hours=1))


def test_leaves_an_introduction_that_was_changed_since(talk):
    known = ContactFactory(student=talk.student, email=RUTH.email)
    other = ContactFactory(student=talk.student)
    refer(talk, RUTH)
    Contact.objects.filter(pk=known.pk).update(introduced_by=other)
    assert undo_referrals(meeting=talk, now=LATER).kept == [known.name]
    known.refresh_from_db()
    assert known.introduced_by == other


def test_takes_back_nothing_twice(talk):
    refer(talk, RUTH)
    undo_referrals(meeting=talk, now=LATER)
    before = table_dump()
    undone = undo_referrals(meeting=talk, now=LATER)
    assert undone == Undone()
    assert table_dump() == before


def test_keeps_a_contact_once_for_a_conversation():
    referral = ReferralFactory()
    with refused_by("meetings_referral_once"):
        ReferralFactory(meeting=referral.meeting, contact=referral.contact)


def test_refers_to_own_contacts_in_own_meetings_only():
    referral = ReferralFactory()
    with refused_by("meetings_referral_to_own_contact"):
        ReferralFactory(meeting=referral.meeting, contact=ContactFactory())
    with refused_by("meetings_referral_in_own_meeting"):
        ReferralFactory(
            student=referral.student, contact=referral.contact, meeting=MeetingFactory()
        )
