"""A question carries the page it came up on, in words that name nobody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from apps.accounts.models import User
from apps.coaching.actions.questions import AnsweredAlready, answer, ask
from apps.coaching.asking import ELSEWHERE, PAGES, PageAskedFrom, class_to_ask
from apps.coaching.models import Question
from apps.mail.conditions import is_still_wanted
from apps.mail.models import OutgoingEmail
from apps.reminders.next_steps import next_steps_of
from apps.students.models import Cohort, Student
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.coaching.factories import QuestionFactory
from tests.constraints import refused_by
from tests.contacts.factories import ContactFactory
from tests.guards.pages import url_patterns
from tests.students.factories import EnrolmentFactory, StudentFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "path", "words"),
    [
        ("/contacts/7/write/?kind=first_note#x", "/contacts/7/write/", "Writing a note"),
        ("/today/", "/today/", "Today"),
        ("/account/", "/account/", ELSEWHERE),
        ("/no/such/page/", "", ""),
        ("https://evil.example/today/", "", ""),
        ("//evil.example/today/", "", ""),
        ("/\\evil.example/", "", ""),
        ("javascript:alert(1)", "", ""),
        ("today/", "", ""),
        ("/today/\n", "", ""),
        ("/contacts/" + "7" * 200 + "/", "", ""),
        ("", "", ""),
    ],
)
def test_only_pages_of_ours_go_along(address: str, path: str, words: str) -> None:
    assert PageAskedFrom.of(address) == PageAskedFrom(path, words)


def test_every_page_with_words_is_there() -> None:
    assert set(PAGES) <= set(url_patterns())
    assert get_resolver()


def test_every_page_of_a_student_leads_to_the_question(ana_client: Client) -> None:
    page = ana_client.get("/contacts/").content.decode()
    assert 'href="/ask/?from=%2Fcontacts%2F"' in page


def test_counselors_have_nobody_to_ask(counselor_client: Client) -> None:
    assert "Ask my counselor" not in counselor_client.get("/classes/").content.decode()


def test_a_question_goes_to_the_class_with_its_page(
    ana: Student, ana_client: Client, cohort: Cohort, counselor: User, counselor_client: Client
) -> None:
    contact = ContactFactory(student=ana, name="Wen Li")
    path = f"/contacts/{contact.pk}/write/"
    page = ana_client.get("/ask/", {"from": path}).content.decode()
    assert "Writing a note" in page
    assert counselor.name in page
    ana_client.post("/ask/", {"text": "How long may it be?", "page": path})
    row = Question.objects.get()
    assert (row.cohort, row.page, row.about) == (cohort, path, "Writing a note")

    page = counselor_client.get(f"/feedback/questions/{row.pk}/").content.decode()
    assert "How long may it be?" in page
    assert "Writing a note" in page
    assert "Wen Li" not in page
    counselor_client.post(f"/feedback/questions/{row.pk}/", {"answer": "As long as a text."})

    [step] = [step for step in next_steps_of(ana, NOW) if step.kind == "read_answer"]
    assert (step.kind, step.subject, step.contact) == ("read_answer", row.pk, None)
    assert "Read the answer" in ana_client.get("/today/").content.decode()
    page = ana_client.get("/ask/").content.decode()
    assert "As long as a text." in page
    assert f'href="{path}"' in page
    ana_client.post(f"/ask/{row.pk}/seen/")
    assert "read_answer" not in {step.kind for step in next_steps_of(ana, NOW)}


def test_a_page_of_others_is_dropped_from_a_form_too(ana_client: Client) -> None:
    ana_client.post("/ask/", {"text": "Hm?", "page": "https://evil.example/"})
    assert Question.objects.get().page == ""


def test_an_empty_question_is_none(ana_client: Client, counselor_client: Client) -> None:
    assert ana_client.post("/ask/", {"text": " "}).status_code == 200
    assert not Question.objects.exists()


def test_a_button_pressed_twice_asks_once(ana: Student, cohort: Cohort) -> None:
    first = ask(student=ana, cohort=cohort, text="Hm?", now=ago(minutes=1))
    assert ask(student=ana, cohort=cohort, text="Hm?", now=NOW) == first


def test_between_terms_nobody_is_asked(sign_in: Callable[[User], Client]) -> None:
    student = EnrolmentFactory(
        cohort__term=TermFactory(finished=True),
        enrolled_on=TODAY.replace(month=1, day=20),
        student=StudentFactory(with_account=True),
    ).student
    assert class_to_ask(student, NOW) is None
    client = sign_in(student.user)
    assert "between terms" in client.get("/ask/").content.decode()
    assert client.post("/ask/", {"text": "Hm?"}).status_code == 200
    assert not Question.objects.exists()


def test_of_two_answers_the_first_stands(
    ana: Student, cohort: Cohort, counselor: User, counselor_client: Client
) -> None:
    row = QuestionFactory(student=ana, cohort=cohort)
    answer(question=row, text="Short.", by=UserFactory(counselor=True), now=NOW)
    with pytest.raises(AnsweredAlready):
        answer(question=row, text="Long.", by=counselor, now=NOW)
    late = counselor_client.post(f"/feedback/questions/{row.pk}/", {"answer": "Long."})
    assert late.status_code == 409
    page = late.content.decode()
    assert "has answered meanwhile" in page
    assert "Short." in page
    assert "Long." in page


def test_a_mail_tells_of_the_answer(ana: Student, cohort: Cohort, counselor: User) -> None:
    row = QuestionFactory(student=ana, cohort=cohort)
    answer(question=row, text="Short.", by=counselor, now=NOW)
    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.subject) == ("question_answered", "Your question is answered")
    assert f"/ask/#question-{row.pk}" in mail.text_body
    assert f"/ask/#question-{row.pk}" in mail.html_body
    assert "Short." not in mail.text_body + mail.html_body
    assert is_still_wanted(mail)
    Question.objects.update(seen_at=NOW)
    assert not is_still_wanted(mail)


def test_a_student_without_account_gets_no_mail(cohort: Cohort, counselor: User) -> None:
    answer(question=QuestionFactory(cohort=cohort), text="Yes.", by=counselor, now=NOW)
    assert not OutgoingEmail.objects.exists()


def test_an_answer_has_its_words_and_its_time() -> None:
    with refused_by("coaching_question_answered_or_not"):
        QuestionFactory(answer="Yes.")
    with refused_by("coaching_question_seen_once_answered"):
        QuestionFactory(seen_at=NOW)
