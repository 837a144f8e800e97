from datetime import date, timedelta

import pytest

from apps.contacts.models import Contact
from apps.meetings.actions.debrief import Written, keep_commitment, save_debrief
from apps.meetings.actions.outcome import record_outcome
from apps.meetings.actions.referrals import Named, NameRefused
from apps.meetings.actions.stories import StoryRefused
from apps.meetings.models import (
    RATINGS,
    Commitment,
    Debrief,
    Finding,
    FindingKind,
    Promiser,
    ReferralAnswer,
    Skill,
    Status,
    Story,
    Telling,
    Use,
)
from apps.meetings.moves import NotPossible
from apps.meetings.revisions import StaleText
from tests.clock import NOW, TODAY, ago, ahead
from tests.constraints import refused_by
from tests.contacts.dump import table_dump
from tests.contacts.factories import WishFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    StoryFactory,
    TellingFactory,
)

pytestmark = pytest.mark.django_db

EMPTY = {
    "referral_answer": "",
    "conclusion": "",
    "skills": [],
    "change_next_time": "",
    "typed_names": [],
    **dict.fromkeys(RATINGS),
}
SLIDE = {
    "pk": None,
    "kind": FindingKind.SKILL_NEEDED,
    "text": "Everyone explains a test in one slide.",
    "uses": [Use.RESUME],
    "is_private": False,
}
WALL = {**SLIDE, "kind": FindingKind.CULTURE, "text": "The calendar hangs on the wall."}
SURVEY = {
    "pk": None,
    "promised_by": Promiser.STUDENT,
    "what": "Send the survey",
    "due_on": TODAY + timedelta(days=2),
}
NAMES = [Named("Ruth Adeyemi"), Named("Gabriel Moreno"), Named("王芳")]


@pytest.fixture
def talk(ana):
    return MeetingFactory(student=ana, held=True)


def save(talk, *, revision=0, is_finished=True, now=NOW, **said):
    rows = {name: said.pop(name) for name in tuple(said) if name not in EMPTY}
    written = Written(details={**EMPTY, **said}, **rows)
    return save_debrief(
        meeting=talk, revision=revision, written=written, is_finished=is_finished, now=now
    )


def save_whole(talk, *, revision=0, **more):
    said = {
        "referral_answer": ReferralAnswer.NONE_NOW,
        "findings": [SLIDE, WALL],
        "commitments": [SURVEY],
        **more,
    }
    return save(talk, revision=revision, **said)


def test_saves_everything_at_once(talk):
    told = StoryFactory(student=talk.student)
    save_whole(
        talk,
        referral_answer=ReferralAnswer.NAMES,
        names=NAMES,
        heard="A typo sold out.",
        told=told,
        skills=[Skill.LISTENING],
        confidence_before=2,
        confidence_after=4,
        change_next_time="Ask five minutes before the end.",
    )
    debrief = Debrief.objects.get(meeting=talk)
    assert (debrief.revision, debrief.saved_at, debrief.completed_at) == (1, NOW, NOW)
    assert (debrief.confidence_before, debrief.confidence_after) == (2, 4)
    assert [row.text for row in talk.findings.order_by("pk")] == [SLIDE["text"], WALL["text"]]
    assert talk.commitments.get().due_on == SURVEY["due_on"]
    assert Contact.objects.filter(introduced_by=talk.contact).count() == 3
    assert Story.objects.heard().get().heard_in == talk
    assert Telling.objects.get().story == told


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.NO_SHOW])
def test_notes_that_a_conversation_took_place(ana, status):
    talk = MeetingFactory(student=ana, begun=True, status=status)
    save(talk, is_finished=False)
    talk.refresh_from_db()
    assert talk.status == Status.HELD
    with pytest.raises(NotPossible, match="so it took place"):
        record_outcome(meeting=talk, was_held=False, now=NOW)


@pytest.mark.parametrize(
    "given", [{"starts_at": ahead(minutes=1)}, {"begun": True, "status": Status.CANCELLED}]
)
def test_writes_nothing_about_what_cannot_have_been(ana, given):
    talk = MeetingFactory(student=ana, **given)
    before = table_dump()
    with pytest.raises(NotPossible):
        save_whole(talk)
    assert table_dump() == before


@pytest.mark.parametrize(
    ("answer", "has_asked"),
    [
        (ReferralAnswer.NAMES, True),
        (ReferralAnswer.NONE_NOW, True),
        (ReferralAnswer.NOT_YET, False),
    ],
)
def test_knows_from_the_answer_whether_they_asked(ana, answer, has_asked):
    talk = MeetingFactory(student=ana, held=True, has_asked_referral=not has_asked)
    save_whole(talk, referral_answer=answer)
    talk.refresh_from_db()
    assert talk.has_asked_referral == has_asked


def test_leaves_what_a_workbook_said_until_there_is_an_answer(ana):
    talk = MeetingFactory(student=ana, held=True, has_asked_referral=True)
    save(talk, findings=[SLIDE], is_finished=False)
    talk.refresh_from_db()
    assert talk.has_asked_referral


@pytest.mark.parametrize(
    "lacking", [{"findings": []}, {"referral_answer": ""}, {"is_finished": False}]
)
def test_is_finished_once_the_student_says_so_and_it_has_its_essence(talk, lacking):
    assert save_whole(talk, **lacking).debrief.completed_at is None
    later = NOW + timedelta(hours=1)
    assert save_whole(talk, revision=1, now=later).debrief.completed_at == later


def test_stays_finished_while_it_has_its_essence(talk):
    saved = save_whole(talk)
    findings = [{**SLIDE, "pk": saved.findings[0].pk, "text": "One slide."}]
    later = NOW + timedelta(hours=1)
    again = save_whole(talk, revision=1, findings=findings, is_finished=False, now=later)
    assert (again.debrief.completed_at, again.debrief.saved_at) == (NOW, later)
    assert save_whole(talk, revision=2, findings=[]).debrief.completed_at is None


def test_refuses_a_page_that_is_behind_and_writes_nothing(talk):
    save_whole(talk)
    before = table_dump()
    with pytest.raises(StaleText):
        save_whole(talk, findings=[SLIDE], heard="Something.", names=NAMES)
    assert table_dump() == before


def test_adds_nothing_when_the_same_page_comes_twice(talk):
    told = StoryFactory(student=talk.student)
    whole = {
        "referral_answer": ReferralAnswer.NAMES,
        "names": NAMES,
        "heard": "A typo.",
        "told": told,
    }
    first = save_whole(talk, **whole)
    before = table_dump()
    again = save_whole(talk, **whole, now=NOW + timedelta(minutes=1))
    assert table_dump() == before
    assert (again.debrief.revision, again.findings) == (1, first.findings)


def test_edits_adds_and_drops_rows_by_their_keys(talk):
    first = save_whole(talk)
    slide, wall = first.findings
    keep_commitment(commitment=first.commitments[0], is_done=True, now=NOW)
    save_whole(
        talk,
        revision=1,
        findings=[{**WALL, "pk": wall.pk, "is_private": True}, {**SLIDE, "text": "Two slides."}],
        commitments=[{**SURVEY, "pk": first.commitments[0].pk, "what": "Send it by mail"}],
    )
    assert not Finding.objects.filter(pk=slide.pk).exists()
    wall.refresh_from_db()
    assert wall.is_private
    assert [row.text for row in talk.findings.order_by("pk")] == [WALL["text"], "Two slides."]
    commitment = Commitment.objects.get()
    assert (commitment.what, commitment.done_at) == ("Send it by mail", NOW)


def test_touches_no_row_of_another_conversation(talk):
    other = FindingFactory()
    saved = save_whole(talk, findings=[{**SLIDE, "pk": other.pk}])
    other.refresh_from_db()
    assert (other.text, saved.findings[0].pk != other.pk) == (
        "Everyone here can run a simple test.",
        True,
    )


@pytest.mark.parametrize("what", ["a name", "a story"])
def test_saves_nothing_if_one_thing_is_refused(talk, what):
    story = TellingFactory(
        meeting=MeetingFactory(contact=talk.contact, held=True, starts_at=ago(days=9)),
        story=StoryFactory(student=talk.student),
    ).story
    WishFactory(key="gone@tern.example", erased=True)
    before = table_dump()
    if what == "a name":
        with pytest.raises(NameRefused) as refused:
            save_whole(talk, names=[*NAMES, Named("Gone", email="gone@tern.example")])
        assert refused.value.place == 3
    else:
        with pytest.raises(StoryRefused) as told:
            save_whole(talk, names=NAMES, told=story)
        assert told.value.is_about_telling
    assert table_dump() == before


def test_keeps_typed_names_as_text_until_they_are_to_be_kept(talk):
    typed = [{"name": "Ru"}]
    save_whole(talk, typed_names=typed)
    assert Debrief.objects.get().typed_names == typed
    assert not Contact.objects.filter(introduced_by=talk.contact).exists()
    save_whole(talk, revision=1, names=NAMES[:1])
    assert Debrief.objects.get().typed_names == []
    assert Contact.objects.get(introduced_by=talk.contact).name == "Ruth Adeyemi"


def test_notes_when_a_promise_was_kept_and_takes_it_back():
    promise = CommitmentFactory()
    keep_commitment(commitment=promise, is_done=True, now=NOW)
    keep_commitment(commitment=promise, is_done=True, now=NOW + timedelta(hours=1))
    promise.refresh_from_db()
    assert promise.done_at == NOW
    assert not Commitment.objects.open().exists()
    keep_commitment(commitment=promise, is_done=False, now=NOW)
    assert Commitment.objects.open().get() == promise


def test_shows_counselors_only_what_is_shared(talk):
    shared = FindingFactory(meeting=talk)
    FindingFactory(meeting=talk, opening=True)
    assert list(Finding.objects.shared()) == [shared]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("meetings_debrief_goals_met_from_1_to_5", {"goals_met": 6}),
        ("meetings_debrief_listened_from_1_to_5", {"listened": 0}),
        ("meetings_debrief_confidence_before_from_1_to_5", {"confidence_before": 6}),
        ("meetings_debrief_confidence_after_from_1_to_5", {"confidence_after": 0}),
        ("meetings_debrief_clarity_from_1_to_5", {"clarity": 6}),
        ("meetings_debrief_says_whether_it_asked", {"referral_answer": ""}),
        ("meetings_debrief_referral_answer_is_known", {"referral_answer": "perhaps"}),
        ("meetings_debrief_conclusion_is_known", {"conclusion": "rejected"}),
    ],
)
def test_refuses_values_that_no_debrief_has(constraint, values):
    with refused_by(constraint):
        DebriefFactory(**values)


def test_refuses_findings_and_promises_of_another_kind():
    with refused_by("meetings_finding_kind_is_known"):
        FindingFactory(kind="gossip")
    with refused_by("meetings_commitment_promised_by_is_known"):
        CommitmentFactory(promised_by="nobody", due_on=date(2025, 10, 17))
