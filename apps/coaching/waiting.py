"""How much waits for a word of somebody: the number beside a link that stands on every page."""

from typing import Any

from apps.accounts.models import User
from apps.common.prepared import planned_once
from apps.students.models import Cohort, institution_zone

# The rules of `for_counselor` and `waiting` once more, in one statement: building the two queries
# anew takes longer than all else of the frame. A test holds the number against the queue.
_STATEMENT = """
SELECT (
  SELECT count(*) FROM coaching_question AS question
  JOIN students_student AS student ON student.id = question.student_id
  WHERE answered_at IS NULL AND cohort_id = ANY(%(classes)s)
    AND user_id IS DISTINCT FROM %(user)s
) + (
  SELECT count(*) FROM coaching_submission AS piece
  JOIN students_student AS student ON student.id = piece.student_id
  WHERE returned_at IS NULL AND withdrawn_at IS NULL AND user_id IS DISTINCT FROM %(user)s
    AND EXISTS (
      SELECT FROM students_enrolment AS place
      JOIN students_cohort AS cohort ON cohort.id = place.cohort_id
      JOIN students_term AS term ON term.id = cohort.term_id
      CROSS JOIN LATERAL (SELECT timezone(%(zone)s, handed_in_at)::date AS on_day) AS handed_in
      WHERE place.student_id = piece.student_id AND place.cohort_id = ANY(%(classes)s)
        AND on_day BETWEEN starts_on AND closes_on
        AND (place.withdrawn_on IS NULL OR place.withdrawn_on > on_day)
    )
)
"""


def waiting_for(user: User) -> int:
    """Return how many pieces and questions wait for `user`."""
    classes = list(Cohort.objects.visible_to(user).order_by().values_list("pk", flat=True))
    if not classes:
        return 0
    with planned_once() as cursor:
        values: dict[str, Any] = {
            "classes": classes,
            "user": user.pk,
            "zone": institution_zone().key,
        }
        cursor.execute(_STATEMENT, values)
        ((count,),) = cursor.fetchall()
    return int(count)
