"""All conversations as one CSV file, written by PostgreSQL as it reads them."""

from collections.abc import Iterator

from django.db import connection

COLUMNS = (
    *("student_id", "contact_id", "starts_at", "minutes", "status", "mode", "practice", "ready"),
    "thanked_at",
)

# Ids and moments as in the workbook. No column holds words that somebody typed, but for the ids:
# what a spreadsheet would take for a formula gets an apostrophe in front.
_STATEMENT = """
COPY (
  SELECT {student} AS student_id, {contact} AS contact_id,
    to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS starts_at,
    minutes, status, mode, is_practice AS practice, is_ready AS ready,
    to_char(thank_you_sent_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS thanked_at
  FROM meetings_meeting AS meeting
  JOIN students_student AS student ON student.id = meeting.student_id
  JOIN contacts_contact AS contact ON contact.id = meeting.contact_id
) TO STDOUT WITH (FORMAT csv, HEADER, ENCODING 'UTF8')
"""
_SAFE = "CASE WHEN {id} ~ '^[-=+@\\t\\r]' THEN '''' || {id} ELSE {id} END"


def meetings_csv() -> Iterator[bytes]:
    """Yield the file bit by bit, so that it never is in memory as a whole."""
    known_as = "coalesce(nullif(contact.external_id, ''), '#' || contact.id)"
    statement = _STATEMENT.format(
        student=_SAFE.format(id="student.student_id"), contact=_SAFE.format(id=known_as)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            yield bytes(block)
