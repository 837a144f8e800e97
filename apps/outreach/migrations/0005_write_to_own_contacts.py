"""What is written to a contact, and how often, is of the student whose contact it is."""

from django.db import migrations

OF_STUDENT = ["draft", "touch", "cadence", "contactlink"]


def own_contact(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE outreach_{table} ADD CONSTRAINT outreach_{table}_with_own_contact
          FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
          DEFERRABLE INITIALLY DEFERRED
        """,
        f"ALTER TABLE outreach_{table} DROP CONSTRAINT outreach_{table}_with_own_contact",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0004_write_and_keep_in_touch"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [own_contact(table) for table in OF_STUDENT]
