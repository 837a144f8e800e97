"""Links by which contacts answer, and their answers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0005_keep_in_touch")]

    operations = [
        migrations.CreateModel(
            name="ContactLink",
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
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_links",
                        to="contacts.contact",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactAnswer",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "Yes, at one of these times"),
                            ("other_times", "Yes, at another time"),
                            ("not_now", "Not now"),
                            ("no", "No"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), blank=True, default=list, size=None
                    ),
                ),
                ("message", models.TextField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField()),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="outreach.contactlink",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="contactanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("times__len__lte", 5),
                    models.Q(
                        models.Q(("answer", "other_times"), _negated=True),
                        ("times__len__gte", 1),
                        _connector="OR",
                    ),
                ),
                name="outreach_contactanswer_suggests_a_few_times",
                violation_error_message="Suggest one to 5 times.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["accepted", "other_times", "not_now", "no"])),
                name="outreach_contactanswer_answer_is_known",
                violation_error_message="answer must be one of: accepted, other_times, not_now, no.",
            ),
        ),
    ]
