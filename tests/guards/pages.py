"""Every URL of the product, with rows for it to be about and people to open it.

All the rows are `ana`'s: her place in `counselor`'s cohort, her meetings, her note, her offer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.contacts.actions.merge import merge_contacts
from apps.contacts.models import Contact
from apps.mail.unsubscribe import token_for
from apps.students.models import Cohort, Student
from tests.accounts.factories import InvitationFactory, UserFactory
from tests.clock import NOW, TODAY
from tests.contacts.factories import ContactFactory, ImportBatchFactory
from tests.exchange.factories import ImportRunFactory
from tests.guards.care_pages import care_pages
from tests.guards.class_pages import class_pages
from tests.guards.feedback_pages import feedback_pages
from tests.guards.offer_pages import offer_pages
from tests.guards.release_pages import release_pages
from tests.mail.factories import SuppressionFactory
from tests.meetings.factories import (
    BankQuestionFactory,
    CalendarFeedFactory,
    CommitmentFactory,
    DebriefFactory,
    FindingFactory,
    MeetingFactory,
    ReferralFactory,
    StoryFactory,
    TellingFactory,
)
from tests.metrics.factories import ReportSnapshotFactory
from tests.outcomes.factories import OfferFactory
from tests.outreach.factories import (
    AttemptFactory,
    ContactAnswerFactory,
    ContactLinkFactory,
    DraftFactory,
    TemplateVersionFactory,
    TouchFactory,
)
from tests.students.factories import (
    AccomplishmentFactory,
    EnrolmentFactory,
    RosterImportFactory,
    StudentFactory,
    TermFactory,
)

WRITING = ("compose", "compose_coach", "note_send")


@dataclass(frozen=True)
class Page:
    """An address with what is asked of it: the query of a GET, the form of a POST."""

    url: str
    data: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Pages by label: the name of a URL, or the name and what is special about the data."""

    pages: dict[str, Page]
    people: dict[str, User | None]
    clients: dict[str, Client] = field(default_factory=dict)

    def ask(self, method: str, label: str, who: str) -> HttpResponse:
        """Send the request as one of `people`; an exception in the view comes through.

        The database refuses whatever a GET wants to write.
        """
        page, client = self.pages[label], self._client_of(who)
        if method == "GET":
            with refusing_writes():
                return client.get(page.url, page.data)
        return client.post(page.url, page.data)

    def _client_of(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client()
            if user := self.people[who]:
                self.clients[who].force_login(user)
        return self.clients[who]


@contextmanager
def refusing_writes() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)  # the way back to a transaction that may write


def url_patterns() -> dict[str, Callable[..., object]]:
    """Return every view of the URLconf by the name of its URL."""
    patterns = list(_patterns(get_resolver()))
    named = {pattern.name: pattern.callback for pattern in patterns if pattern.name}
    assert len(named) == len(patterns), "two URLs share a name, or one has none"
    return named


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def make_pages(*, ana: Student, cohort: Cohort) -> dict[str, Page]:
    code = cohort.term.code
    held = MeetingFactory(student=ana, held=True)
    offer = OfferFactory(student=ana, contact=held.contact)
    ReportSnapshotFactory(term=cohort.term, cohort=cohort, computed=True)
    attempt = AttemptFactory(student=ana)
    elsewhere = TermFactory(finished=True)
    return {
        **_pages_about_nothing(),
        **_sign_on_pages(),
        **_set_up_pages(ana),
        "meeting_outcome": _page(
            "meeting_outcome", MeetingFactory(student=ana, begun=True).pk, was_held="yes"
        ),
        "meeting_thanked": _page("meeting_thanked", held.pk),
        **_prepare_pages(ana),
        **_pages_after_a_talk(ana),
        "meeting_ics": _page("meeting_ics", MeetingFactory(student=ana).pk),
        "calendar_feed": _page("calendar_feed", CalendarFeedFactory(student=ana).token),
        "attempt_reply": _page("attempt_reply", attempt.pk, reply="yes"),
        "attempt_new": _page(
            "attempt_new",
            attempt.contact.pk,
            channel="phone",
            sent_on=TODAY.isoformat(),
            sent_time="09:00",
        ),
        **_care_pages(attempt.contact),
        **_own_pages(attempt.contact),
        **_touch_pages(ana),
        **_writing_pages(ContactFactory(student=ana)),
        **_contact_pages(ana),
        **{name: Page(*asked) for name, asked in feedback_pages(ana, cohort).items()},
        **{name: Page(*asked) for name, asked in care_pages(ana, cohort).items()},
        **{name: Page(*asked) for name, asked in class_pages(ana, cohort).items()},
        **{name: Page(*asked) for name, asked in release_pages(cohort).items()},
        **_roster_pages(cohort),
        "reply_rates": _page("reply_rates", code),
        "reply_rates cohort": _page("reply_rates", code, cohort=cohort.pk),
        "report": _page("report", code),
        "report cohort": _page("report", code, cohort=cohort.pk),
        "report elsewhere": _page("report", elsewhere.code),
        "report_refresh": _page("report_refresh", code),
        "report_refresh cohort": _page("report_refresh", code, cohort=cohort.pk),
        "report_state": _page("report_state", code),
        "report_state cohort": _page("report_state", code, cohort=cohort.pk),
        "report_file_ask": _page("report_file_ask", code, format="csv", cohort=cohort.pk),
        "report_file_ask shareable": _page(
            "report_file_ask", code, format="csv", audience="shareable"
        ),
        "offer_path": _page("offer_path", code, offer.pk),
        **{name: Page(*asked) for name, asked in offer_pages(ana, cohort).items()},
        **_import_pages(ImportRunFactory(checked=True).pk),
        "unsubscribe": _page("unsubscribe", token_for(ana.user_id, "meeting_tomorrow")),
        "suppression_lift": _page("suppression_lift", SuppressionFactory().pk),
        "account_reset_password_from_key": _page(
            "account_reset_password_from_key", "1", "no-such-key"
        ),
    }


def make_people(
    *, ana: Student, ben: Student, cohort: Cohort, counselor: User, other_counselor: User
) -> dict[str, User | None]:
    return {
        "nobody": None,
        "ana": ana.user,
        "ben": ben.user,
        "counselor": counselor,
        "another": other_counselor,
        "admin": UserFactory(administrator=True),
        "both": _student_who_teaches(cohort),
    }


def _pages_about_nothing() -> dict[str, Page]:
    """Return the pages whose address takes no argument."""
    pages = {}
    for pattern in _patterns(get_resolver()):
        if pattern.name and not pattern.pattern.regex.groups:
            with suppress(NoReverseMatch):  # the argument stands in what it is included under
                pages[pattern.name] = Page(reverse(pattern.name))
    return pages


def _sign_on_pages() -> dict[str, Page]:
    """Return the pages of a sign-on, which is off, and of a passkey that nobody has."""
    saml = ("saml_login", "saml_acs", "saml_finish_acs", "saml_metadata", "saml_sls")
    oidc = ("openid_connect_login", "openid_connect_callback")
    return {
        **{name: _page(name, "campus-saml") for name in saml},
        **{name: _page(name, "campus") for name in oidc},
        **{name: _page(name, 1) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")},
        "break_glass": _page("break_glass", "opens-nothing"),
    }


def _import_pages(pk: int) -> dict[str, Page]:
    names = ("import_detail", "import_progress", "import_confirm", "import_discard")
    return {name: _page(name, pk) for name in names}


def _roster_pages(cohort: Cohort) -> dict[str, Page]:
    """Return the pages of a class list, around one that waits, and of an invitation."""
    of_file = ("roster_file", "roster_check", "roster_confirm", "roster_undo", "roster_discard")
    token = "an-invitation-that-still-works"
    InvitationFactory(token=token)
    return {
        "roster": _page("roster", cohort.pk),
        "roster_import": _page("roster_import", cohort.pk),
        "roster_invite": _page("roster_invite", cohort.pk),
        **{name: _page(name, RosterImportFactory(cohort=cohort).pk) for name in of_file},
        "invitation": _page("invitation", token),
        "invitation unknown": _page("invitation", token[::-1]),
        "invitation_opened": _page("invitation_opened", token),
    }


def _page(name: str, *arguments: str | int, **data: str | int) -> Page:
    return Page(reverse(name, args=arguments), data)


def _touch_pages(ana: Student) -> dict[str, Page]:
    """Return the pages about what has passed: a note with its answer, and something else."""
    attempt = AttemptFactory(student=ana, answered=True)
    touch = TouchFactory(student=ana)
    happened = {"channel": "phone", "on": TODAY.isoformat(), "at": "09:00"}
    return {
        "attempt_edit": _page("attempt_edit", attempt.pk, channel="pigeon"),
        "attempt_remove": _page("attempt_remove", attempt.pk),
        "touch_new": _page("touch_new", attempt.contact.pk, kind="heard", **happened),
        "touch_edit": _page("touch_edit", touch.pk, kind="heard", **happened),
        "touch_remove": _page("touch_remove", touch.pk),
        "contact_cadence": _page("contact_cadence", touch.contact.pk, how="never"),
        "tag_cadence": _page("tag_cadence", tag="mentors", days="60"),
    }


def _care_pages(contact: Contact) -> dict[str, Page]:
    person = contact.email
    names = ("contacts_in_care", "care_wish", "care_erase")
    return {
        **{name: _page(name, person=person) for name in names},
        "care_lift": _page("care_lift", contact.pk, person=person),
    }


def _writing_pages(contact: Contact) -> dict[str, Page]:
    """Return the pages around a note that is ready to go, and around a template."""
    DraftFactory(contact=contact)
    template = TemplateVersionFactory().template
    here = {name: reverse(name, args=[contact.pk]) for name in WRITING}
    return {
        **{name: Page(f"{url}?kind=first_note") for name, url in here.items()},
        "compose": Page(here["compose"], {"revision": 1, "part-body": "Hi Ada", "do": "save"}),
        **{name: _page(name, template.pk) for name in ("template", "template_retire")},
    }


def _own_pages(contact: Contact) -> dict[str, Page]:
    """Return the pages around the one of the contact's own, and that of no contact."""
    token = "Qm9-rV_kT3xL8sWz1yNcUe5HdJ2pGa7Fb4iOoXtRq6E"
    ContactLinkFactory(contact=contact, token=token)
    other = ContactFactory(student=contact.student)
    taken_back = ContactLinkFactory(contact=other)
    answer = ContactAnswerFactory(link=ContactLinkFactory(contact=other, used=True))
    return {
        "contact_page": _page("contact_page", token),
        "contact_page unknown": _page("contact_page", token[::-1]),
        "contact_link_new": _page("contact_link_new", other.pk),
        "contact_link_revoke": _page("contact_link_revoke", taken_back.pk),
        "answer_agree": _page("answer_agree", answer.pk, starts_at=answer.times[0].isoformat()),
    }


def _contact_pages(ana: Student) -> dict[str, Page]:
    contact, alike = ContactFactory.create_batch(2, student=ana, name="Wen Li", job_title="Pilot")
    kept, other = ContactFactory.create_batch(2, student=ana)
    merge = merge_contacts(student=ana, kept=kept, other=other, choices={}, now=NOW)
    batch = ImportBatchFactory(student=ana)
    of_contact = ("contact", "contact_edit", "contact_archive", "contact_restore")
    of_pair = ("contact_compare", "contact_tell_apart")
    steps = ("detail", "progress", "confirm", "discard", "undo")
    return {
        **{name: _page(name, contact.pk) for name in of_contact},
        **{name: _page(name, contact.pk, alike.pk) for name in of_pair},
        "contact_merge_undo": _page("contact_merge_undo", merge.pk),
        **{f"contact_import_{step}": _page(f"contact_import_{step}", batch.pk) for step in steps},
    }


def _prepare_pages(ana: Student) -> dict[str, Page]:
    meeting = MeetingFactory(student=ana)
    own, programmes = BankQuestionFactory(student=ana), BankQuestionFactory()
    done = AccomplishmentFactory(student=ana)
    of_meeting = ("meeting_prepare", "meeting_prepare_print", "meeting_talk")
    return {
        **{name: _page(name, meeting.pk) for name in of_meeting},
        "jottings": _page("jottings", meeting.pk, revision=0),
        **{name: _page(name, own.pk) for name in ("question_edit", "question_aside")},
        "programme_question_edit": _page("programme_question_edit", programmes.pk),
        "programme_question_aside": _page("programme_question_aside", programmes.pk),
        "accomplishment_edit": _page("accomplishment_edit", done.pk),
        "accomplishment_remove": _page("accomplishment_remove", done.pk),
    }


def _pages_after_a_talk(ana: Student) -> dict[str, Page]:
    meeting = DebriefFactory(meeting__student=ana, meeting__held=True).meeting
    FindingFactory(meeting=meeting)
    ReferralFactory(meeting=meeting)
    promise = CommitmentFactory(meeting=meeting)
    story = StoryFactory(student=ana, heard=True, shared=True)
    TellingFactory(meeting=meeting, story__student=ana)
    of_story = ("story_edit", "story_withdraw", "story_remove")
    return {
        "meeting_debrief": _page("meeting_debrief", meeting.pk),
        "referrals_undo": _page("referrals_undo", meeting.pk),
        "meeting_thank": _page("meeting_thank", meeting.pk),
        "commitment_done": _page("commitment_done", promise.pk),
        **{name: _page(name, story.pk) for name in of_story},
        "story_share": _page("story_share", StoryFactory(student=ana).pk, has_agreed="on"),
    }


def _set_up_pages(ana: Student) -> dict[str, Page]:
    agreed = MeetingFactory(student=ana)
    proposed = MeetingFactory(student=ana, proposed=True)
    new = {"stands": "agreed", "minutes": 20, "mode": "phone"}
    time: dict[str, str | int] = {"day_1": TODAY.isoformat(), "hour_1": "23:00"}
    return {
        "meeting": _page("meeting", agreed.pk),
        "meeting_new": _page("meeting_new", agreed.contact_id, **new, **time),
        "meeting_accept": _page("meeting_accept", proposed.pk, chosen="other", **time),
        "meeting_propose": _page("meeting_propose", MeetingFactory(student=ana).pk, **time),
        "meeting_move": _page("meeting_move", agreed.pk, **time),
        "meeting_edit": _page("meeting_edit", agreed.pk, minutes=20, mode="phone"),
        "meeting_cancel": _page("meeting_cancel", MeetingFactory(student=ana).pk),
    }


def _student_who_teaches(cohort: Cohort) -> User:
    """Return a counselor of the cohort who is a student elsewhere, as a doctoral student may be."""
    user = UserFactory(roles=[Role.STUDENT, Role.COUNSELOR])
    cohort.counselors.add(user)
    EnrolmentFactory(student=StudentFactory(user=user))
    return user
