"""The day to write again and the number of notes by policy, each worked out once for a row.

They say what `apps.outreach.follow_up` says in Python.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0011_suit_first_templates"),
        ("students", "0006_count_business_days_sooner"),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION outreach_follow_up_on(policy text, sent_on date) RETURNS date
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN CASE policy
              WHEN 'three_and_seven' THEN students_business_day(sent_on, 7)
              ELSE students_business_day(sent_on + 7, 0)
            END
            """,
            "DROP FUNCTION outreach_follow_up_on",
        ),
    ]
