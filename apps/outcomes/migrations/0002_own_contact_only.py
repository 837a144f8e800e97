"""An offer belongs to the student whose contact it names: the pair is one foreign key."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0001_initial"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE outcomes_offer ADD CONSTRAINT outcomes_offer_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outcomes_offer DROP CONSTRAINT outcomes_offer_with_own_contact",
        ),
    ]
