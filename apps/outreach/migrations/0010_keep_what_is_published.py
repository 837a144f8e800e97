"""The words of a template's version stay as they were published: reply rates are counted by it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outreach", "0009_suit_templates_to_people")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION outreach_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE integrity_constraint_violation USING
                MESSAGE = 'violates "outreach_templateversion_stays_as_published"',
                CONSTRAINT = 'outreach_templateversion_stays_as_published';
            END $$;
            CREATE TRIGGER outreach_templateversion_stays_as_published
              BEFORE UPDATE ON outreach_templateversion FOR EACH ROW
              WHEN ((old.template_id, old.number, old.subject, old.slots)
                IS DISTINCT FROM (new.template_id, new.number, new.subject, new.slots))
              EXECUTE FUNCTION outreach_refuse_other_words();
            """,
            """
            DROP TRIGGER outreach_templateversion_stays_as_published ON outreach_templateversion;
            DROP FUNCTION outreach_refuse_other_words;
            """,
        ),
    ]
