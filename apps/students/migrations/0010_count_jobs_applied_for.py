import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("students", "0009_know_when_a_campaign_was_set")]

    operations = [
        migrations.CreateModel(
            name="EffortWeek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("week_of", models.DateField(help_text="The Monday of the week.")),
                ("applied_for", models.PositiveSmallIntegerField()),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effort_weeks",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "week_of"), name="students_effortweek_once_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week_of__iso_week_day", 1)),
                        name="students_effortweek_begins_on_monday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("applied_for__lte", 200)),
                        name="students_effortweek_in_bounds",
                    ),
                ],
            },
        ),
    ]
