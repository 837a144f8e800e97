"""A meeting belongs to the student whose contact it names: the pair is one foreign key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE meetings_meeting ADD CONSTRAINT meetings_meeting_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE meetings_meeting DROP CONSTRAINT meetings_meeting_with_own_contact",
        ),
    ]
