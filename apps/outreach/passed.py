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

# The students with their zone and what their latest cohort says, if there is one.
_ASKED = """
WITH moment (now) AS (VALUES (%(now)s::timestamptz)), asked AS MATERIALIZED (
  SELECT now, student.id AS student_id, coalesce(nullif(time_zone, ''), %(zone)s) AS zone,
    follow_up_policy, most_attempts, keep_in_touch_days
  FROM moment CROSS JOIN students_student AS student
  LEFT JOIN accounts_user AS account ON account.id = student.user_id
  LEFT JOIN (
    SELECT DISTINCT ON (student_id)
      student_id, follow_up_policy, most_attempts, keep_in_touch_days
    FROM students_enrolment AS enrolment
    JOIN students_cohort AS cohort ON cohort.id = enrolment.cohort_id
    JOIN students_term AS term ON term.id = cohort.term_id
    WHERE student_id IN (%(students)s)
    ORDER BY student_id, term.starts_on DESC, enrolment.id DESC
  ) AS latest ON latest.student_id = student.id
  WHERE student.id IN (%(students)s)
)"""
# A row for each contact with whom anything has passed, up to `now` where it has a name with `last`
# in it. One hash of all that ever passed: sorting the notes of each contact took longer than all
# else, so what only the few need that wait for a reply is looked up for these.
_HISTORY = """
, events (student_id, contact_id, sent_at, answered_at, replied_at, ever_replied_at, said_no,
    set_at, held_at, talked_at, thanked_at, is_ahead, touched_by_student_at, touched_by_contact_at
) AS (
  SELECT student_id, contact_id, CASE WHEN sent_at <= now THEN sent_at END,
    CASE WHEN replied_at <= now THEN replied_at END, CASE WHEN sent_at <= now THEN replied_at END,
    replied_at, reply = 'no', {no_time}, {no_time}, {no_time}, {no_time}, NULL::boolean,
    {no_time}, {no_time}
  FROM {asked} JOIN outreach_attempt USING ({keys})
  UNION ALL SELECT student_id, contact_id, NULL, NULL, NULL, NULL, NULL,
    CASE WHEN status <> 'proposed' THEN starts_at END, CASE WHEN status = 'held' THEN starts_at END,
    CASE WHEN status = 'held' AND starts_at <= now THEN starts_at END,
    CASE WHEN status = 'held' AND thank_you_sent_at <= now THEN thank_you_sent_at END,
    status IN ('scheduled', 'proposed'), NULL, NULL
  FROM {asked} JOIN meetings_meeting USING ({keys})
  UNION ALL SELECT student_id, contact_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, CASE WHEN kind NOT IN {by_contact} THEN happened_at END,
    CASE WHEN kind IN {by_contact} THEN happened_at END
  FROM {asked} JOIN outreach_touch USING ({keys}) WHERE happened_at <= now
), passed AS (
  SELECT student_id, contact_id, max(sent_at) AS last_note_at, max(answered_at) AS last_reply_at,
    max(replied_at) AS replied_at, max(ever_replied_at) AS ever_replied_at,
    bool_or(said_no) AS ever_said_no, max(set_at) AS set_at, max(held_at) AS held_at,
    max(talked_at) AS last_talk_at, max(thanked_at) AS last_thanks_at,
    bool_or(is_ahead) AS is_ahead, max(touched_by_student_at) AS last_touch_of_student_at,
    max(touched_by_contact_at) AS last_touch_of_contact_at
  FROM events GROUP BY student_id, contact_id
), history AS (
  SELECT student_id, contact_id, last_note_at, replied_at, ever_replied_at, set_at, held_at,
    coalesce(is_ahead, false) AS is_ahead,
    greatest(last_note_at, last_thanks_at, last_touch_of_student_at) AS last_own_note_at,
    greatest(last_reply_at, last_talk_at, last_touch_of_contact_at) AS last_word_at,
    coalesce(last_reply_at, held_at, last_touch_of_student_at, last_touch_of_contact_at)
      IS NOT NULL AND CASE WHEN ever_said_no AND held_at IS NULL THEN (
        SELECT reply FROM outreach_attempt AS note WHERE note.contact_id = passed.contact_id
        ORDER BY note.replied_at DESC NULLS LAST, id DESC LIMIT 1
      ) <> 'no' ELSE true END AS is_in_touch
  FROM passed
)""".replace("{by_contact}", str(tuple(kind.value for kind in BY_CONTACT))).replace(
    "{no_time}", "NULL::timestamptz"
)
_OF_ALL = _HISTORY.replace("{asked}", "asked").replace("{keys}", "student_id")
_OF_SOME = _HISTORY.replace("{asked}", "among").replace("{keys}", "student_id, contact_id")


# Of a row about a contact, if they neither rest nor were erased. OFFSET 0: look these few up one by
# one, instead of reading the whole list to find them.
REACHABLE = """
CROSS JOIN LATERAL (
  SELECT name, organization FROM contacts_contact
  WHERE id = contact_id AND archived_at IS NULL AND erased_at IS NULL OFFSET 0
) AS contact
"""


def statement(
    text: str, *, students: Students, now: datetime, among: str = "", **values: Any
) -> Statement:
    """Return a statement that goes on after `asked`, the students, and `history`, their contacts.

    `among` asks for the contacts (`now, student_id, contact_id`) of whom a history is wanted; it
    may name `asked`. Gathering is what takes long, so it pays to say so where few can matter.
    """
    history = f", among AS ({among}) {_OF_SOME}" if among else _OF_ALL
    return Statement.of(
        f"{_ASKED} {history} {text}",
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
