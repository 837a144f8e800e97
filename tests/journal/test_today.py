from datetime import timedelta

import pytest

from apps.meetings.models import Status
from tests.clock import NOW, TODAY, ago, ahead
from tests.contacts.factories import ContactFactory
from tests.meetings.factories import (
    CommitmentFactory,
    DebriefFactory,
    MeetingFactory,
    PrepSheetFactory,
)
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import AttemptFactory
from tests.students.factories import CampaignFactory, EnrolmentFactory


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_shows_the_next_steps_with_one_action_each(ana, ana_client):
    thank = MeetingFactory(student=ana, contact__name="Dana Whitfield", held=True)
    AttemptFactory(student=ana, contact__name="Priya Raman")
    page = text_of(ana_client.get("/today/"))
    assert "Thank Dana Whitfield" in page
    assert "Follow up with Priya Raman" in page
    assert "Five next steps, in order." in page
    assert f'href="/meetings/{thank.pk}/thank/"' in page
    assert f'action="/meetings/{thank.pk}/thanked/"' in page
    assert f'href="/meetings/{thank.pk}/debrief/"' in page


def test_asks_about_the_students_own_way_without_a_contact(ana, ana_client):
    offer = OfferFactory(student=ana, organization="Tern & Co")
    page = text_of(ana_client.get("/today/"))
    for words in (
        "Say what you want to learn",
        'href="/campaign/">Write it down</a>',
        "Ask the next people",
        "On Monday, October 13, the plan was five conversations ahead of you.",
        'href="/contacts/?stage=listed">See whom to ask next</a>',
        "How did the offer from Tern &amp; Co end?",
        f'href="/offers/{offer.pk}/ending/">Say how it ended</a>',
    ):
        assert words in page
    CampaignFactory(student=ana)
    page = text_of(ana_client.get("/today/"))
    assert "Name five people to begin with" in page
    assert 'href="/contacts/brainstorm/">Think of people</a>' in page


def test_says_when_a_step_is_due_on_the_students_clock(ana, ana_client):
    MeetingFactory(student=ana, held=True, starts_at=NOW - timedelta(hours=23))
    page = text_of(ana_client.get("/today/"))
    assert "Due today</strong> by 12:30 pm" in page
    ana.user.time_zone = "Europe/Berlin"
    ana.user.save()
    assert "Due today</strong> by 6:30 pm" in text_of(ana_client.get("/today/"))


def test_shows_a_late_step_as_overdue_in_words(ana, ana_client):
    MeetingFactory(student=ana, held=True, starts_at=ago(days=4))
    page = text_of(ana_client.get("/today/"))
    assert "Overdue</strong> for 3 days" in page
    assert "A late one is still welcome." in page


def test_shows_five_steps_and_says_that_more_wait(ana, ana_client):
    for _ in range(7):
        MeetingFactory(student=ana, held=True)
    page = text_of(ana_client.get("/today/"))
    assert page.count("I sent one") == 5
    assert "10 more will come up" in page  # thanks and debriefs, and a purpose


def test_shows_upcoming_conversations_and_leaves_out_what_is_off(ana, ana_client):
    MeetingFactory(student=ana, contact__name="Marcus Bell", starts_at=ahead(days=1))
    MeetingFactory(student=ana, contact__name="Off Course", status=Status.CANCELLED)
    page = text_of(ana_client.get("/today/"))
    assert "Thu, Oct 16</strong>" in page
    assert "11:00 am" in page
    assert "Marcus Bell" in page
    assert "Off Course" not in page


def test_leads_to_each_conversation_and_shows_it_on_both_clocks(ana, ana_client):
    meeting = MeetingFactory(student=ana, contact__time_zone="Europe/Madrid")
    MeetingFactory(student=ana, contact__name="Only Proposed", proposed=True)
    page = text_of(ana_client.get("/today/"))
    assert f'href="/meetings/{meeting.pk}/"' in page
    assert "5:00 pm in Madrid" in page
    assert "Only Proposed" not in page


def test_gives_each_kind_of_step_its_words_and_its_page(ana, ana_client):
    soon = MeetingFactory(student=ana, contact__name="Marcus Bell", starts_at=ahead(hours=23))
    PrepSheetFactory(
        meeting=soon, goal_information="What he does", goal_contacts="Whom to ask", pitch=""
    )
    own = CommitmentFactory(meeting=MeetingFactory(student=ana, thanked=True), what="Send notes")
    DebriefFactory(meeting=own.meeting)
    named = ContactFactory(
        student=ana, name="Ruth Adeyemi", introduced_by=own.meeting.contact, listed_on=TODAY
    )
    stuck = MeetingFactory(
        student=ana,
        contact__name="Sofia Lindqvist",
        proposed=True,
        proposed_times=[ago(hours=1)],
        starts_at=ago(hours=1),
        changed_at=ago(days=3),
    )
    page = text_of(ana_client.get("/today/"))
    assert "Tomorrow</strong> at 10:00 am" in page
    assert "1 of 4 blocks done. Still open: questions, research and pitch." in page
    assert f'href="/meetings/{soon.pk}/prepare/"' in page
    assert "you promised: “Send notes”" in page
    assert f'action="/promises/{own.pk}/done/"' in page
    assert f"{own.meeting.contact.name} gave you the name" in page
    assert f'href="/contacts/{named.pk}/"' in page
    assert "You proposed times on October 12" in page
    assert f'href="/meetings/{stuck.pk}/"' in page


def test_shows_the_six_steps_and_which_is_now(ana, ana_client):
    page = text_of(ana_client.get("/today/"))
    assert 'class="todo now" aria-current="step"><a href="/campaign/"' in page
    assert "What do you want to learn?" in page


def test_brings_back_the_last_thing_to_change(ana, ana_client):
    meeting = MeetingFactory(student=ana, thanked=True, contact__name="Nadia Farouk")
    DebriefFactory(meeting=meeting, change_next_time="Leave a pause.")
    page = text_of(ana_client.get("/today/"))
    assert "Your note after meeting Nadia Farouk: “Leave a pause.”" in page


def test_shows_the_latest_referrals_first(ana, ana_client):
    giver = ContactFactory(student=ana, name="Dana Whitfield")
    for days, name in ((9, "Gabriel Moreno"), (1, "Ruth Adeyemi")):
        ContactFactory(
            student=ana,
            name=name,
            introduced_by=giver,
            introduced_on=TODAY - timedelta(days=days),
        )
    section = text_of(ana_client.get("/today/")).split("Latest referrals")[1]
    assert section.index("Ruth Adeyemi") < section.index("Gabriel Moreno")
    assert "Through Dana Whitfield, October 14" in section


def test_counts_held_conversations_of_the_term_against_the_even_plan(ana, ana_client, cohort):
    contact = ContactFactory(student=ana)
    MeetingFactory(contact=contact, thanked=True)
    MeetingFactory(contact=contact, practice=True)
    MeetingFactory(contact=contact, thanked=True, starts_at=ago(days=200))
    page = text_of(ana_client.get("/today/"))
    assert "1 <small>of 12 held</small>" in page
    assert f"The plan to date is {cohort.planned_by(NOW.date())}." in page


def test_says_so_between_terms(ana, ana_client):
    ana.enrolments.update(withdrawn_on=ago(days=20).date())
    assert "You are between terms." in text_of(ana_client.get("/today/"))


def test_welcomes_a_student_whom_no_roster_knows_yet(ana, ana_client):
    ana.user = None
    ana.save()
    assert "not on a class list yet" in text_of(ana_client.get("/today/"))


def test_shows_nothing_of_a_classmate(ana_client, cohort):
    classmate = EnrolmentFactory(cohort=cohort).student
    MeetingFactory(student=classmate, contact__name="Somebody Else", held=True)
    assert "Somebody Else" not in text_of(ana_client.get("/today/"))


@pytest.mark.parametrize("rows", [1, 12])
def test_costs_the_same_number_of_queries_for_many_rows(
    ana, ana_client, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        MeetingFactory(student=ana, held=True)
        MeetingFactory(student=ana)
        AttemptFactory(student=ana)
    with django_assert_max_num_queries(13):
        ana_client.get("/today/")
