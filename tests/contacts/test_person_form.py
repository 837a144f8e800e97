from datetime import timedelta

import pytest

from apps.contacts.forms.person import ContactForm, MarkedForm, QuickAddForm
from apps.contacts.models import Contact, Introduction, Source
from apps.contacts.prompts import PROMPTS
from tests.clock import TODAY
from tests.contacts.factories import ContactFactory
from tests.students.factories import StudentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return StudentFactory()


def form_of(student, data=None, contact=None, **more):
    data = None if data is None else {"name": "Dana", **data, **more}
    return ContactForm(data, instance=contact, student=student, today=TODAY)


def problems(form, field):
    assert not form.is_valid()
    return " ".join(form.errors[field])


def test_needs_nothing_but_a_name(student):
    assert form_of(student, {}).is_valid()
    assert form_of(student, {"name": " "}).errors.keys() == {"name"}
    needed = {name for name, field in form_of(student).fields.items() if field.required}
    assert needed == {"name"}


@pytest.mark.parametrize("name", ["Björk", "王芳", "أميرة", "X Æ A-12", "O’Brien-Łukasiewicz, PhD"])
def test_takes_a_name_as_given(student, name):
    form = form_of(student, {"name": f"  {name} "})
    assert form.is_valid()
    assert form.cleaned_data["name"] == name


def test_offers_every_channel_through_which_people_are_found(student):
    offered = [value for value, _ in form_of(student).fields["source"].choices]
    assert offered == ["", *Source.values]
    assert {
        "linkedin",
        "newspaper",
        "job_board",
        "placement",
        "company_site",
        "event",
        "human_resources",
        "professor",
        "search_engine",
        "recruiter",
    } <= set(offered)


def test_reads_several_ways_to_reach_somebody(student):
    form = form_of(
        student,
        {
            "email": "dana@tern.example",
            "more_emails": "d@home.example\n\nd@home.example",
            "phones": "+1 (555) 0100\n555 0101",
            "links": "linkedin.com/in/dana\nhttps://dana.example/me",
        },
        tags="fair, Oslo,fair",
    )
    assert form.is_valid()
    assert form.cleaned_data["more_emails"] == ["d@home.example"]
    assert form.cleaned_data["phones"] == ["+1 (555) 0100", "555 0101"]
    assert form.cleaned_data["links"] == [
        "https://linkedin.com/in/dana",
        "https://dana.example/me",
    ]
    assert form.cleaned_data["tags"] == ["fair", "Oslo"]


@pytest.mark.parametrize(
    ("email", "more", "expected"),
    [
        ("a@x.example", "A@x.example\nb@x.example", ("a@x.example", ["b@x.example"])),
        ("", "a@x.example\nb@x.example", ("a@x.example", ["b@x.example"])),
        ("a@x.example", "", ("a@x.example", [])),
        ("", "", ("", [])),
    ],
)
def test_has_a_preferred_address_as_soon_as_there_is_any(student, email, more, expected):
    form = form_of(student, {"email": email, "more_emails": more})
    assert form.is_valid()
    assert (form.cleaned_data["email"], form.cleaned_data["more_emails"]) == expected


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "dana at tern"),
        ("more_emails", "ok@home.example\ndana@"),
        ("links", "javascript:alert(1)"),
        ("links", "ftp://files.example/dana"),
        ("links", "not a link"),
        ("phones", "0" * 101),
        ("tags", "t" * 51),
        ("time_zone", "Mars/Olympus"),
        ("seniority", "wizard"),
        ("introduced_on", "yesterday"),
    ],
)
def test_refuses_what_makes_no_sense_beside_its_field(student, field, text):
    assert problems(form_of(student, {field: text}), field)


def test_offers_only_the_students_own_people_who_still_have_a_name(student):
    own = ContactFactory(student=student)
    somebody_elses = ContactFactory()
    erased = ContactFactory(student=student, erased=True)
    field = form_of(student).fields["introduced_by"]
    assert list(field.queryset) == [own]
    for other in (somebody_elses, erased):
        assert problems(form_of(student, {"introduced_by": other.pk}), "introduced_by")


def test_takes_how_and_when_somebody_was_introduced(student):
    introducer = ContactFactory(student=student)
    form = form_of(
        student,
        {
            "introduced_by": introducer.pk,
            "introduction": Introduction.CALL,
            "introduced_on": str(TODAY),
        },
    )
    assert form.is_valid()
    assert form.cleaned_data["introduced_by"] == introducer


def test_asks_who_introduced_if_only_how_or_when_is_said(student):
    for half in ({"introduction": Introduction.EMAIL}, {"introduced_on": str(TODAY)}):
        assert "Say who introduced you" in problems(form_of(student, half), "introduced_by")


def test_refuses_an_introduction_of_tomorrow(student):
    introducer = ContactFactory(student=student)
    tomorrow = str(TODAY + timedelta(days=1))
    form = form_of(student, {"introduced_by": introducer.pk, "introduced_on": tomorrow})
    assert "still to come" in problems(form, "introduced_on")


def test_explains_in_names_why_introductions_cannot_go_in_a_circle(student):
    elaine = ContactFactory(student=student, name="Elaine")
    dana = ContactFactory(student=student, name="Dana", introduced_by=elaine)
    ruth = ContactFactory(student=student, name="Ruth", introduced_by=dana)
    words = problems(form_of(student, {"introduced_by": ruth.pk}, contact=elaine), "introduced_by")
    assert "go in a circle: Elaine introduced Dana, Dana introduced Ruth." in words
    assert form_of(student, {"introduced_by": elaine.pk}, contact=ruth).is_valid()


def test_offers_nobody_as_their_own_introducer(student):
    contact = ContactFactory(student=student)
    assert problems(
        form_of(student, {"introduced_by": contact.pk}, contact=contact), "introduced_by"
    )


def test_shows_what_is_known_so_that_saving_unread_changes_nothing(student):
    introducer = ContactFactory(student=student)
    contact = ContactFactory(
        student=student,
        more_emails=["a@b.example"],
        phones=["1", "2"],
        links=["https://dana.example/me"],
        tags=["fair", "Oslo"],
        time_zone="Europe/Oslo",
        introduced_by=introducer,
        introduction=Introduction.CALL,
        introduced_on=TODAY,
        note="Likes sailing.",
    )
    shown = form_of(student, contact=contact)
    typed = {name: shown[name].value() or "" for name in shown.fields}
    again = ContactForm(typed, instance=contact, student=student, today=TODAY)
    assert again.is_valid()
    assert again.changed_data == []
    stored = Contact.objects.get(pk=contact.pk)
    assert {n: getattr(stored, n) for n in again.cleaned_data} == again.cleaned_data


def test_keeps_a_time_zone_that_came_in_a_file(student):
    contact = ContactFactory(student=student, time_zone="EST5EDT")
    assert form_of(student, {"time_zone": "EST5EDT"}, contact=contact).is_valid()


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_quick_add_knows_what_a_prompt_tells_about_somebody(prompt):
    form = QuickAddForm({"name": "Ann", "organization": "Acme", "known_as": prompt.key})
    assert form.is_valid()
    Contact(student_id=1, listed_on=TODAY, **form.details()).clean_fields(exclude=["student"])
    assert form.details() == {"name": "Ann", "organization": "Acme", **prompt.details()}


def test_quick_add_needs_only_a_name():
    form = QuickAddForm({"name": "Ann"})
    assert form.is_valid()
    assert form.details() == {"name": "Ann", "organization": ""}
    assert not QuickAddForm({"name": " ", "organization": "Acme"}).is_valid()


@pytest.mark.parametrize("key", ["x", "-1", "1.5", "9" * 40, ""])
def test_marked_people_are_keys(key):
    assert not MarkedForm({"contact": [key], "action": "rest"}).is_valid()


def test_a_tag_has_to_be_named():
    form = MarkedForm({"contact": ["1"], "action": "tag", "tags": " , "})
    assert form.errors == {"tags": ["Type the tag to add."]}
