"""An introducer is a contact of the same student, and no chain comes back to its start."""

from django.db import migrations

SAME_STUDENT = """
ALTER TABLE contacts_contact
  ADD CONSTRAINT contacts_contact_introduced_by_own_contact
  FOREIGN KEY (introduced_by_id, student_id) REFERENCES contacts_contact (id, student_id)
  DEFERRABLE INITIALLY DEFERRED
"""

# Runs at the end of the statement, when all its rows are visible. The lock makes two
# transactions that each add half of a cycle wait for one another.
NO_CYCLE = """
CREATE FUNCTION contacts_refuse_introduction_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  above bigint := NEW.introduced_by_id;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('contacts_introductions'), hashint8(NEW.student_id));
  WHILE above IS NOT NULL LOOP
    IF above = NEW.id THEN
      RAISE EXCEPTION 'introductions of contact % form a cycle', NEW.id
        USING ERRCODE = 'check_violation',
              CONSTRAINT = 'contacts_contact_introductions_have_no_cycle';
    END IF;
    SELECT introduced_by_id INTO above FROM contacts_contact WHERE id = above;
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER contacts_contact_introductions_have_no_cycle
  AFTER INSERT OR UPDATE OF introduced_by_id ON contacts_contact
  FOR EACH ROW WHEN (NEW.introduced_by_id IS NOT NULL)
  EXECUTE FUNCTION contacts_refuse_introduction_cycle()
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SAME_STUDENT,
            """
            ALTER TABLE contacts_contact
              DROP CONSTRAINT contacts_contact_introduced_by_own_contact
            """,
        ),
        migrations.RunSQL(
            NO_CYCLE,
            """
            DROP TRIGGER contacts_contact_introductions_have_no_cycle ON contacts_contact;
            DROP FUNCTION contacts_refuse_introduction_cycle()
            """,
        ),
    ]
