from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from apps.contacts.models import Contact, Introduction
from apps.meetings.models import (
    Commitment,
    Debrief,
    Finding,
    FindingKind,
    Jottings,
    ReferralAnswer,
    Status,
    Story,
    Telling,
)
from tests.clock import NOW, TODAY, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    ReferralFactory,
    StoryFactory,
    TellingFactory,
)

pytestmark = pytest.mark.django_db

DAY = (TODAY - timedelta(days=3)).isoformat()
SHORT = {"findings": [{"text": "One slide."}], "referral_answer": "none_now"}


@pytest.fixture
def talk(ana):
    return MeetingFactory(student=ana, contact__name="Dana Whitfield", held=True)


def form(*, revision=0, findings=(), names=(), promises=(), **said):
    """Return what a browser sends: the tables' rows under numbered names."""
    data = {"revision": revision, **said}
    for prefix, rows in (("findings", findings), ("names", names), ("promises", promises)):
        data[f"{prefix}-TOTAL_FORMS"] = len(rows)
        data[f"{prefix}-INITIAL_FORMS"] = 0
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def post(client, talk, *, press="save", headers=None, **said):
    data = {**form(**said), press: "yes"}
    return client.post(f"/meetings/{talk.pk}/debrief/", data, headers=headers)


def autosave(client, talk, **said):
    return post(client, talk, press="none", headers={"X-Autosave": "1"}, **said)


def page_of(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def said_in(response):
    *_, message = get_messages(response.wsgi_request)
    return message.level_tag, str(message)


def test_saves_the_short_debrief_and_goes_on_to_the_thank_you(ana_client, talk):
    response = post(ana_client, talk, **SHORT)
    assert response.headers["Location"] == f"/meetings/{talk.pk}/thank/"
    assert said_in(response) == ("success", "Your debrief is saved.")
    debrief = Debrief.objects.get(meeting=talk)
    assert (debrief.completed_at, debrief.referral_answer) == (NOW, "none_now")


def test_goes_back_to_the_conversation_once_they_are_thanked(ana_client, ana):
    thanked = MeetingFactory(student=ana, thanked=True)
    response = post(ana_client, thanked, **SHORT)
    assert response.headers["Location"] == f"/meetings/{thanked.pk}/"


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ("findings", "Write down one thing that you learned."),
        ("referral_answer", "Say whether you asked."),
    ],
)
def test_asks_for_one_finding_and_one_answer(ana_client, talk, lacking, words):
    said = {name: value for name, value in SHORT.items() if name != lacking}
    said.setdefault("findings", [{"text": ""}])
    page = page_of(post(ana_client, talk, change_next_time="Ask earlier", **said))
    assert words in page
    assert 'value="Ask earlier"' in page
    assert not Debrief.objects.exists()


def test_saves_anything_for_later(ana_client, talk):
    response = post(ana_client, talk, press="later", change_next_time="Ask earlier")
    assert response.headers["Location"] == f"/meetings/{talk.pk}/debrief/"
    debrief = Debrief.objects.get()
    assert (debrief.change_next_time, debrief.completed_at) == ("Ask earlier", None)


def test_saves_everything_there_is_to_say(ana_client, talk):
    story = StoryFactory(student=talk.student)
    post(
        ana_client,
        talk,
        findings=[
            {"kind": "culture", "text": "One room", "uses": ["resume", "interview"]},
            {"kind": "possible_opening", "text": "A place in spring"},
            {"kind": "possible_opening", "text": "Another", "has_chosen": "True"},
            {"kind": "industry", "text": ""},
        ],
        referral_answer="names",
        names=[
            {
                "name": "Ruth Adeyemi",
                "organization": "Northfield",
                "reach": "ruth@northfield.example",
                "introduction": "email",
                "introduced_on": TODAY.isoformat(),
            },
            {"name": "王芳", "reach": "linkedin.com/in/wang-fang", "introduction": "mention"},
            {"name": "Gabriel Moreno", "introduction": "call"},
        ],
        heard="A typo sold out.",
        told=story.pk,
        promises=[
            {"promised_by": "student", "what": "Send the survey", "due_on": TODAY.isoformat()},
            {"promised_by": "contact", "what": "Ask the buyer"},
        ],
        conclusion="stay_in_touch",
        skills=["listening", "technology"],
        goals_met=4,
        clarity=5,
    )
    findings = Finding.objects.order_by("pk").values_list("kind", "uses", "is_private")
    assert list(findings) == [
        ("culture", ["resume", "interview"], False),
        ("possible_opening", [], True),
        ("possible_opening", [], False),
    ]
    people = Contact.objects.filter(introduced_by=talk.contact).order_by("pk")
    assert list(people.values_list("name", "email", "links", "introduction", "introduced_on")) == [
        ("Ruth Adeyemi", "ruth@northfield.example", [], Introduction.EMAIL, TODAY),
        (
            "王芳",
            "",
            ["https://linkedin.com/in/wang-fang"],
            Introduction.MENTION,
            ago(days=3).date(),
        ),
        ("Gabriel Moreno", "", [], Introduction.CALL, None),
    ]
    assert Story.objects.heard().get().title == "A typo sold out."
    assert Telling.objects.get().story == story
    assert [row.what for row in Commitment.objects.order_by("pk")] == [
        "Send the survey",
        "Ask the buyer",
    ]
    debrief = Debrief.objects.get()
    assert (debrief.goals_met, debrief.listened, debrief.clarity) == (4, None, 5)
    assert debrief.skills == ["listening", "technology"]


def test_says_who_is_on_the_list_now(ana_client, talk):
    names = [{"name": name} for name in ("Ruth", "Gabriel", "王芳")]
    response = post(ana_client, talk, **SHORT, names=names)
    assert said_in(response)[1] == (
        "Your debrief is saved. On your list: Ruth, Gabriel and 王芳."
        " Today reminds you to write to them."
    )
    assert Debrief.objects.get().referral_answer == ReferralAnswer.NAMES


def test_takes_the_names_back_at_a_press(ana_client, talk):
    post(ana_client, talk, **SHORT, names=[{"name": "Ruth"}, {"name": "Gabriel"}])
    Contact.objects.filter(name="Gabriel").update(updated_at=NOW + timedelta(hours=1))
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert "Take these names back" in page
    response = ana_client.post(f"/meetings/{talk.pk}/names/undo/")
    assert said_in(response) == (
        "warning",
        "Off your list again: Ruth. Gabriel stayed, since you have done more with them by now.",
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"organization": "Modal"}, "Give the name, too."),
        ({"name": "Ruth", "reach": "ruth@"}, "Give a whole e-mail address"),
        ({"name": "Ruth", "reach": "linkedin.com"}, "Give a whole e-mail address"),
        ({"name": "Ruth", "reach": "ftp://a.example/ruth"}, "Give a whole e-mail address"),
        ({"name": "Ruth", "introduced_on": "2025-10-16"}, "This day is still to come."),
        ({"name": "Ruth", "reach": "gone@tern.example"}, "cannot be put on a list"),
    ],
)
def test_says_at_its_row_what_is_wrong_with_a_name(ana_client, talk, row, words):
    WishFactory(key="gone@tern.example", erased=True)
    page = page_of(post(ana_client, talk, **SHORT, names=[{"name": "Gabriel"}, {}, row]))
    assert words in page
    assert 'id="id_names-2-name"' in page
    assert "One slide." in page
    assert not Contact.objects.filter(introduced_by=talk.contact).exists()
    assert not Debrief.objects.exists()


def test_has_another_row_without_scripts(ana_client, talk):
    data = {**form(findings=[{"text": "Half a"}]), "another": "findings"}
    page = page_of(ana_client.post(f"/meetings/{talk.pk}/debrief/", data))
    assert "Half a" in page
    assert 'name="findings-1-text"' in page
    assert "need another look" not in page
    assert not Debrief.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "²", "9" * 5000, "40"])
def test_adds_no_row_to_what_it_cannot_count(ana_client, talk, total):
    data = {**form(), "findings-TOTAL_FORMS": total, "another": "findings"}
    assert ana_client.post(f"/meetings/{talk.pk}/debrief/", data).status_code == 200


def test_fills_the_page_with_what_was_saved(ana_client, talk):
    DebriefFactory(meeting=talk, goals_met=4, skills=["listening"], revision=7)
    FindingFactory(meeting=talk, text="One slide & more", opening=True)
    CommitmentFactory(meeting=talk)
    StoryFactory(student=talk.student, heard=True, heard_in=talk, title="A typo", text="")
    TellingFactory(meeting=talk, story__student=talk.student)
    ReferralFactory(meeting=talk, contact__name="Ruth Adeyemi")
    Jottings.objects.create(meeting=talk, text="jacket = typo!", saved_at=NOW)
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    for words in (
        'name="revision" value="7"',
        "One slide &amp; more</textarea>",
        'value="Send the survey"',
        "A typo</textarea>",
        "selected>The order form of the print shop</option>",
        ">Ruth Adeyemi</a>",
        "jacket = typo!",
        '<details class="ch-skills" open>',
    ):
        assert words in page


def test_offers_stories_that_they_have_not_heard_only(ana_client, talk):
    before = MeetingFactory(contact=talk.contact, held=True, starts_at=ago(days=9))
    heard_before = StoryFactory(student=talk.student, title="The order form")
    TellingFactory(meeting=before, story=heard_before)
    StoryFactory(student=talk.student, title="The harbor")
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert "The harbor</option>" in page
    assert "The order form" not in page
    response = post(ana_client, talk, **SHORT, told=heard_before.pk)
    assert "They have heard this story. Choose another one." in page_of(response)


def test_keeps_a_story_that_the_class_reads(ana_client, talk):
    StoryFactory(student=talk.student, heard=True, heard_in=talk, shared=True)
    page = page_of(post(ana_client, talk, **SHORT, heard=""))
    assert "Your class reads this story. Take it back under Stories first." in page
    assert not Debrief.objects.exists()


def test_says_that_writing_notes_that_it_took_place(ana_client, ana):
    talk = MeetingFactory(student=ana, begun=True)
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert "notes that the conversation took place" in page
    post(ana_client, talk, **SHORT)
    talk.refresh_from_db()
    assert talk.status == Status.HELD


@pytest.mark.parametrize("given", [{}, {"begun": True, "status": Status.CANCELLED}])
def test_leads_back_from_what_has_not_taken_place(ana_client, ana, given):
    talk = MeetingFactory(student=ana, **given)
    assert ana_client.get(f"/meetings/{talk.pk}/debrief/").headers["Location"] == (
        f"/meetings/{talk.pk}/"
    )
    assert post(ana_client, talk, **SHORT).status_code == 302
    assert not Debrief.objects.exists()


def test_names_who_may_read_it(ana_client, talk, counselor):
    counselor.full_name = "Renee Castillo"
    counselor.save()
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert "Renee Castillo may read findings and ratings" in page


# Saving by itself


def test_saves_by_itself_and_tells_the_keys_of_the_rows(ana_client, talk):
    said = {"findings": [{"text": ""}, {"text": "One"}], "promises": [{"what": "Send"}]}
    answer = autosave(ana_client, talk, **said)
    finding, promise = Finding.objects.get(), Commitment.objects.get()
    assert answer.json() == {
        "revision": 1,
        "saved": "11:00 am",
        "fields": {"findings-1-pk": finding.pk, "promises-0-pk": promise.pk},
    }
    said["findings"][1] = {"text": "One slide", "pk": finding.pk}
    said["promises"][0] |= {"pk": promise.pk}
    assert autosave(ana_client, talk, revision=1, **said).json()["revision"] == 2
    assert Finding.objects.get().text == "One slide"
    assert Commitment.objects.get() == promise


def test_takes_a_form_whose_answer_was_lost_for_saved(ana_client, talk):
    said = {"findings": [{"text": "One"}], "names": [{"name": "Ru", "reach": "ru@"}], "heard": "A"}
    first = autosave(ana_client, talk, **said).json()
    assert autosave(ana_client, talk, **said).json() == first
    assert (Finding.objects.count(), Story.objects.count()) == (1, 1)


def test_puts_nobody_on_the_list_by_itself_and_keeps_what_was_typed(ana_client, talk):
    rows = [{"name": "Ru", "reach": "ruth@nor\0th"}, {}, {"organization": "Modal"}]
    assert autosave(ana_client, talk, names=rows, referral_answer="names").status_code == 200
    assert not Contact.objects.filter(introduced_by=talk.contact).exists()
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert 'name="names-0-name" value="Ru"' in page
    assert 'value="ruth@north"' in page
    assert 'value="Modal"' in page


def test_answers_a_page_that_is_behind(ana_client, talk):
    DebriefFactory(meeting=talk, revision=3)
    answer = autosave(ana_client, talk, revision=2, heard="Something")
    assert answer.status_code == 409
    assert "another tab" in answer.json()["words"]


def test_answers_what_it_cannot_save(ana_client, talk):
    answer = autosave(ana_client, talk, change_next_time="x" * 301)
    assert (answer.status_code, Debrief.objects.exists()) == (422, False)
    assert answer.json()["words"].startswith("Not saved. ")


def test_shows_both_versions_and_loses_neither(ana_client, talk):
    DebriefFactory(meeting=talk, revision=3, change_next_time="Ask earlier", goals_met=2)
    same = FindingFactory(meeting=talk, text="Edited there")
    FindingFactory(meeting=talk, text="Added there", kind=FindingKind.CULTURE, uses=["resume"])
    said = {
        "findings": [{"text": "Edited here", "pk": same.pk}, {"text": "Added here"}],
        "referral_answer": "none_now",
        "change_next_time": "Listen more",
        "goals_met": 4,
    }
    response = post(ana_client, talk, revision=2, **said)
    page = page_of(response, status=409)
    assert "<dd>Ask earlier</dd>" in page
    assert "<dd>2</dd>" in page
    assert "<dd>Edited there</dd>" in page
    for words in ("Edited here", "Added here", "Added there"):
        assert f"{words}</textarea>" in page
    assert 'value="Listen more"' in page
    assert 'name="revision" value="3"' in page
    assert "data-autosave=" not in page
    assert Finding.objects.count() == 2


# Promises


@pytest.mark.parametrize(
    ("back", "url"), [("contact", "/contacts/{}/"), ("debrief", "/meetings/{}/debrief/")]
)
def test_goes_back_to_where_a_promise_was_ticked(ana_client, talk, back, url):
    promise = CommitmentFactory(meeting=talk)
    response = ana_client.post(f"/promises/{promise.pk}/done/", {"back": back})
    row = talk.contact if back == "contact" else talk
    assert response.headers["Location"] == url.format(row.pk)
    promise.refresh_from_db()
    assert promise.done_at == NOW


def test_opens_a_promise_again(ana_client, talk):
    promise = CommitmentFactory(meeting=talk, done_at=NOW)
    response = ana_client.post(f"/promises/{promise.pk}/done/", {"open": "yes"})
    assert response.headers["Location"] == "/today/"
    assert said_in(response) == ("success", "Open again: Send the survey")
    promise.refresh_from_db()
    assert promise.done_at is None


def test_links_somebody_of_the_list_by_their_address(ana_client, talk):
    known = ContactFactory(student=talk.student, email="ruth@northfield.example")
    names = [{"name": "Ruth", "reach": "RUTH@northfield.example"}]
    post(ana_client, talk, **SHORT, names=names)
    known.refresh_from_db()
    assert known.introduced_by == talk.contact
    page = page_of(ana_client.get(f"/meetings/{talk.pk}/debrief/"))
    assert f">{known.name}</a>" in page
