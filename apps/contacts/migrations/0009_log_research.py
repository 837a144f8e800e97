import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0008_list_contacts_from_an_index"),
        ("students", "0007_look_after_a_class"),
    ]

    operations = [
        migrations.CreateModel(
            name="Research",
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
                ("organization", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("video", "Video or talk"),
                            ("site", "Website"),
                            ("book", "Book"),
                            ("other", "Something else"),
                        ],
                        default="article",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Link")),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("noted_on", models.DateField()),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="research",
                        to="contacts.contact",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="research",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["article", "video", "site", "book", "other"])
                        ),
                        name="contacts_research_kind_is_known",
                        violation_error_message=(
                            "kind must be one of: article, video, site, book, other."
                        ),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact__isnull", False),
                            models.Q(("organization", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contacts_research_is_about_somebody",
                        violation_error_message="Say whom or which organization it is about.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE contacts_research ADD CONSTRAINT contacts_research_about_own_contact
              FOREIGN KEY (contact_id, student_id) REFERENCES contacts_contact (id, student_id)
              DEFERRABLE INITIALLY DEFERRED
            """,
            "ALTER TABLE contacts_research DROP CONSTRAINT contacts_research_about_own_contact",
        ),
    ]
