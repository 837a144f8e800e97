"""The same business day, counted by a function that keeps its plan from call to call.

Queries ask for it once or twice a note, and a function in SQL is planned anew each time.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("students", "0005_count_business_days")]

    operations = [
        migrations.RunSQL(
            """
            CREATE OR REPLACE FUNCTION students_business_day(since date, days integer) RETURNS date
            LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
            DECLARE
              candidate date := since + least(days, 1);
              to_come integer := greatest(days, 1);
            BEGIN
              FOR tried IN 0 .. days * 3 + 30 LOOP
                IF extract(isodow FROM candidate) < 6 AND NOT EXISTS (
                  SELECT FROM students_holiday AS holiday WHERE holiday.day = candidate
                ) THEN
                  to_come := to_come - 1;
                  IF to_come = 0 THEN
                    RETURN candidate;
                  END IF;
                END IF;
                candidate := candidate + 1;
              END LOOP;
              RETURN since + days;
            END
            $$
            """,
            migrations.RunSQL.noop,
        ),
    ]
