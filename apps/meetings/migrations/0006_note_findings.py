"""Findings, promises and the names that were given."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_write_a_debrief")]

    operations = [
        migrations.CreateModel(
            name="Commitment",
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
                    "promised_by",
                    models.CharField(
                        choices=[("student", "I will"), ("contact", "They will")], max_length=20
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
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
                            ("skill_needed", "Skill needed"),
                            ("possible_opening", "Possible opening"),
                            ("where_i_fit", "Where I fit"),
                            ("how_i_can_help", "How I can help"),
                            ("culture", "Culture"),
                            ("industry", "Industry"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                (
                    "uses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("resume", "Résumé"),
                                ("cover_letter", "Cover letter"),
                                ("profile", "Profile"),
                                ("interview", "Interview answers"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_private", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
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
                ("made_contact", models.BooleanField(default=True)),
            ],
        ),
        migrations.AddField(
            model_name="commitment",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="commitments",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="contact",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="referrals",
                to="contacts.contact",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="meeting",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="referrals",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="students.student",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("promised_by__in", ["student", "contact"])),
                name="meetings_commitment_promised_by_is_known",
                violation_error_message="promised_by must be one of: student, contact.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "skill_needed",
                            "possible_opening",
                            "where_i_fit",
                            "how_i_can_help",
                            "culture",
                            "industry",
                        ],
                    )
                ),
                name="meetings_finding_kind_is_known",
                violation_error_message="kind must be one of: skill_needed, possible_opening, where_i_fit, how_i_can_help, culture, industry.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                fields=("meeting", "contact"),
                name="meetings_referral_once",
                violation_error_message="This name is noted already.",
            ),
        ),
        migrations.AddField(
            model_name="referral", name="before", field=models.JSONField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="referral",
            name="written_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
