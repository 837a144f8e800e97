from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_kinds_and_addresses")]

    operations = [
        migrations.AddField(
            model_name="outgoingemail",
            name="reply_to",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="Who reads answers; empty if nobody does.",
                max_length=254,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="outgoingemail", name="mail_outgoingemail_reason_is_known"
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("refused", "You do not want mails of this kind"),
                    ("no need", "There was no need for it any more"),
                    ("taken back", "What it was about has changed"),
                    ("no reader", "Its reader does not sign in here any more"),
                    ("week is full", "You had as many mails within seven days as you want"),
                ],
                db_default="",
                help_text="Why it was cancelled.",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        ["", "refused", "no need", "taken back", "no reader", "week is full"],
                    )
                ),
                name="mail_outgoingemail_reason_is_known",
                violation_error_message=(
                    "reason must be one of: refused, no need, taken back, no reader, week is full."
                ),
            ),
        ),
    ]
