"""The number beside the link says what the queue says, whoever asks."""

from datetime import timedelta

import pytest

from apps.coaching.queue import Queue
from apps.coaching.waiting import waiting_for
from tests.accounts.factories import UserFactory
from tests.clock import NOW, TODAY, ago
from tests.coaching.factories import QuestionFactory, SubmissionFactory
from tests.students.factories import (
    CohortFactory,
    EnrolmentFactory,
    SubstitutionFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def test_counts_what_the_queue_lists_for_everybody(
    now, cohort, ana, ben, counselor, other_counselor, administrator
):
    earlier = CohortFactory(term=TermFactory(finished=True), counselors=[counselor])
    old = EnrolmentFactory(cohort=earlier).student
    gone = EnrolmentFactory(cohort=cohort, withdrawn=True).student
    for student in (ana, ben, old, gone):
        SubmissionFactory(student=student, handed_in_at=ago(days=2))
        SubmissionFactory(student=student, returned=True)
        SubmissionFactory(student=student, handed_in_at=ago(days=1), withdrawn_at=NOW)
        SubmissionFactory(student=student, handed_in_at=ago(days=9))
        QuestionFactory(student=student, cohort=student.enrolments.get().cohort)
        QuestionFactory(student=student, cohort=student.enrolments.get().cohort, answered=True)
    teaches_herself = ana.user
    teaches_herself.roles = ["student", "counselor"]
    teaches_herself.save()
    cohort.counselors.add(teaches_herself)
    substitute, late = UserFactory(counselor=True), UserFactory(counselor=True)
    SubstitutionFactory(cohort=cohort, user=substitute)
    tomorrow = TODAY + timedelta(days=1)
    SubstitutionFactory(cohort=cohort, user=late, starts_on=tomorrow, ends_on=tomorrow)
    people = [counselor, other_counselor, administrator, ana.user, substitute, late, ben.user]
    counts = [waiting_for(user) for user in people]
    assert counts == [Queue.of(user, now=NOW).total for user in people]
    assert counts[-2:] == [0, 0]
    assert min(counts[:5]) > 0


def test_asks_twice_at_most(counselor, cohort, ana, django_assert_num_queries):
    SubmissionFactory(student=ana)
    with django_assert_num_queries(2):
        assert waiting_for(counselor) == 1
