"""Whoever is erased goes from the words about how they helped, wherever the erasure begins.

Erasing a contact is the business of apps that know nothing of offers. So the database itself
blanks the words as soon as a contact's row says `erased_at`, whoever wrote it: on the offers that
came through them, and on all others of that student that came through somebody whom they led to.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0005_tell_more_of_offers"),
        ("contacts", "0002_guard_introductions"),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION outcomes_forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              WITH RECURSIVE led_to AS (
                SELECT new.id
                UNION
                SELECT c.id FROM contacts_contact c JOIN led_to ON c.introduced_by_id = led_to.id
              )
              UPDATE outcomes_offer SET how_it_helped = ''
                WHERE how_it_helped <> '' AND contact_id IN (SELECT id FROM led_to);
              RETURN NULL;
            END $$;
            CREATE TRIGGER outcomes_forget_person
              AFTER UPDATE OF erased_at ON contacts_contact FOR EACH ROW
              WHEN (new.erased_at IS NOT NULL)
              EXECUTE FUNCTION outcomes_forget_person();
            """,
            """
            DROP TRIGGER outcomes_forget_person ON contacts_contact;
            DROP FUNCTION outcomes_forget_person;
            """,
        ),
    ]
