"""Every account has its row for the planner, and a change that moves its hours asks for a look."""

from django.db import migrations

# The epoch stands for "at once": it is due by any clock.
FILL = """
INSERT INTO reminders_look (user_id, next_at) SELECT id, 'epoch' FROM accounts_user
ON CONFLICT DO NOTHING
"""

FOLLOW = """
CREATE FUNCTION reminders_look_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reminders_look (user_id, next_at) VALUES (NEW.id, 'epoch')
    ON CONFLICT (user_id) DO UPDATE SET next_at = 'epoch';
  RETURN NULL;
END
$$;
CREATE TRIGGER reminders_look_at_a_new_account
  AFTER INSERT ON accounts_user
  FOR EACH ROW EXECUTE FUNCTION reminders_look_again();
CREATE TRIGGER reminders_look_again_at_a_changed_account
  AFTER UPDATE OF time_zone, roles, is_active ON accounts_user
  FOR EACH ROW WHEN (
    (OLD.time_zone, OLD.roles, OLD.is_active)
    IS DISTINCT FROM (NEW.time_zone, NEW.roles, NEW.is_active)
  )
  EXECUTE FUNCTION reminders_look_again()
"""


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FOLLOW,
            """
            DROP TRIGGER reminders_look_again_at_a_changed_account ON accounts_user;
            DROP TRIGGER reminders_look_at_a_new_account ON accounts_user;
            DROP FUNCTION reminders_look_again()
            """,
        ),
        migrations.RunSQL(FILL, "DELETE FROM reminders_look"),
    ]
