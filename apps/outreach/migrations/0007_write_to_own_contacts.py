"""What is written to a contact, and how often, is of the student whose contact it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0006_answer_by_link"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE outreach_draft ADD CONSTRAINT outreach_draft_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outreach_draft DROP CONSTRAINT outreach_draft_with_own_contact",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE outreach_touch ADD CONSTRAINT outreach_touch_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outreach_touch DROP CONSTRAINT outreach_touch_with_own_contact",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE outreach_cadence ADD CONSTRAINT outreach_cadence_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outreach_cadence DROP CONSTRAINT outreach_cadence_with_own_contact",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE outreach_contactlink ADD CONSTRAINT outreach_contactlink_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outreach_contactlink DROP CONSTRAINT outreach_contactlink_with_own_contact",
        ),
    ]
