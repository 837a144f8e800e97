import pytest
from django.core.exceptions import ValidationError

from apps.contacts.actions.brainstorm import Named, keep_names
from apps.contacts.actions.person import TYPED_IN
from apps.contacts.forms.brainstorm import people_in
from apps.contacts.models import Closeness, Contact, Seniority, Source
from apps.contacts.prompts import PROMPTS
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory
from tests.students.factories import StudentFactory

URL = "/contacts/brainstorm/"


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(client, **data):
    return client.post(URL, data, follow=True)


# What is typed


def test_reads_one_person_a_line():
    assert people_in("Ruth Adeyemi\r\nBjörk\n\n  Li   Wen ") == [
        Named("Ruth Adeyemi"),
        Named("Björk"),
        Named("Li Wen"),
    ]


@pytest.mark.parametrize("comma", [",", "，", "،", "、"])
def test_reads_the_organization_after_the_first_comma_of_any_script(comma):
    assert people_in(f"王芳{comma} Acme, Inc.") == [Named("王芳", "Acme, Inc.")]


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "– ", "\t"])
def test_leaves_out_the_bullets_of_a_pasted_list(bullet):
    assert people_in(f"{bullet}Ann\n{bullet}Bob, Acme") == [Named("Ann"), Named("Bob", "Acme")]


def test_keeps_a_hyphen_inside_a_name():
    assert people_in("Anne-Marie - the tall one") == [Named("Anne-Marie - the tall one")]


def test_reads_nobody_from_blank_lines():
    assert people_in(" \n-\n,\n") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann\n, Acme", "Line 2 has an organization and no name."),
        ("x" * 201, "Line 1 is too long"),
        ("Ann, " + "x" * 201, "Line 1 is too long"),
        ("\n".join(f"Person {n}" for n in range(101)), "These are 101 names."),
    ],
)
def test_says_what_it_cannot_read(text, words):
    with pytest.raises(ValidationError, match=words):
        people_in(text)


# The prompts


def test_asks_in_the_order_of_the_method():
    assert list(PROMPTS) == [
        "relatives",
        "coworkers",
        "classmates",
        "leisure",
        "professors",
        "in_the_job",
        "their_coworkers",
        "their_bosses",
        "same_company",
        "recruiters",
        "competitors",
    ]


def test_a_prompt_tells_what_is_known_of_whoever_comes_to_mind():
    known = {key: prompt.details() for key, prompt in PROMPTS.items()}
    assert known["relatives"] == {
        "closeness": Closeness.KNOWS_WELL,
        "source": Source.FAMILY,
        "seniority": "",
        "how_known": "Relative",
    }
    assert known["classmates"]["seniority"] == Seniority.PEER
    assert known["recruiters"]["source"] == Source.RECRUITER
    around_a_job = list(known.values())[5:]
    assert {row["closeness"] for row in around_a_job} == {Closeness.STRANGER}


# Keeping names


@pytest.mark.django_db
def test_turns_names_into_contacts_of_today():
    student = StudentFactory()
    prompt = PROMPTS["relatives"]
    (new,) = keep_names(student=student, names={prompt: [Named("Ann", "Acme")]}, now=NOW)
    row = Contact.objects.get(pk=new.pk)
    assert (row.name, row.organization, row.listed_on) == ("Ann", "Acme", TODAY)
    assert (row.source, row.closeness) == (Source.FAMILY, Closeness.KNOWS_WELL)
    assert (row.updated_at, row.data_source) == (NOW, TYPED_IN)


@pytest.mark.django_db
def test_adds_nobody_twice_however_often_the_button_is_pressed():
    student = StudentFactory()
    names = {PROMPTS["relatives"]: [Named("Ann"), Named("ann"), Named("Ann", "Acme")]}
    assert len(keep_names(student=student, names=names, now=NOW)) == 2
    assert keep_names(student=student, names=names, now=NOW) == []
    assert Contact.objects.count() == 2


@pytest.mark.django_db
def test_takes_the_same_name_at_another_prompt_for_another_person():
    student = StudentFactory()
    for key in ("relatives", "classmates"):
        keep_names(student=student, names={PROMPTS[key]: [Named("Maria")]}, now=NOW)
    assert Contact.objects.filter(student=student, name="Maria").count() == 2


# The page


def test_keeps_the_names_of_every_field_at_once(ana, ana_client):
    page = text_of(post(ana_client, relatives="Ann, Acme\nBob", recruiters="Cleo"))
    assert "On your list now: Ann, Bob, Cleo." in page
    assert "On your list: Ann, Bob." in page
    assert set(Contact.objects.values_list("student", "name")) == {
        (ana.pk, "Ann"),
        (ana.pk, "Bob"),
        (ana.pk, "Cleo"),
    }


def test_counts_towards_five_people(ana, ana_client):
    ContactFactory.create_batch(3, student=ana)
    page = text_of(ana_client.get(URL))
    assert "3 <small>of 5</small>" in page
    assert 'aria-label="People on your list, 3 of 5"' in page
    page = text_of(post(ana_client, leisure="Dee\nEve"))
    assert "Quick start done." in page
    assert "Keep the list focused" in page
    assert "Discard nobody" in page


def test_answers_htmx_with_the_fields_emptied_and_the_next_one_in_focus(ana, ana_client):
    response = ana_client.post(
        URL, {"relatives": "Ann", "next": "coworkers"}, headers={"HX-Request": "true"}
    )
    page = text_of(response)
    assert "<html" not in page
    assert "On your list now: Ann." in page
    focused = page.split("<textarea ")[2].split(">")[0]
    assert 'name="coworkers"' in focused
    assert "autofocus" in focused


def test_leads_on_to_the_next_prompt_without_javascript(ana_client):
    response = ana_client.post(URL, {"relatives": "Ann", "next": "coworkers"})
    assert response.url == f"{URL}#coworkers"
    assert ana_client.post(URL, {"next": "//evil.example"}).url == URL


def test_keeps_nothing_and_loses_nothing_if_one_line_cannot_be_read(ana_client):
    page = text_of(post(ana_client, relatives="Ann", leisure=", Acme"))
    assert "Line 1 has an organization and no name." in page
    assert "Ann</textarea>" in page
    assert not Contact.objects.exists()


def test_says_so_if_nobody_is_new(ana_client):
    post(ana_client, relatives="Ann")
    assert "Nobody new." in text_of(post(ana_client, relatives="Ann"))


def test_shows_and_escapes_only_own_names(ana, ana_client, ben):
    for student, name in ((ana, "<b>Ann</b>"), (ben, "Secret Friend")):
        keep_names(student=student, names={PROMPTS["relatives"]: [Named(name)]}, now=NOW)
    page = text_of(ana_client.get(URL))
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert "Secret Friend" not in page


def test_shortens_a_long_list_of_names(ana, ana_client):
    names = [Named(f"Person {n}") for n in range(15)]
    keep_names(student=ana, names={PROMPTS["relatives"]: names}, now=NOW)
    page = text_of(ana_client.get(URL))
    assert "Person 14 and 3 more." in page
    assert "Person 2," not in page
