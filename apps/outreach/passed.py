"""What has passed between students and their contacts, gathered once for all who ask about it.

The rules about writing again and keeping in touch need the same few facts of each contact: the
latest note and whether anything followed it, the last conversation, the last word of either side.
As SQL and not as querysets: those would look the facts up anew for each row and for each place
where a rule names them, which takes thirty times as long.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from apps.common.prepared import Statement
from apps.outreach.models.touch import BY_CONTACT
from apps.students.next_steps import Students

# `asked`: the students with their zone and what their latest cohort says, if there is one.
# `history`: a row for each contact with whom anything has passed, up to `now` where it has a name
# with `last` in it.
PASSED = """
WITH moment (now) AS (VALUES (%(now)s::timestamptz)), asked AS MATERIALIZED (
  SELECT now, student.id AS student_id, coalesce(nullif(time_zone, ''), %(zone)s) AS zone,
    follow_up_policy, most_attempts, keep_in_touch_days
  FROM moment CROSS JOIN students_student AS student
  LEFT JOIN accounts_user AS account ON account.id = student.user_id
  LEFT JOIN LATERAL (
    SELECT follow_up_policy, most_attempts, keep_in_touch_days
    FROM students_enrolment AS enrolment
    JOIN students_cohort AS cohort ON cohort.id = enrolment.cohort_id
    JOIN students_term AS term ON term.id = cohort.term_id
    WHERE enrolment.student_id = student.id
    ORDER BY term.starts_on DESC, enrolment.id DESC LIMIT 1
  ) AS latest ON true
  WHERE student.id IN (%(students)s)
), notes AS (
  SELECT student_id, contact_id, array_agg(sent_at) FILTER (WHERE sent_at <= now) AS notes_sent_at,
    (array_agg(id ORDER BY sent_at DESC, id DESC) FILTER (WHERE sent_at <= now))[1] AS note_id,
    max(sent_at) FILTER (WHERE sent_at <= now) AS last_note_at,
    max(replied_at) FILTER (WHERE replied_at <= now) AS last_reply_at,
    max(replied_at) FILTER (WHERE sent_at <= now) AS replied_at,
    max(replied_at) AS ever_replied_at,
    (array_agg(reply ORDER BY replied_at DESC NULLS LAST, id DESC))[1] AS reply
  FROM asked JOIN outreach_attempt USING (student_id) GROUP BY student_id, contact_id
), talks AS (
  SELECT student_id, contact_id, max(starts_at) FILTER (WHERE status <> 'proposed') AS set_at,
    max(starts_at) FILTER (WHERE status = 'held') AS held_at,
    max(starts_at) FILTER (WHERE status = 'held' AND starts_at <= now) AS last_talk_at,
    max(thank_you_sent_at)
      FILTER (WHERE status = 'held' AND thank_you_sent_at <= now) AS last_thanks_at,
    bool_or(status IN ('scheduled', 'proposed')) AS is_ahead
  FROM asked JOIN meetings_meeting USING (student_id) GROUP BY student_id, contact_id
), touches AS (
  SELECT student_id, contact_id,
    max(happened_at) FILTER (WHERE kind NOT IN {by_contact}) AS last_touch_of_student_at,
    max(happened_at) FILTER (WHERE kind IN {by_contact}) AS last_touch_of_contact_at
  FROM asked JOIN outreach_touch USING (student_id)
  WHERE happened_at <= now GROUP BY student_id, contact_id
), history AS (
  SELECT student_id, contact_id, note_id, notes_sent_at, last_note_at, replied_at, ever_replied_at,
    set_at, held_at, coalesce(is_ahead, false) AS is_ahead,
    greatest(last_note_at, last_thanks_at, last_touch_of_student_at) AS last_own_note_at,
    greatest(last_reply_at, last_talk_at, last_touch_of_contact_at) AS last_word_at,
    coalesce(last_reply_at, held_at, last_touch_of_student_at, last_touch_of_contact_at)
      IS NOT NULL AND (reply IS DISTINCT FROM 'no' OR held_at IS NOT NULL) AS is_in_touch
  FROM notes FULL JOIN talks USING (student_id, contact_id)
    FULL JOIN touches USING (student_id, contact_id)
)""".replace("{by_contact}", str(tuple(kind.value for kind in BY_CONTACT)))


# Of a row about a contact, if they neither rest nor were erased. OFFSET 0: look these few up one by
# one, instead of reading the whole list to find them.
REACHABLE = """
CROSS JOIN LATERAL (
  SELECT name, organization FROM contacts_contact
  WHERE id = contact_id AND archived_at IS NULL AND erased_at IS NULL OFFSET 0
) AS contact
"""


def statement(text: str, *, students: Students, now: datetime, **values: Any) -> Statement:
    """Return a statement that goes on after `PASSED`."""
    return Statement.of(
        PASSED + text,
        students=_keys(students),
        now=now,
        zone=settings.INSTITUTION_TIME_ZONE,
        **values,
    )


def _keys(students: Students) -> Statement:
    if isinstance(students, list):
        return Statement(", ".join(["%s"] * len(students)) or "NULL", tuple(students))
    keys = Statement.of_rows(students.order_by().values_list("pk"))
    return keys or Statement("NULL")
