"""Days to write again are counted in one pass over all notes, so nothing calls these any more.

The one of students goes here as well, since the other names it and has to go first.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0012_say_when_to_follow_up"),
        ("students", "0010_count_jobs_applied_for"),
    ]

    operations = [
        migrations.RunSQL(
            """
            DROP FUNCTION outreach_follow_up_on;
            DROP FUNCTION students_business_day;
            """,
            """
            CREATE FUNCTION students_business_day(since date, days integer) RETURNS date
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
            $$;
            CREATE FUNCTION outreach_follow_up_on(policy text, sent_on date) RETURNS date
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN CASE policy
              WHEN 'three_and_seven' THEN students_business_day(sent_on, 7)
              ELSE students_business_day(sent_on + 7, 0)
            END;
            """,
        ),
    ]
