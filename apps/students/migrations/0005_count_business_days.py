"""The business day so many business days after a date, for queries that ask for many at once.

It says what `apps.common.business_days.business_day` says, as long as no month and more passes
without a business day; then it counts plain days.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("students", "0004_set_how_to_follow_up")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION students_business_day(since date, days integer) RETURNS date
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN coalesce(
              (SELECT candidate::date
               FROM generate_series(since + least(days, 1), since + days * 3 + 30, '1 day')
                 AS candidate
               WHERE extract(isodow FROM candidate) < 6
                 AND candidate::date NOT IN (SELECT holiday.day FROM students_holiday AS holiday)
               ORDER BY candidate OFFSET greatest(days, 1) - 1 LIMIT 1),
              since + days
            )
            """,
            "DROP FUNCTION students_business_day",
        ),
    ]
