"""Which of two templates of a kind is suggested for whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0008_begin_with_templates")]

    operations = [
        migrations.AddField(
            "notetemplate",
            "for_whom",
            models.CharField(
                max_length=20,
                choices=[
                    ("known", "People they know"),
                    ("stranger", "People they have never met"),
                ],
                blank=True,
                default="",
                db_default="",
            ),
        ),
        migrations.AddConstraint(
            "notetemplate",
            models.CheckConstraint(
                condition=models.Q(for_whom__in=["", "known", "stranger"]),
                name="outreach_notetemplate_for_whom_is_known",
                violation_error_message="for_whom must be one of: known, stranger.",
            ),
        ),
    ]
