"""A meeting begins as a proposal of times, and calendars follow it."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0007_remember_two_people"),
        ("meetings", "0002_own_contact_only"),
        ("students", "0003_keep_accomplishments"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("token", models.CharField(max_length=64, unique=True)),
                ("rotated_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meetings_meeting_status_is_known",
        ),
        migrations.AddField(
            model_name="meeting",
            name="calendar_sequence",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                editable=False,
                help_text="Rises when a calendar must notice.",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="calendar_uid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                help_text="Never changes.",
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When a calendar last had to notice; empty: created.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="mode_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Why not in person, where the programme asks.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="place",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="An address, a link or a number.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="proposed_times",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "Times proposed"),
                    ("scheduled", "Scheduled"),
                    ("held", "Held"),
                    ("cancelled", "Cancelled"),
                    ("no_show", "Did not take place"),
                ],
                default="scheduled",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_times__len__lte", 5),
                    models.Q(
                        models.Q(("status", "proposed"), _negated=True),
                        ("proposed_times__len__gte", 1),
                        _connector="OR",
                    ),
                ),
                name="meetings_meeting_proposes_a_few_times",
                violation_error_message="Propose one to 5 times.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["proposed", "scheduled", "held", "cancelled", "no_show"])
                ),
                name="meetings_meeting_status_is_known",
                violation_error_message="status must be one of: proposed, scheduled, held, cancelled, no_show.",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="student",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="calendar_feed",
                to="students.student",
            ),
        ),
    ]
