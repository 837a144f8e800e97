"""Of what is said of a graduate and term one row is primary: never two, and never none.

Two are refused at once, by a unique constraint. None is refused at the commit, since the rows
change one after the other.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0007_know_first_destinations")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION outcomes_refuse_no_primary() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF EXISTS (
                SELECT FROM outcomes_firstdestination d
                WHERE (d.student_id, d.term_id) IN (
                  (old.student_id, old.term_id), (new.student_id, new.term_id)
                )
                GROUP BY d.student_id, d.term_id HAVING NOT bool_or(d.is_primary)
              ) THEN
                RAISE check_violation USING
                  MESSAGE = 'violates "outcomes_firstdestination_has_a_primary"',
                  CONSTRAINT = 'outcomes_firstdestination_has_a_primary';
              END IF;
              RETURN NULL;
            END $$;
            CREATE CONSTRAINT
              TRIGGER outcomes_firstdestination_has_a_primary
              AFTER INSERT OR UPDATE OR DELETE ON outcomes_firstdestination
              DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
              EXECUTE FUNCTION outcomes_refuse_no_primary();
            """,
            """
            DROP TRIGGER outcomes_firstdestination_has_a_primary ON outcomes_firstdestination;
            DROP FUNCTION outcomes_refuse_no_primary;
            """,
        ),
    ]
