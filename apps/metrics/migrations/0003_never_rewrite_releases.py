"""What was published stays: rows and files of a release are never changed or deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("metrics", "0002_freeze_reports")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION metrics_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE integrity_constraint_violation USING
                MESSAGE = 'violates "metrics_release_stays_as_published"',
                CONSTRAINT = 'metrics_release_stays_as_published';
            END $$;
            CREATE TRIGGER metrics_release_stays_as_published
              BEFORE UPDATE ON metrics_release FOR EACH ROW
              WHEN (
                to_jsonb(old) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
                  IS DISTINCT FROM
                to_jsonb(new) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
                OR old.withdrawn_at IS NOT NULL
              )
              EXECUTE FUNCTION metrics_refuse_rewriting();
            CREATE TRIGGER metrics_release_is_never_deleted
              BEFORE DELETE ON metrics_release FOR EACH ROW
              EXECUTE FUNCTION metrics_refuse_rewriting();
            CREATE TRIGGER metrics_releasefile_stays_as_published
              BEFORE UPDATE OR DELETE ON metrics_releasefile FOR EACH ROW
              EXECUTE FUNCTION metrics_refuse_rewriting();
            """,
            """
            DROP TRIGGER metrics_releasefile_stays_as_published ON metrics_releasefile;
            DROP TRIGGER metrics_release_is_never_deleted ON metrics_release;
            DROP TRIGGER metrics_release_stays_as_published ON metrics_release;
            DROP FUNCTION metrics_refuse_rewriting;
            """,
        ),
    ]
