"""Filters of the page with all contacts: each stands in the URL, and has its number beside it."""

import pytest

from apps.contacts.models import Closeness, Contact, Seniority, Source
from apps.journal.people import PER_PAGE
from tests.clock import NOW, ago
from tests.contacts.factories import ContactFactory, WishFactory
from tests.meetings.factories import MeetingFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import StudentFactory

URL = "/contacts/"


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names(client, query=""):
    page = text_of(client.get(URL + query))
    return {part.split("<")[0].split(">")[1] for part in page.split('class="ch-name"')[1:]}


def counts(client, query=""):
    """Return the number beside each link above the list."""
    links = text_of(client.get(URL + query)).split('aria-label="Filter by stage"')[1]
    items = links.split("</ul>")[0].split("<li>")[1:]
    return {item.split('">')[-1].split(" <span>")[0]: _number(item) for item in items}


def _number(item):
    return int(item.split("<span>")[1].split("<")[0])


@pytest.fixture
def people(ana):
    """A person at each stage, named after it."""
    ContactFactory(student=ana, name="Listed")
    AttemptFactory(student=ana, contact__name="Wrote", sent_at=ago(days=45))
    MeetingFactory(student=ana, contact__name="Scheduled")
    MeetingFactory(student=ana, contact__name="Met", held=True)
    MeetingFactory(student=ana, contact__name="Known", thanked=True, starts_at=ago(days=120))
    ContactFactory(student=ana, name="At rest", archived_at=NOW)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("listed", "Listed"),
        ("reached_out", "Wrote"),
        ("scheduled", "Scheduled"),
        ("met", "Met"),
        ("in_touch", "Known"),
        ("resting", "At rest"),
    ],
)
def test_filters_by_stage(ana_client, stage, name):
    assert names(ana_client, f"?stage={stage}") == {name}


@pytest.mark.usefixtures("people")
def test_leaves_out_who_rests_unless_asked_for(ana_client):
    assert names(ana_client) == {"Listed", "Wrote", "Scheduled", "Met", "Known"}


@pytest.mark.usefixtures("people")
def test_shows_the_number_beside_each_link(ana_client):
    assert counts(ana_client) == {
        "Everyone": 5,
        "On the list": 1,
        "Reached out": 1,
        "Scheduled": 1,
        "Met": 1,
        "In touch": 1,
        "Quiet for three months": 1,
        "Resting": 1,
    }


@pytest.mark.usefixtures("people")
def test_counts_what_a_link_would_show(ana, ana_client):
    ContactFactory(student=ana, name="Ann", organization="Acme")
    for query, link, wanted in [
        ("?organization=acme", "Everyone", 1),
        ("?organization=acme", "Met", 0),
        ("?touch=never", "On the list", 2),
        ("?touch=never", "Met", 0),
        ("?stage=in_touch", "Quiet for three months", 1),
        ("?stage=listed", "Quiet for three months", 0),
    ]:
        assert counts(ana_client, query)[link] == wanted, (query, link)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("touch", "expected"),
    [
        ("month", {"Met"}),
        ("quarter", {"Wrote"}),
        ("longer", {"Known"}),
        ("never", {"Listed", "Scheduled"}),
    ],
)
def test_filters_by_how_long_one_has_not_been_in_touch(ana_client, touch, expected):
    assert names(ana_client, f"?touch={touch}") == expected


@pytest.mark.parametrize(("days", "touch"), [(30, "month"), (31, "quarter"), (90, "quarter")])
def test_a_reply_is_a_touch_and_the_latest_counts(ana, ana_client, days, touch):
    contact = ContactFactory(student=ana, name="Dana")
    AttemptFactory(contact=contact, sent_at=ago(days=200))
    AttemptFactory(
        contact=contact, sent_at=ago(days=days + 2), replied_at=ago(days=days), reply="later"
    )
    assert names(ana_client, f"?touch={touch}") == {"Dana"}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("closeness=stranger", {"closeness": Closeness.STRANGER}),
        ("seniority=peer", {"seniority": Seniority.PEER}),
        ("source=recruiter", {"source": Source.RECRUITER}),
        ("organization=cafe ambar", {"organization": "Café Ámbar GmbH"}),
        ("tag=Oslo", {"tags": ["fair", "Oslo"]}),
        ("unreachable=on", {"email": ""}),
    ],
)
def test_filters_by_what_is_known_of_somebody(ana, ana_client, query, fields):
    ContactFactory(student=ana, name="This one", **fields)
    ContactFactory(student=ana, name="Another", tags=["Bergen"])
    assert names(ana_client, f"?{query}") == {"This one"}


@pytest.mark.parametrize(
    "words", ["herrera", "HERRERA", "Tomas", "tomás herrera", "herera", "tile"]
)
def test_finds_people_without_accents_and_with_a_typo(ana, ana_client, words):
    ContactFactory(student=ana, name="Tomás Herrera", organization="Herrera Tile")
    ContactFactory(student=ana, name="Priya Raman", organization="Halden & Co.")
    assert names(ana_client, f"?q={words}") == {"Tomás Herrera"}


@pytest.mark.parametrize(
    ("name", "words"), [("王芳", "王芳"), ("Łukasz Żak", "lukasz zak"), ("50% off", "50%")]
)
def test_finds_names_in_any_script_and_takes_signs_for_what_they_are(ana, ana_client, name, words):
    ContactFactory(student=ana, name=name, organization="", job_title="")
    ContactFactory(student=ana, name="Nobody else", organization="", job_title="")
    assert names(ana_client, "?" + _query(q=words)) == {name}


def _query(**values):
    return "&".join(f"{name}={value.replace('%', '%25')}" for name, value in values.items())


def test_combines_filters(ana, ana_client):
    for name, closeness, source in [
        ("Both", Closeness.KNOWS, Source.ALUMNI),
        ("One", Closeness.KNOWS, Source.EVENT),
        ("Other", Closeness.STRANGER, Source.ALUMNI),
    ]:
        ContactFactory(student=ana, name=name, closeness=closeness, source=source)
    assert names(ana_client, "?closeness=knows&source=alumni&stage=listed") == {"Both"}


def test_keeps_what_is_chosen_in_the_form_and_in_every_link(ana, ana_client):
    ContactFactory(student=ana, tags=["fair"], organization="Acme")
    page = text_of(ana_client.get(f"{URL}?tag=fair&organization=Acme&sort=name&stage=listed"))
    assert '<option value="fair" selected>' in page
    assert '<option value="name" selected>' in page
    assert 'name="organization" maxlength="200" value="Acme"' in page
    assert '<input type="hidden" name="stage" value="listed">' in page
    assert 'href="?stage=met&amp;organization=Acme&amp;tag=fair&amp;sort=name"' in page
    assert "<details open>" in page
    assert 'href="?stage=listed&amp;sort=name">Clear</a>' in page


@pytest.mark.parametrize(
    "query",
    [
        "stage=nonsense&touch=nonsense&sort=nonsense&view=nonsense",
        "closeness=%00&source=' OR 1=1 --&seniority=peer;",
        "tag=of nobody",
        f"q={'x' * 101}",
        "unreachable=",
    ],
)
def test_leaves_out_what_makes_no_sense(ana, ana_client, query):
    ContactFactory(student=ana, name="Dana")
    assert names(ana_client, f"?{query}") == {"Dana"}


def test_shows_only_own_people_and_own_tags(ana_client, ben):
    ContactFactory(student=ben, name="Of Ben", tags=["of Ben"])
    page = text_of(ana_client.get(f"{URL}?q=Ben"))
    assert "Of Ben" not in page
    assert "of Ben" not in page


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 6), ("?view=board", 6), ("?sort=suggested", 6), ("?q=person&touch=month", 7)],
)
@pytest.mark.parametrize("does_somebody_rest", [False, True])
def test_asks_the_database_as_often_for_500_people_as_for_50(
    ana, ana_client, query, most, does_somebody_rest, django_assert_max_num_queries
):
    if does_somebody_rest:
        WishFactory(never=True)
    _many(ana, 50)
    with django_assert_max_num_queries(most) as few:
        text_of(ana_client.get(URL + query))
    _many(ana, 450)
    with django_assert_max_num_queries(most) as many:
        text_of(ana_client.get(URL + query))
    assert len(many) == len(few)


def _many(student, number):
    people = Contact.objects.bulk_create(
        ContactFactory.build(student=student, name=f"Person {n}", tags=["many"])
        for n in range(number)
    )
    for person in people[: number // 10]:
        MeetingFactory(contact=person, held=True)
        MeetingFactory(contact=person)
        AttemptFactory(contact=person, sent_at=ago(days=3))
        AttemptFactory(contact=ContactFactory(student=student), sent_at=ago(days=30))
    people[-1].introduced_by = people[0]
    people[-1].save()


def test_costs_one_page_of_rows_however_long_the_list(ana, ana_client):
    _many(ana, 120)
    _many(StudentFactory(), 120)
    assert text_of(ana_client.get(URL)).count('name="contact"') == PER_PAGE
