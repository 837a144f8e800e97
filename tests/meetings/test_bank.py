import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.meetings.models import BankQuestion
from tests.meetings.factories import BankQuestionFactory, PlannedQuestionFactory
from tests.students.factories import AccomplishmentFactory

pytestmark = pytest.mark.django_db

NEW = {"text": "What would you  change?", "group": "what_it_is_like"}


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestStudent:
    def test_adds_a_question_of_their_own(self, ana_client, ana):
        assert ana_client.post("/questions/", NEW).url == "/questions/"
        question = BankQuestion.objects.get(student=ana)
        assert (question.text, question.group) == ("What would you change?", "what_it_is_like")
        assert question.written_by == ana.user

    def test_reads_the_programmes_below_their_own(self, ana_client, ana, ben):
        BankQuestionFactory(student=ana, text="Mine?")
        BankQuestionFactory(text="The programme's?")
        BankQuestionFactory(text="Laid aside by them?", is_retired=True)
        BankQuestionFactory(student=ben, text="Somebody else's?")
        text = text_of(ana_client.get("/questions/"))
        assert text.index("Mine?") < text.index("The programme&#x27;s?")
        assert "Laid aside by them?" not in text
        assert "Somebody else" not in text

    def test_edits_lays_aside_and_takes_up_again(self, ana_client, ana):
        question = BankQuestionFactory(student=ana)
        ana_client.post(f"/questions/{question.pk}/", {**NEW, "text": "Better?"})
        ana_client.post(f"/questions/{question.pk}/aside/")
        question.refresh_from_db()
        assert (question.text, question.is_retired) == ("Better?", True)
        assert "Take up again" in text_of(ana_client.get("/questions/"))
        ana_client.post(f"/questions/{question.pk}/aside/", {"again": "1"})
        question.refresh_from_db()
        assert not question.is_retired

    def test_leaves_sheets_as_they_are(self, ana_client, ana):
        question = BankQuestionFactory(student=ana, text="Before?")
        planned = PlannedQuestionFactory(bank_question=question, text="Before?")
        ana_client.post(f"/questions/{question.pk}/", {**NEW, "text": "After?"})
        planned.refresh_from_db()
        assert planned.text == "Before?"

    @pytest.mark.parametrize(("is_retired", "words"), [(False, "in the bank"), (True, "up again")])
    def test_refuses_a_question_twice(self, ana_client, ana, is_retired, words):
        BankQuestionFactory(student=ana, text="What would you change?", is_retired=is_retired)
        assert words in text_of(ana_client.post("/questions/", NEW))
        assert BankQuestion.objects.filter(student=ana).count() == 1

    def test_may_have_a_question_of_the_programme_as_their_own(self, ana_client, ana):
        BankQuestionFactory(text="What would you change?")
        ana_client.post("/questions/", NEW)
        assert BankQuestion.objects.filter(student=ana).exists()

    def test_cannot_touch_the_programmes_or_others(self, ana_client, ben):
        for question in (BankQuestionFactory(), BankQuestionFactory(student=ben)):
            assert ana_client.post(f"/questions/{question.pk}/", NEW).status_code == 404
            assert ana_client.post(f"/questions/{question.pk}/aside/").status_code == 404


@pytest.mark.parametrize("address", ["/questions/", "/accomplishments/"])
def test_asks_the_database_as_often_whatever_there_is(ana_client, ana, address):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert ana_client.get(address).status_code == 200
        return len(asked)

    BankQuestionFactory(student=ana)
    AccomplishmentFactory(student=ana)
    ana_client.get(address)
    few = queries()
    BankQuestionFactory.create_batch(20, student=ana)
    AccomplishmentFactory.create_batch(20, student=ana)
    assert queries() == few


class TestKeepers:
    @pytest.mark.parametrize("who", ["counselor_client", "administrator_client"])
    def test_keep_the_programmes_questions(self, request, who):
        client = request.getfixturevalue(who)
        assert client.post("/questions/programme/", NEW).url == "/questions/programme/"
        question = BankQuestion.objects.get(text="What would you change?", student=None)
        address = f"/questions/programme/{question.pk}/"
        client.post(address, {**NEW, "text": "Better?"})
        client.post(f"{address}aside/")
        question.refresh_from_db()
        assert (question.text, question.is_retired) == ("Better?", True)
        client.post(f"{address}aside/", {"again": "1"})
        question.refresh_from_db()
        assert not question.is_retired

    def test_see_no_question_of_a_student(self, counselor_client, ana):
        own = BankQuestionFactory(student=ana, text="Only mine?")
        assert "Only mine?" not in text_of(counselor_client.get("/questions/programme/"))
        answer = counselor_client.post(f"/questions/programme/{own.pk}/", NEW)
        assert answer.status_code == 404

    def test_refuse_a_question_twice(self, counselor_client):
        BankQuestionFactory(text="What would you change?")
        assert "in the bank already" in text_of(counselor_client.post("/questions/programme/", NEW))
