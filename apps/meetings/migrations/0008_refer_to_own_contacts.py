"""A referral, the meeting it was given in and the contact it became are of one student."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_tell_stories"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE meetings_meeting ADD CONSTRAINT meetings_meeting_of_student
              UNIQUE (id, student_id)
            """,
            "ALTER TABLE meetings_meeting DROP CONSTRAINT meetings_meeting_of_student",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE meetings_referral ADD CONSTRAINT meetings_referral_in_own_meeting
              FOREIGN KEY (meeting_id, student_id) REFERENCES meetings_meeting (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE meetings_referral DROP CONSTRAINT meetings_referral_in_own_meeting",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE meetings_referral ADD CONSTRAINT meetings_referral_to_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE meetings_referral DROP CONSTRAINT meetings_referral_to_own_contact",
        ),
    ]
