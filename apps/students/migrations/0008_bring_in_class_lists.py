import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("students", "0007_look_after_a_class"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RosterImport",
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
                    "source",
                    models.CharField(
                        choices=[
                            ("page", "Uploaded"),
                            ("command", "Given to a command"),
                            ("folder", "From the nightly folder"),
                        ],
                        default="page",
                        max_length=20,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Waiting for your yes"),
                            ("saved", "Saved"),
                            ("discarded", "Discarded"),
                            ("undone", "Undone"),
                        ],
                        default="read",
                        max_length=20,
                    ),
                ),
                ("table", models.JSONField(blank=True, default=dict)),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("result", models.JSONField(blank=True, default=dict)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="roster_imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roster_imports",
                        to="students.cohort",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterDrop",
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
                    "path",
                    models.CharField(help_text="Below the folder.", max_length=400, unique=True),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("saved", "Saved"),
                            ("unchanged", "Nothing new"),
                            ("refused", "Refused"),
                            ("unplaced", "No such class"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("looked_at", models.DateTimeField()),
                (
                    "roster_import",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drops",
                        to="students.rosterimport",
                    ),
                ),
            ],
            options={
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="RosterChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "table",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("enrolment", "Enrollment"),
                            ("account", "Account"),
                            ("counselor", "Counselor"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField()),
                (
                    "roster_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="students.rosterimport",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="rosterimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["page", "command", "folder"])),
                name="students_rosterimport_source_is_known",
                violation_error_message="source must be one of: page, command, folder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["read", "saved", "discarded", "undone"])),
                name="students_rosterimport_state_is_known",
                violation_error_message="state must be one of: read, saved, discarded, undone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "read"), ("table", {}), _connector="OR"),
                name="students_rosterimport_table_until_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("saved_at__isnull", False), ("state__in", ["saved", "undone"])),
                    models.Q(
                        ("saved_at__isnull", True),
                        models.Q(("state__in", ["saved", "undone"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="students_rosterimport_saved_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterdrop",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["saved", "unchanged", "refused", "unplaced"])),
                name="students_rosterdrop_outcome_is_known",
                violation_error_message="outcome must be one of: saved, unchanged, refused, unplaced.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rosterchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("table__in", ["student", "enrolment", "account", "counselor"])),
                name="students_rosterchange_table_is_known",
                violation_error_message="table must be one of: student, enrolment, account, counselor.",
            ),
        ),
    ]
