"""What a student prepares, jots down and asks."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_propose_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankQuestion",
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
                    "group",
                    models.CharField(
                        choices=[
                            ("who_they_are", "Who they are"),
                            ("why_they_do_it", "Why they do it"),
                            ("what_it_is_like", "What it is like there"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("is_retired", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Jottings",
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
                ("text", models.TextField(blank=True, max_length=10000)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlannedQuestion",
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
                ("text", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_asked", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PrepSheet",
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
                ("goal_information", models.TextField(blank=True, max_length=2000)),
                ("goal_contacts", models.TextField(blank=True, max_length=2000)),
                ("research_person", models.TextField(blank=True, max_length=2000)),
                ("research_duties", models.TextField(blank=True, max_length=2000)),
                ("research_organization", models.TextField(blank=True, max_length=2000)),
                ("pitch", models.TextField(blank=True, max_length=2000)),
                ("is_pitch_rehearsed", models.BooleanField(default=False)),
                ("can_offer", models.TextField(blank=True, max_length=2000)),
                ("leave_behind", models.CharField(blank=True, max_length=300)),
                ("is_leave_behind_requested", models.BooleanField(default=False)),
                (
                    "etiquette",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "time",
                                    "I know the time, in their zone, and how to get there or dial in",
                                ),
                                ("dress", "I know what people there wear"),
                                ("punctual", "I will be there five minutes early"),
                                (
                                    "end",
                                    "I will watch the clock and offer to stop when the time is up",
                                ),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="bankquestion",
            name="student",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bank_questions",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="bankquestion",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bank_questions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="jottings",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="jottings",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="plannedquestion",
            name="bank_question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="planned",
                to="meetings.bankquestion",
            ),
        ),
        migrations.AddField(
            model_name="plannedquestion",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried_questions",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="plannedquestion",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="prepsheet",
            name="accomplishments",
            field=models.ManyToManyField(
                blank=True, related_name="prep_sheets", to="students.accomplishment"
            ),
        ),
        migrations.AddField(
            model_name="prepsheet",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="prep_sheet",
                to="meetings.meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankquestion",
            constraint=models.UniqueConstraint(
                fields=("student", "text"),
                name="meetings_bankquestion_once",
                nulls_distinct=False,
                violation_error_message="This question is in the bank already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group__in", ["who_they_are", "why_they_do_it", "what_it_is_like"])
                ),
                name="meetings_bankquestion_group_is_known",
                violation_error_message="group must be one of: who_they_are, why_they_do_it, what_it_is_like.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedquestion",
            constraint=models.UniqueConstraint(
                fields=("meeting", "text"),
                name="meetings_plannedquestion_once_per_meeting",
                violation_error_message="This question is on the sheet already.",
            ),
        ),
    ]
