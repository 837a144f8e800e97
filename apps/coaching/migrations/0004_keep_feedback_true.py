"""What was handed in is about the student's own row, goes with an erasure, and rubrics stay.

Erasing a contact is the business of apps that know nothing of what was handed in. So the database
itself blanks the words as soon as a contact's row says `erased_at`, whoever wrote it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_begin_to_read"),
        ("contacts", "0002_guard_introductions"),
        ("meetings", "0009_begin_the_question_bank"),
    ]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE coaching_submission ADD CONSTRAINT coaching_submission_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE coaching_submission DROP CONSTRAINT coaching_submission_with_own_contact",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE coaching_submission ADD CONSTRAINT coaching_submission_with_own_meeting
              FOREIGN KEY (meeting_id, student_id) REFERENCES meetings_meeting (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE coaching_submission DROP CONSTRAINT coaching_submission_with_own_meeting",
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION coaching_forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              UPDATE coaching_submission SET content = '[]', word = '', comment = ''
                WHERE contact_id = new.id
                  OR meeting_id IN (SELECT id FROM meetings_meeting WHERE contact_id = new.id);
              RETURN NULL;
            END $$;
            CREATE TRIGGER coaching_forget_person
              AFTER UPDATE OF erased_at ON contacts_contact FOR EACH ROW
              WHEN (new.erased_at IS NOT NULL)
              EXECUTE FUNCTION coaching_forget_person();
            """,
            """
            DROP TRIGGER coaching_forget_person ON contacts_contact;
            DROP FUNCTION coaching_forget_person;
            """,
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION coaching_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE integrity_constraint_violation USING
                MESSAGE = 'violates "coaching_rubricversion_stays_as_published"',
                CONSTRAINT = 'coaching_rubricversion_stays_as_published';
            END $$;
            CREATE TRIGGER coaching_rubricversion_stays_as_published
              BEFORE UPDATE ON coaching_rubricversion FOR EACH ROW
              WHEN ((old.rubric_id, old.number, old.levels, old.criteria)
                IS DISTINCT FROM (new.rubric_id, new.number, new.levels, new.criteria))
              EXECUTE FUNCTION coaching_refuse_other_words();
            """,
            """
            DROP TRIGGER coaching_rubricversion_stays_as_published ON coaching_rubricversion;
            DROP FUNCTION coaching_refuse_other_words;
            """,
        ),
    ]
