"""Templates as the programme keeps them: versions that stay, and what students get of them."""

import pytest
from django.test import Client

from apps.outreach.actions import templates as actions
from apps.outreach.models import NoteKind, NoteTemplate, TemplateVersion
from apps.outreach.notes import versions_in_use
from tests.accounts.factories import UserFactory
from tests.constraints import refused_by
from tests.outreach.factories import (
    SLOTS,
    AttemptFactory,
    DraftFactory,
    NoteTemplateFactory,
    TemplateVersionFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> TemplateVersion:
    return TemplateVersionFactory(template__name="A short note")


BEGUN = {"slots-INITIAL_FORMS": "2"}  # a new one begins with a greeting and a name


def rows(slots: list[dict[str, object]], **more: str) -> dict[str, str]:
    """Return what the form posts for these parts."""
    data = {"slots-TOTAL_FORMS": str(len(slots)), "slots-INITIAL_FORMS": "0", **more}
    for number, slot in enumerate(slots):
        for name, value in slot.items():
            if value is not False:
                data[f"slots-{number}-{name}"] = "on" if value is True else str(value)
    return data


def publish(client: Client, version: TemplateVersion, slots: list[dict[str, object]], **more: str):
    data = {"name": version.template.name, "subject": version.subject, **rows(slots)}
    # As the page posts them, so that rows that are unchanged are known as such.
    data["slots-INITIAL_FORMS"] = str(len(version.slots))
    return client.post(f"/templates/{version.template_id}/", {**data, **more})


class TestVersions:
    def test_the_next_one_leaves_the_one_before_as_it_was(
        self, counselor_client, counselor, version
    ) -> None:
        slots = [*SLOTS[:3], {**SLOTS[3], "text": "Yours, {my_name}"}]
        response = publish(counselor_client, version, slots, subject="Hello")
        assert response.url == f"/templates/{version.template_id}/"
        before, after = version.template.versions.order_by("number")
        assert (before.pk, before.slots, before.subject) == (version.pk, SLOTS, version.subject)
        assert (after.number, after.subject, after.published_by) == (2, "Hello", counselor)
        assert after.slots == slots

    def test_the_same_words_are_no_new_version(self, counselor_client, version) -> None:
        response = publish(counselor_client, version, SLOTS, name="Another name")
        assert response.status_code == 302
        assert TemplateVersion.objects.filter(template=version.template).count() == 1
        assert NoteTemplate.objects.get(pk=version.template_id).name == "Another name"

    @pytest.mark.parametrize("change", [{"slots": []}, {"subject": "Other"}, {"number": 9}])
    def test_what_was_published_never_changes(self, version, change) -> None:
        with refused_by("outreach_templateversion_stays_as_published"):
            TemplateVersion.objects.filter(pk=version.pk).update(**change)

    def test_who_published_it_may_leave(self) -> None:
        user = UserFactory(counselor=True)
        version = TemplateVersionFactory(published_by=user)
        user.delete()
        version.refresh_from_db()
        assert version.published_by is None

    def test_a_number_is_given_once(self, version) -> None:
        with refused_by("outreach_templateversion_number_once"):
            TemplateVersionFactory(template=version.template, number=1)


class TestParts:
    def test_stand_in_the_order_of_their_numbers(self, counselor_client, version) -> None:
        slots = [{**slot, "ORDER": order} for slot, order in zip(SLOTS, "4132", strict=True)]
        publish(counselor_client, version, slots)
        latest = TemplateVersion.objects.latest("number")
        assert [slot["key"] for slot in latest.slots] == [
            "why_you",
            "sign_off",
            "small_ask",
            "greeting",
        ]

    def test_can_be_added_and_taken_out(self, counselor_client, version) -> None:
        new = {"label": "Größe & Why them", "text": "", "is_required": False}
        twin = {"label": "größe why them!", "text": "Hm.", "is_required": True}
        slots = [SLOTS[0], {**SLOTS[1], "DELETE": True}, *SLOTS[2:], new, twin]
        publish(counselor_client, version, slots)
        latest = TemplateVersion.objects.latest("number")
        assert [slot["key"] for slot in latest.slots] == [
            "greeting",
            "small_ask",
            "sign_off",
            "gr_e_why_them",
            "gr_e_why_them_2",
        ]
        assert latest.slots[3] == {
            "key": "gr_e_why_them",
            "label": "Größe & Why them",
            "hint": "",
            "text": "",
            "is_required": False,
            "joins": False,
        }

    def test_have_no_key_but_one_of_ours(self, counselor_client, version) -> None:
        publish(counselor_client, version, [{**SLOTS[0], "key": "<b>"}, *SLOTS[1:]])
        assert TemplateVersion.objects.latest("number").slots[0]["key"] == "greeting"

    def test_one_of_them_can_offer_achievements(self, counselor_client, version) -> None:
        slots = [SLOTS[0], {**SLOTS[1], "has_achievements": True}, *SLOTS[2:]]
        publish(counselor_client, version, slots)
        latest = TemplateVersion.objects.latest("number")
        assert latest.slots[1]["key"] == "achievements"
        html = counselor_client.get(f"/templates/{version.template_id}/").text
        assert 'name="slots-1-has_achievements" class="checkboxinput form-check-input" ' in html
        assert html.count("checked") >= 1

    @pytest.mark.parametrize(
        ("slots", "words"),
        [
            ([{**SLOTS[0], "text": "Dear {surname},"}], "Nothing is known by the name {surname}."),
            ([{**SLOTS[0], "label": ""}], "This field is required."),
            ([{**SLOTS[0], "DELETE": True}], "A note needs at least one part."),
            (
                [{**slot, "has_achievements": True} for slot in SLOTS[:2]],
                "Only one part can offer their achievements.",
            ),
            ([SLOTS[0]] * 21, "Please submit at most 20 forms."),
        ],
    )
    def test_asks_again_where_something_cannot_be(
        self, counselor_client, version, slots, words
    ) -> None:
        response = publish(counselor_client, version, slots)
        assert response.status_code == 200
        assert words in response.text
        assert TemplateVersion.objects.filter(template=version.template).count() == 1

    def test_a_subject_knows_the_same_fields(self, counselor_client, version) -> None:
        response = publish(counselor_client, version, SLOTS, subject="For {everybody}")
        assert "Nothing is known by the name {everybody}." in response.text


class TestTemplates:
    def test_a_new_one_is_there_for_students_at_once(self, administrator_client) -> None:
        about = {"kind": "landed", "name": "Good news", "for_whom": "", "subject": "News"}
        response = administrator_client.post(
            "/templates/new/", {**about, **rows(SLOTS[:2], **BEGUN)}
        )
        template = NoteTemplate.objects.get(name="Good news")
        assert response.url == f"/templates/{template.pk}/"
        (version,) = [one for one in versions_in_use() if one.template == template]
        assert (version.number, version.subject, version.slots) == (1, "News", SLOTS[:2])

    def test_a_name_is_given_once(self, administrator_client, version) -> None:
        about = {"kind": "landed", "name": "A short note", "for_whom": "", "subject": ""}
        response = administrator_client.post("/templates/new/", {**about, **rows(SLOTS)})
        assert "already exists" in response.text

    def test_its_kind_stays(self, counselor_client, version) -> None:
        publish(counselor_client, version, SLOTS, kind="landed", for_whom="known")
        template = NoteTemplate.objects.get(pk=version.template_id)
        assert (template.kind, template.for_whom) == (NoteKind.FIRST_NOTE, "known")

    def test_can_be_laid_aside_and_taken_up_again(self, counselor_client, version) -> None:
        url = f"/templates/{version.template_id}/retire/"
        counselor_client.post(url)
        assert version not in versions_in_use()
        assert "Laid aside" in counselor_client.get("/templates/").text
        counselor_client.post(url, {"again": "1"})
        assert version in versions_in_use()

    def test_says_how_many_notes_went_out_with_each_version(
        self, counselor_client, version
    ) -> None:
        later = TemplateVersionFactory(template=version.template, number=2)
        AttemptFactory.create_batch(2, template_version=later)
        TouchFactory(template_version=later)
        DraftFactory(template_version=later)
        AttemptFactory(template_version=version)
        html = " ".join(counselor_client.get("/templates/").text.split())
        assert "Version 2 since" in html
        assert "3 notes sent with it." in html
        html = counselor_client.get(f"/templates/{version.template_id}/").text
        assert "3 notes sent with it." in html
        assert "1 note sent with it." in html

    def test_students_do_not_change_them(self, ana_client, version) -> None:
        assert publish(ana_client, version, SLOTS[:1]).status_code == 403
        assert ana_client.get("/templates/").status_code == 403

    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            ({"kind": "pigeon"}, "outreach_notetemplate_kind_is_known"),
            ({"for_whom": "everybody"}, "outreach_notetemplate_for_whom_is_known"),
        ],
    )
    def test_is_of_a_known_kind(self, version, change, constraint) -> None:
        with refused_by(constraint):
            NoteTemplate.objects.filter(pk=version.template_id).update(**change)


def test_two_people_who_publish_at_once_get_two_numbers(version, counselor) -> None:
    for text in ("Dear {first_name},", "Hello {first_name},"):
        slots = [{**SLOTS[0], "text": text}]
        actions.publish_version(template=version.template, subject="", slots=slots, by=counselor)
    numbers = TemplateVersion.objects.filter(template=version.template).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2, 3]


def test_a_template_without_a_version_is_not_offered() -> None:
    assert NoteTemplateFactory().pk not in {one.template_id for one in versions_in_use()}
