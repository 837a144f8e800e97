"""Stories heard and told, and to whom."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_note_findings")]

    operations = [
        migrations.CreateModel(
            name="Story",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("own", "My own"), ("heard", "Heard")], max_length=20
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True, max_length=3000)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("names_contact", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Telling",
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
            ],
        ),
        migrations.AddField(
            model_name="story",
            name="heard_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="stories_heard",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stories",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tellings",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tellings",
                to="meetings.story",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("heard_in__isnull", True), ("kind", "heard"), _connector="OR"),
                name="meetings_story_own_is_not_heard",
                violation_error_message="A story of one's own was not heard in a conversation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("names_contact", False), ("shared_at__isnull", False), _connector="OR"
                ),
                name="meetings_story_names_only_when_shared",
                violation_error_message="Only a shared story can name who told it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["own", "heard"])),
                name="meetings_story_kind_is_known",
                violation_error_message="kind must be one of: own, heard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(
                fields=("story", "meeting"), name="meetings_telling_once"
            ),
        ),
        migrations.AddField(
            model_name="story", name="is_signed", field=models.BooleanField(default=True)
        ),
    ]
