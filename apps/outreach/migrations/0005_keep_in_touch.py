"""What passes besides asking, and how often to be in touch."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_write_from_templates")]

    operations = [
        migrations.CreateModel(
            name="Touch",
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
                        choices=[
                            ("update", "I sent news"),
                            ("landed", "I told them that I have landed"),
                            ("message", "We wrote or spoke briefly"),
                            ("heard", "They wrote to me"),
                            ("lead", "They told me of an opening unasked"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("linkedin", "LinkedIn"),
                            ("phone", "Phone"),
                            ("in_person", "In person"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True, max_length=10000)),
            ],
        ),
        migrations.CreateModel(
            name="Cadence",
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
                ("tag", models.CharField(blank=True, max_length=50)),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadences",
                        to="contacts.contact",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cadences",
                        to="students.student",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="touch",
            name="contact",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touches",
                to="contacts.contact",
            ),
        ),
        migrations.AddField(
            model_name="touch",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touches",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="touch",
            name="template_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="touches",
                to="outreach.templateversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="cadence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contact__isnull", False)),
                fields=("contact",),
                name="outreach_cadence_one_per_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="cadence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tag", ""), _negated=True),
                fields=("student", "tag"),
                name="outreach_cadence_one_per_tag",
            ),
        ),
        migrations.AddConstraint(
            model_name="cadence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contact__isnull", False), ("tag", "")),
                    models.Q(("contact__isnull", True), models.Q(("tag", ""), _negated=True)),
                    _connector="OR",
                ),
                name="outreach_cadence_of_a_contact_or_a_tag",
                violation_error_message="A cadence is for one person or for one tag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cadence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days__isnull", True), ("days__range", (7, 730)), _connector="OR"
                ),
                name="outreach_cadence_from_a_week_to_two_years",
                violation_error_message="Choose from 7 to 730 days, or never.",
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["contact", "happened_at"], name="outreach_touch_by_time"),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.UniqueConstraint(
                fields=("contact", "happened_at", "kind"), name="outreach_touch_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["update", "landed", "message", "heard", "lead"])),
                name="outreach_touch_kind_is_known",
                violation_error_message="kind must be one of: update, landed, message, heard, lead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["email", "linkedin", "phone", "in_person", "other"])
                ),
                name="outreach_touch_channel_is_known",
                violation_error_message="channel must be one of: email, linkedin, phone, in_person, other.",
            ),
        ),
    ]
