"""Two contacts become one person with all their history, and two people again, exactly."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from apps.contacts.actions.erasure import erase_person
from apps.contacts.actions.merge import (
    CannotMerge,
    CannotUndo,
    merge_contacts,
    tell_apart,
    undo_merge,
)
from apps.contacts.models import Contact, ContactChange, Introduction, Merge, NotDuplicate
from apps.contacts.pointing import _keys_to_contacts
from apps.meetings.models import Meeting
from apps.outcomes.models import Offer
from apps.outreach.models import Attempt, Channel, CooldownLift, Reply
from apps.students.models import Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.contacts.dump import table_dump
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import MeetingFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory, CooldownLiftFactory

pytestmark = pytest.mark.django_db

RUTH = {
    "name": "Ruth Adeyemi",
    "organization": "Northfield Foods",
    "job_title": "Head of Insights",
    "email": "ruth@northfield.example",
    "phones": ["+1 555 010 0100"],
    "links": ["https://www.linkedin.com/in/ruth-a"],
    "tags": ["Food"],
    "note": "Has two dogs",
    "closeness": "knows",
}
R_ADEYEMI = {
    "name": "R. Adeyemi",
    "organization": "",
    "job_title": "Insights",
    "email": "ruth@home.example",
    "more_emails": ["RUTH@northfield.example"],
    "phones": ["(555) 010-0100", "+49 30 1234567"],
    "links": ["linkedin.com/in/ruth-a/"],
    "tags": ["food", "Chicago"],
    "note": "Met at the fair",
    "preferred_times": "Early mornings",
    "external_id": "C7",
}


@pytest.fixture
def ruth(ana: Student) -> Contact:
    return ContactFactory(student=ana, **RUTH)


@pytest.fixture
def r_adeyemi(ana: Student) -> Contact:
    return ContactFactory(student=ana, **R_ADEYEMI, listed_on=TODAY - timedelta(days=90))


def merge(kept: Contact, other: Contact, **choices: str) -> Merge:
    return merge_contacts(student=kept.student, kept=kept, other=other, choices=choices, now=NOW)


def again(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)


def test_knows_every_way_to_point_at_a_contact():
    labels = {f"{key.model._meta.label_lower}.{key.name}" for key in _keys_to_contacts()}
    assert labels >= {
        "contacts.contact.introduced_by",
        "contacts.merge.kept",
        "meetings.meeting.contact",
        "outcomes.offer.contact",
        "outreach.attempt.contact",
        "outreach.cooldownlift.contact",
    }


def test_loses_no_detail_where_nothing_was_chosen(ruth: Contact, r_adeyemi: Contact):
    merge(ruth, r_adeyemi)
    one = again(ruth)
    assert not Contact.objects.filter(pk=r_adeyemi.pk).exists()
    assert (one.name, one.organization, one.job_title) == (
        "Ruth Adeyemi",
        "Northfield Foods",
        "Head of Insights",
    )
    assert (one.email, one.more_emails) == ("ruth@northfield.example", ["ruth@home.example"])
    assert one.phones == ["+1 555 010 0100", "+49 30 1234567"]
    assert one.links == ["https://www.linkedin.com/in/ruth-a"]
    assert one.tags == ["Food", "Chicago"]
    assert one.note == "Has two dogs\n\nMet at the fair"
    assert one.preferred_times == "Early mornings"
    assert (one.external_id, one.listed_on) == ("C7", TODAY - timedelta(days=90))
    assert one.updated_at == NOW


def test_follows_what_was_chosen(ruth: Contact, r_adeyemi: Contact):
    merge(ruth, r_adeyemi, name="other", email="other", phones="kept", tags="other", note="other")
    one = again(ruth)
    assert one.name == "R. Adeyemi"
    assert (one.email, one.more_emails) == ("ruth@home.example", ["ruth@northfield.example"])
    assert one.phones == ["+1 555 010 0100"]
    assert one.tags == ["food", "Chicago"]
    assert one.note == "Met at the fair"


def test_ignores_a_choice_there_is_not(ruth: Contact, r_adeyemi: Contact):
    merge(ruth, r_adeyemi, organization="other", name="both", student="other")
    assert again(ruth).organization == "Northfield Foods"
    assert again(ruth).name == "Ruth Adeyemi"


def test_rests_only_if_both_rested(ana: Student):
    active, resting = ContactFactory(student=ana), ContactFactory(student=ana, archived_at=NOW)
    merge(resting, active)
    assert not again(resting).is_archived
    later = ContactFactory(student=ana, archived_at=ago(days=1))
    sleeping = ContactFactory(student=ana, archived_at=ago(days=9))
    merge(sleeping, later)
    assert again(sleeping).archived_at == ago(days=9)


def test_keeps_all_history(ruth: Contact, r_adeyemi: Contact):
    theirs = [
        MeetingFactory(contact=r_adeyemi, thanked=True),
        AttemptFactory(contact=r_adeyemi, answered=True),
        OfferFactory(contact=r_adeyemi),
        CooldownLiftFactory(contact=r_adeyemi),
        ContactFactory(student=ruth.student, introduced_by=r_adeyemi),
    ]
    MeetingFactory(contact=ruth)
    merged = merge(ruth, r_adeyemi)
    for row in theirs:
        row.refresh_from_db()
        assert getattr(row, "contact", None) == ruth or row.introduced_by == ruth
    assert ruth.meetings.count() == 2
    assert merged.moved == {
        "meetings.meeting.contact": [theirs[0].pk],
        "outreach.attempt.contact": [theirs[1].pk],
        "outcomes.offer.contact": [theirs[2].pk],
        "outreach.cooldownlift.contact": [theirs[3].pk],
        "contacts.contact.introduced_by": [theirs[4].pk],
    }


def test_writes_down_what_was_there(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi)
    changes = {change.contact_key: change for change in merged.changes.all()}
    assert changes[ruth.pk].before["note"] == "Has two dogs"
    assert changes[ruth.pk].after["note"] == "Has two dogs\n\nMet at the fair"
    assert changes[r_adeyemi.pk].before["name"] == "R. Adeyemi"
    assert changes[r_adeyemi.pk].after is None
    assert merged.student == ruth.student


@pytest.mark.parametrize("fuller", ["kept", "other"])
def test_keeps_the_fuller_one_of_two_equal_notes(ruth: Contact, r_adeyemi: Contact, fuller: str):
    of = {"kept": ruth, "other": r_adeyemi}
    answered = AttemptFactory(contact=of.pop(fuller), answered=True)
    [silent] = of.values()
    AttemptFactory(contact=silent, sent_at=answered.sent_at)
    before = table_dump()
    merged = merge(ruth, r_adeyemi)
    kept = Attempt.objects.get()
    assert (kept.pk, kept.contact, kept.reply) == (answered.pk, ruth, Reply.YES)
    undo_merge(merge=merged)
    assert table_dump() == before


def test_refuses_two_replies_to_one_note(ruth: Contact, r_adeyemi: Contact):
    AttemptFactory(contact=ruth, answered=True)
    AttemptFactory(contact=r_adeyemi, reply=Reply.NO, replied_at=ago(days=1))
    before = table_dump()
    with pytest.raises(CannotMerge, match="differ"), transaction.atomic():
        merge(ruth, r_adeyemi)
    assert table_dump() == before
    assert not Merge.objects.exists()


def test_undo_restores_everything_exactly(ruth: Contact, r_adeyemi: Contact):
    friend = ContactFactory(student=ruth.student, introduced_by=r_adeyemi)
    twin = AttemptFactory(contact=ruth)
    AttemptFactory(contact=r_adeyemi, sent_at=twin.sent_at)
    for contact in (ruth, r_adeyemi):
        MeetingFactory(contact=contact, thanked=True)
        AttemptFactory(contact=contact, channel=Channel.PHONE, answered=True)
        OfferFactory(contact=contact, accepted=True)
        CooldownLiftFactory(contact=contact)
    tell_apart(student=ruth.student, one=friend, two=r_adeyemi)
    tell_apart(student=ruth.student, one=ruth, two=r_adeyemi)
    before = table_dump()

    merged = merge(ruth, r_adeyemi, name="other", note="both", tags="kept")
    assert table_dump() != before
    assert undo_merge(merge=merged) == []

    assert table_dump() == before


def test_undo_keeps_later_edits_and_names_them(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi)
    Contact.objects.filter(pk=ruth.pk).update(job_title="Director", note="Three dogs")
    met = MeetingFactory(contact=again(ruth))
    assert undo_merge(merge=merged) == ["note"]
    one, two = again(ruth), again(r_adeyemi)
    assert (one.job_title, one.note) == ("Director", "Three dogs")  # the merge left the role alone
    assert one.phones == RUTH["phones"]
    assert two.note == R_ADEYEMI["note"]
    met.refresh_from_db()
    assert met.contact == ruth


def test_undo_leaves_alone_what_went_or_moved_since(ruth: Contact, r_adeyemi: Contact):
    gone, moved = MeetingFactory.create_batch(2, contact=r_adeyemi)
    third = ContactFactory(student=ruth.student)
    merged = merge(ruth, r_adeyemi)
    gone.delete()
    Meeting.objects.filter(pk=moved.pk).update(contact=third)
    undo_merge(merge=merged)
    moved.refresh_from_db()
    assert moved.contact == third
    assert not again(r_adeyemi).meetings.exists()


def test_undoes_several_merges_from_the_last_to_the_first(ana: Student):
    one, two, three, four = ContactFactory.create_batch(4, student=ana)
    for contact in (one, two, three, four):
        MeetingFactory(contact=contact)
    before = table_dump()
    first = merge(two, three)
    second = merge(one, two)  # takes the merged one over
    third = merge(one, four)
    assert one.meetings.count() == 4
    for merged in (first, second):
        with pytest.raises(CannotUndo, match="after that"):
            undo_merge(merge=merged)
    for merged in (third, second, first):
        undo_merge(merge=merged)
    assert table_dump() == before


def test_undoes_once(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi)
    undo_merge(merge=merged)
    with pytest.raises(CannotUndo, match="already"):
        undo_merge(merge=merged)


def test_undo_finds_an_introducer_who_was_merged_since(ana: Student):
    introducer, one, two, whole = ContactFactory.create_batch(4, student=ana)
    Contact.objects.filter(pk__in=[one.pk, two.pk]).update(introduced_by=introducer)
    Contact.objects.filter(pk=one.pk).update(introduced_on=date(2025, 10, 1))
    Contact.objects.filter(pk=two.pk).update(introduced_on=date(2025, 9, 1))
    merged = merge(one, two, introduced_by="other")
    merge(whole, introducer)
    undo_merge(merge=merged)
    assert again(two).introduced_by == again(one).introduced_by == whole


def test_undo_refuses_what_would_go_in_a_circle(ana: Student):
    other = ContactFactory(student=ana)
    between = ContactFactory(student=ana, introduced_by=other)
    kept = ContactFactory(student=ana, introduced_by=between)
    merged = merge(kept, other)
    late = ContactFactory(student=ana, introduced_by=kept)
    Contact.objects.filter(pk=between.pk).update(introduced_by=late)
    before = table_dump()
    with pytest.raises(CannotUndo, match="Who introduced whom was changed"):
        undo_merge(merge=merged)
    assert table_dump() == before


def test_undo_refuses_what_fits_one_person_only(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi)
    ContactFactory(student=ruth.student, external_id="C8")
    Contact.objects.filter(pk=ruth.pk).update(external_id="C9")
    ContactFactory(student=ruth.student, external_id="C7")  # the number of the one who is gone
    with pytest.raises(CannotUndo, match="one person only"):
        undo_merge(merge=merged)
    assert Merge.objects.get() == merged


@pytest.mark.parametrize("between", [0, 1, 3])
@pytest.mark.parametrize("kept_is", ["above", "below"])
@pytest.mark.parametrize("has_top", [True, False])
def test_merges_somebody_with_whom_they_came_from(
    ana: Student, between: int, kept_is: str, has_top: bool
):
    top = ContactFactory(student=ana) if has_top else None
    above = ContactFactory(student=ana, introduced_by=top, introduction=Introduction.CALL)
    below = above
    for _ in range(between + 1):
        below = ContactFactory(student=ana, introduced_by=below, introduction=Introduction.EMAIL)
    before = table_dump()
    kept, other = (above, below) if kept_is == "above" else (below, above)
    merged = merge(kept, other, introduced_by="kept")
    assert again(kept).introduced_by == top
    assert again(kept).introduction == Introduction.CALL
    undo_merge(merge=merged)
    assert table_dump() == before


def test_the_database_lets_no_introductions_go_in_a_circle(ana: Student):
    one = ContactFactory(student=ana)
    two = ContactFactory(student=ana, introduced_by=one)
    three = ContactFactory(student=ana, introduced_by=two)
    for first, introducer in ((one, three), (one, two), (one, one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=first.pk).update(introduced_by=introducer)


def test_merges_nobody_with_themselves_or_a_stranger(ruth: Contact, ben: Student):
    with pytest.raises(CannotMerge):
        merge(ruth, ruth)
    with pytest.raises(CannotMerge):
        merge(ruth, ContactFactory(student=ben))


def test_merges_nobody_who_was_erased(ruth: Contact):
    with pytest.raises(CannotMerge, match="erased"):
        merge(ruth, ContactFactory(student=ruth.student, erased=True))


def test_undo_brings_nobody_back_who_was_erased(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi)
    erase_person(keys=["ruth@home.example"], by=UserFactory(administrator=True), now=NOW)
    with pytest.raises(CannotUndo, match="erased"):
        undo_merge(merge=merged)


def test_undo_brings_back_only_what_an_erasure_left(ruth: Contact, r_adeyemi: Contact):
    merged = merge(ruth, r_adeyemi, more_emails="kept", email="kept")  # forgets ruth@home
    erase_person(keys=["ruth@home.example"], by=UserFactory(administrator=True), now=NOW)
    undo_merge(merge=merged)
    assert again(r_adeyemi).is_erased
    assert again(r_adeyemi).name == "Erased at their request"
    assert again(ruth).email == "ruth@northfield.example"


def test_a_kept_contact_cannot_go_before_the_merge_is_taken_back(ruth: Contact, r_adeyemi: Contact):
    merge(ruth, r_adeyemi)
    with pytest.raises(IntegrityError):
        ruth.delete()


def test_carries_over_that_others_are_two_people(ana: Student):
    kept, other, third, fourth = ContactFactory.create_batch(4, student=ana)
    tell_apart(student=ana, one=third, two=other)
    tell_apart(student=ana, one=third, two=kept)
    tell_apart(student=ana, one=fourth, two=other)
    before = table_dump()
    merged = merge(kept, other)
    pairs = set(NotDuplicate.objects.values_list("first", "second"))
    assert pairs == {(kept.pk, third.pk), (kept.pk, fourth.pk)}
    undo_merge(merge=merged)
    assert table_dump() == before


@pytest.mark.parametrize("seed", range(6))
def test_any_network_comes_back_exactly(ana: Student, seed: int):
    """Merge random pairs of a random network; each stays whole, and all of it comes back."""
    chance = random.Random(seed)
    people: list[Contact] = []
    for number in range(9):
        introducer = chance.choice([None, *people])
        person = ContactFactory(
            student=ana,
            introduced_by=introducer,
            note=chance.choice(["", f"note {number}"]),
            phones=chance.sample(["1234567", "2345678"], chance.randrange(3)),
            external_id=chance.choice(["", f"C{number}"]),
            archived_at=chance.choice([None, ago(days=number + 1)]),
        )
        people.append(person)
        for _ in range(chance.randrange(3)):
            MeetingFactory(contact=person, held=True)
            OfferFactory(contact=person)
        if chance.random() < 0.6:
            AttemptFactory(contact=person, answered=chance.random() < 0.3)
        if number:
            tell_apart(student=ana, one=person, two=chance.choice(people[:-1]))
    before = table_dump()
    counts = [model.objects.count() for model in (Meeting, Offer, CooldownLift)]
    merges = []
    for _ in range(5):
        kept, other = chance.sample(people, 2)
        people.remove(other)
        choice = chance.choice(["kept", "other", "both"])
        merges.append(merge(kept, other, note=choice, phones=choice, introduced_by=choice))
        assert [model.objects.count() for model in (Meeting, Offer, CooldownLift)] == counts
    for merged in reversed(merges):
        assert undo_merge(merge=merged) == []
    assert table_dump() == before


def test_the_log_names_nobody(
    ruth: Contact, r_adeyemi: Contact, capsys: pytest.CaptureFixture[str]
):
    undo_merge(merge=merge(ruth, r_adeyemi))
    said = "".join(capsys.readouterr()).lower()
    assert "ruth" not in said
    assert "adeyemi" not in said


def test_asks_the_database_as_often_for_a_long_history(ana: Student):
    def queries(rows: int) -> int:
        kept, other = ContactFactory.create_batch(2, student=ana)
        for number in range(rows):
            MeetingFactory(contact=other)
            AttemptFactory(contact=other, sent_at=ago(days=number + 1))
        already = len(connection.queries_log)
        connection.force_debug_cursor = True
        try:
            merge(kept, other)
        finally:
            connection.force_debug_cursor = False
        return len(connection.queries_log) - already

    assert queries(2) == queries(20)
    assert ContactChange.objects.count() == 4
