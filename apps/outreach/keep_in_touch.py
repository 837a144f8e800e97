"""When to let somebody hear from the student again: the last real touch plus a cadence.

A touch is what really passed between the two: a note or its answer, a conversation, a thank-you,
news. Editing, tagging or reading about somebody is none, so it moves nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models.query import RawQuerySet

from apps.contacts.models import Contact
from apps.outreach.passed import statement
from apps.students.next_steps import Students

DEFAULT_DAYS = 90
"""Every few months, as people who keep a network warm do, where no cohort says otherwise."""

TOO_SOON = timedelta(days=21)
"""Within three weeks of their own last note, if nothing came back, more may be too much."""

# The contacts with whom something has passed both ways, resting ones left out, and whoever is not
# to be written to any more by the student's own choice. The cadence is the contact's own, the
# shortest of their tags', or the cohort's. `write_on` lasts from `opens_at` to `closes_at`.
IN_TOUCH = f"""
, in_touch AS (
  SELECT asked.*, contact_id, is_ahead, last_own_note_at, last_word_at, own.days AS own_days,
    greatest(last_own_note_at, last_word_at) AS last_touch_at,
    coalesce(own.days, CASE WHEN has_tags THEN (
      SELECT min(days) FROM outreach_cadence AS cadence
      JOIN contacts_contact AS contact ON contact.id = history.contact_id
      WHERE cadence.student_id = asked.student_id AND tag = ANY(contact.tags)
    ) END, keep_in_touch_days, {DEFAULT_DAYS}) AS cadence_days
  FROM asked JOIN history USING (student_id)
    LEFT JOIN outreach_cadence AS own USING (contact_id)
    LEFT JOIN (
      SELECT DISTINCT student_id, true AS has_tags FROM asked
      JOIN outreach_cadence USING (student_id) WHERE tag <> ''
    ) AS tagged ON tagged.student_id = asked.student_id
  WHERE is_in_touch AND NOT (own.id IS NOT NULL AND own.days IS NULL)
), to_keep AS (
  SELECT in_touch.*, write_on, timezone(zone, write_on::timestamp) AS opens_at,
    timezone(zone, (write_on + 1)::timestamp) AS closes_at
  FROM in_touch,
    LATERAL (SELECT timezone(zone, last_touch_at)::date + cadence_days) AS on_day (write_on)
)
"""
# The second condition says nothing that the third does not, but takes no look at a clock.
IS_DUE = """
  NOT is_ahead AND last_touch_at < now - (cadence_days - 2) * interval '1 day' AND opens_at <= now
"""

# The contacts of whom one may be due: something passed so long ago. By an index, for each student.
MAY_BE_DUE = f"""
SELECT now, student_id, contact_id FROM asked CROSS JOIN LATERAL (
  SELECT now - (least(coalesce(keep_in_touch_days, {DEFAULT_DAYS}), min(days)) - 2)
    * interval '1 day' AS long_ago
  FROM outreach_cadence AS cadence WHERE cadence.student_id = asked.student_id
) AS shortest CROSS JOIN LATERAL (
  SELECT contact_id FROM outreach_attempt AS note
  WHERE note.student_id = asked.student_id AND sent_at < long_ago
  UNION ALL SELECT contact_id FROM meetings_meeting AS meeting
  WHERE meeting.student_id = asked.student_id AND starts_at < long_ago AND status = 'held'
  UNION ALL SELECT contact_id FROM outreach_touch AS touch
  WHERE touch.student_id = asked.student_id AND happened_at < long_ago
  OFFSET 0
) AS passed
"""


def in_touch(students: Students, now: datetime, where: str = "TRUE", **values: Any) -> RawQuerySet:
    """Return the contacts with whom something has passed both ways, resting ones left out.

    Annotated: `last_touch_at`, `cadence_days` and the day on which to write again
    (`write_on`), with the moments at which it begins and ends for the student. Whoever is not to
    be written to any more, by the student's own choice, is left out.
    """
    rows = statement(
        f"{IN_TOUCH} SELECT contact.*, last_touch_at, last_own_note_at, last_word_at, own_days, "
        "cadence_days, write_on, opens_at, closes_at, is_ahead "
        "FROM to_keep JOIN contacts_contact AS contact ON contact.id = contact_id "
        f"WHERE archived_at IS NULL AND erased_at IS NULL AND {where} "
        "ORDER BY write_on, contact_id",
        students=students,
        now=now,
        **values,
    )
    return Contact.objects.raw(rows.text, rows.values)


def due(students: Students, now: datetime) -> RawQuerySet:
    """Return those to whom it is time to write, unless a conversation is ahead anyway."""
    return in_touch(students, now, IS_DUE)


def last_touches(
    contacts: Collection[int], students: Students, now: datetime
) -> dict[int, datetime]:
    """Return when something passed last with each of these contacts, if anything has."""
    rows = statement(
        " SELECT contact_id, greatest(last_own_note_at, last_word_at) FROM history "
        "WHERE contact_id = ANY(%(contacts)s)",
        students=students,
        now=now,
        contacts=list(contacts),
    )
    return {contact: moment for contact, moment in rows if moment}
