"""Let a student ask although it was better to wait: for a reason, or with a counselor's word."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0005_know_people_again"),
        ("outreach", "0002_own_contact_only"),
        ("students", "0002_keep_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Why the student wrote although it was better to wait; told to the counselor.",
                max_length=300,
            ),
        ),
        migrations.CreateModel(
            name="CooldownLift",
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
                ("lifted_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cooldown_lifts",
                        to="contacts.contact",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifted_cooldowns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooldown_lifts",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE outreach_cooldownlift ADD CONSTRAINT outreach_cooldownlift_with_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE outreach_cooldownlift DROP CONSTRAINT outreach_cooldownlift_with_own_contact",
        ),
    ]
