"""A student hands in a copy, and takes it back as long as nobody has begun to read it."""

from datetime import timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.coaching.actions.feedback import (
    NothingToHandIn,
    TooLate,
    begin_to_read,
    hand_in,
    return_submission,
    take_back,
)
from apps.coaching.models import Piece, Submission
from apps.coaching.pieces import Subject
from apps.contacts.actions.merge import merge_contacts
from apps.outreach.models import NoteKind
from apps.students.models import Cohort, Student
from tests.clock import NOW, ago
from tests.coaching.factories import SubmissionFactory
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    ReferralFactory,
)
from tests.outreach.factories import DraftFactory, TemplateVersionFactory

pytestmark = pytest.mark.django_db

KEYS = ("TOTAL_FORMS", "INITIAL_FORMS")


def debrief_of(student: Student) -> Subject:
    meeting = DebriefFactory(meeting__student=student, meeting__held=True).meeting
    FindingFactory(meeting=meeting, text="They price by the hour.")
    return Subject.of_meeting(Piece.DEBRIEF, meeting)


def texts(submission: Submission) -> str:
    return "\n".join(f"{part['heading']}: {part['text']}" for part in submission.content)


def test_a_debrief_goes_without_what_is_private(ana: Student) -> None:
    subject = debrief_of(ana)
    assert subject.meeting
    FindingFactory(meeting=subject.meeting, text="A post in June", is_private=True)
    FindingFactory(meeting=subject.meeting, opening=True, text="They look for somebody")
    ReferralFactory(meeting=subject.meeting, contact__name="Zoe Referred")
    CommitmentFactory(meeting=subject.meeting, what="Send the article")
    copy = texts(hand_in(subject=subject, now=NOW))
    assert "They price by the hour." in copy
    assert "Send the article" in copy
    for secret in ("June", "look for somebody", "Zoe"):
        assert secret not in copy


def test_a_draft_goes_without_ways_to_reach_anybody(ana: Student) -> None:
    contact = ContactFactory(student=ana)
    body = (
        "Hi Ada, I read https://ada.example/blog in 2019-2021. Write to ada@harbor.example or "
        "+1 (555) 010-0199, on 2025-10-15. /c/Qm9-rV_kT3xL8sWz1yNcUe5HdJ2pGa7Fb4iOoXtRq6E/"
    )
    DraftFactory(contact=contact, parts={"body": body})
    copy = texts(hand_in(subject=Subject.of_note(contact, NoteKind.FIRST_NOTE), now=NOW))
    assert copy == (
        "Subject: Your harbor\n"
        "Your note: Hi Ada, I read (link) in 2019-2021. Write to (address) or (number), "
        "on 2025-10-15. (link)"
    )


def test_a_draft_from_a_template_keeps_its_parts(ana: Student) -> None:
    version = TemplateVersionFactory()
    parts = {"greeting": "Hi Ada,", "why_you": "Your talk on tides.", "sign_off": ""}
    draft = DraftFactory(student=ana, template_version=version, parts=parts)
    subject = Subject.of_note(draft.contact, NoteKind.FIRST_NOTE)
    headings = [part["heading"] for part in hand_in(subject=subject, now=NOW).content]
    assert headings == ["Subject", "Greeting", "Why them"]


def test_there_must_be_something_to_read(ana: Student) -> None:
    meeting = MeetingFactory(student=ana)
    for piece in (Piece.PREP_SHEET, Piece.DEBRIEF):
        with pytest.raises(NothingToHandIn):
            hand_in(subject=Subject.of_meeting(piece, meeting), now=NOW)
    with pytest.raises(NothingToHandIn):
        hand_in(subject=Subject.of_note(meeting.contact, NoteKind.FIRST_NOTE), now=NOW)
    assert not Submission.objects.exists()


def test_nothing_is_handed_in_about_somebody_who_is_erased(ana: Student) -> None:
    subject = debrief_of(ana)
    assert subject.meeting
    subject.meeting.contact.erased_at = NOW
    with pytest.raises(NothingToHandIn):
        hand_in(subject=subject, now=NOW)


def test_what_waits_unread_takes_the_new_words(ana: Student, counselor: User) -> None:
    subject = debrief_of(ana)
    first = hand_in(subject=subject, word="Too short?", now=ago(hours=2))
    FindingFactory(meeting=subject.meeting, text="A second thing")
    again = hand_in(subject=subject, word="Still too short?", now=NOW)
    assert again == first
    assert "A second thing" in texts(again)
    assert (again.word, again.handed_in_at) == ("Still too short?", ago(hours=2))

    begin_to_read(submission=first, by=counselor, now=NOW)
    FindingFactory(meeting=subject.meeting, text="A third thing")
    under_their_eyes = hand_in(subject=subject, word="", now=NOW)
    assert under_their_eyes.round == 1
    assert "A third thing" not in texts(under_their_eyes)


def test_after_it_came_back_it_is_the_next_round(ana: Student, counselor: User) -> None:
    subject = debrief_of(ana)
    first = hand_in(subject=subject, now=ago(days=1))
    return_submission(
        submission=first,
        comment="More, please.",
        rubric_version=None,
        scores={},
        is_to_be_revised=True,
        by=counselor,
        now=ago(hours=1),
    )
    second = hand_in(subject=subject, now=NOW)
    first.refresh_from_db()
    assert (second.round, first.seen_at) == (2, NOW)
    assert list(second.earlier_rounds()) == [first]


def test_taking_back_lasts_until_somebody_reads(ana: Student, counselor: User) -> None:
    subject = debrief_of(ana)
    first = hand_in(subject=subject, now=ago(hours=2))
    take_back(submission=first, now=NOW)
    take_back(submission=first, now=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    with pytest.raises(TooLate):
        begin_to_read(submission=first, by=counselor, now=NOW)

    second = hand_in(subject=subject, now=NOW)
    assert second.round == 2
    begin_to_read(submission=second, by=counselor, now=NOW)
    with pytest.raises(TooLate):
        take_back(submission=second, now=NOW)


def test_two_people_who_are_one_bring_both_their_rounds(ana: Student) -> None:
    kept, other = ContactFactory.create_batch(2, student=ana)
    for contact, day in ((kept, 3), (other, 2)):
        SubmissionFactory(draft=True, student=ana, contact=contact, handed_in_at=ago(days=day))
    merge_contacts(student=ana, kept=kept, other=other, choices={}, now=NOW)
    assert list(kept.submissions.values_list("round", flat=True)) == [1, 1]
    DraftFactory(contact=kept)
    assert Subject.of_note(kept, NoteKind.FIRST_NOTE).latest()


def test_a_piece_is_about_ones_own(ana: Student, ben: Student) -> None:
    with refused_by("coaching_submission_with_own_meeting"):
        SubmissionFactory(student=ana, meeting=MeetingFactory(student=ben))
    with refused_by("coaching_submission_with_own_contact"):
        SubmissionFactory(draft=True, student=ana, contact=ContactFactory(student=ben))


def test_the_page_hands_in_and_takes_back(ana: Student, ana_client: Client) -> None:
    meeting = debrief_of(ana).meeting
    assert meeting
    page = ana_client.get(f"/meetings/{meeting.pk}/debrief/").content.decode()
    assert "Hand it in" in page
    asked = {"piece": "debrief", "row": meeting.pk, "kind": "", "word": "Is it deep enough?"}
    response = ana_client.post("/hand-in/", asked, follow=True)
    page = response.content.decode()
    row = Submission.objects.get()
    assert "Is it deep enough?" in page
    assert "They price by the hour." in page
    page = ana_client.get(f"/meetings/{meeting.pk}/debrief/").content.decode()
    assert "Nobody has begun to read it" in page

    page = ana_client.post(f"/handed-in/{row.pk}/take-back/", follow=True).content.decode()
    assert "Nobody reads it" in page
    assert "Nothing yet" in page


@pytest.mark.parametrize(
    "data", [{"piece": "essay"}, {"piece": "debrief", "row": "x"}, {"word": "a" * 501}]
)
def test_the_page_says_what_is_wrong(ana_client: Client, data: dict[str, str]) -> None:
    assert ana_client.post("/hand-in/", data).status_code == 422


def test_the_draft_and_the_sheet_offer_it_too(ana: Student, ana_client: Client) -> None:
    draft = DraftFactory(student=ana)
    meeting = MeetingFactory(student=ana)
    assert "Hand it in" in ana_client.get(f"/contacts/{draft.contact_id}/write/").content.decode()
    assert "Hand it in" in ana_client.get(f"/meetings/{meeting.pk}/prepare/").content.decode()
    new = ContactFactory(student=ana)
    assert "Hand it in" not in ana_client.get(f"/contacts/{new.pk}/write/").content.decode()
    response = ana_client.post(
        "/hand-in/", {"piece": "prep_sheet", "row": meeting.pk, "word": ""}, follow=True
    )
    assert "nothing saved yet" in response.content.decode()
    ana_client.post("/hand-in/", {"piece": "draft", "row": draft.contact_id, "kind": "first_note"})
    assert Submission.objects.get().note_kind == NoteKind.FIRST_NOTE


def finish_debrief(client: Client, pk: int, finding: str, revision: int = 0) -> None:
    tables = {f"{name}-{key}": "0" for name in ("names", "promises") for key in KEYS}
    data = {
        **tables,
        "findings-TOTAL_FORMS": "1",
        "findings-INITIAL_FORMS": "0",
        "findings-0-kind": "industry",
        "findings-0-text": finding,
        "referral_answer": "none_now",
        "revision": str(revision),
        "save": "yes",
    }
    response = client.post(f"/meetings/{pk}/debrief/", data)
    assert response.status_code == 302, response.context["problems"]


def test_a_class_may_want_every_finished_debrief(
    ana: Student, ana_client: Client, cohort: Cohort
) -> None:
    plain = MeetingFactory(student=ana, held=True)
    finish_debrief(ana_client, plain.pk, "Nothing new.")
    assert not Submission.objects.exists()

    cohort.wants_debriefs = True
    cohort.save()
    meeting = MeetingFactory(student=ana, held=True)
    page = ana_client.get(f"/meetings/{meeting.pk}/debrief/").content.decode()
    assert "handed in by itself" in page
    finish_debrief(ana_client, meeting.pk, "They price by the hour.")
    row = Submission.objects.get()
    assert row.meeting == meeting
    assert "They price by the hour." in texts(row)


def test_what_was_taken_back_is_not_handed_in_again_by_itself(
    ana: Student, ana_client: Client, cohort: Cohort
) -> None:
    cohort.wants_debriefs = True
    cohort.save()
    meeting = MeetingFactory(student=ana, held=True)
    finish_debrief(ana_client, meeting.pk, "By the hour.")
    finish_debrief(ana_client, meeting.pk, "By the piece.", revision=1)
    row = Submission.objects.get()
    assert "By the piece." in texts(row)
    ana_client.post(f"/handed-in/{row.pk}/take-back/")
    finish_debrief(ana_client, meeting.pk, "By the day.", revision=2)
    row = Submission.objects.get()
    assert row.withdrawn_at
    assert "By the day." not in texts(row)
