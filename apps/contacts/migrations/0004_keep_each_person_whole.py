import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_make_searchable"),
        ("students", "0002_keep_campaigns"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contact_key", models.BigIntegerField()),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ImportBatch",
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
                ("file_name", models.CharField(max_length=200)),
                ("data", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting_check", "Waiting to be checked"),
                            ("checked", "Checked, nothing saved yet"),
                            ("waiting_save", "Waiting to be saved"),
                            ("saved", "Saved"),
                            ("refused", "Refused"),
                            ("discarded", "Discarded"),
                            ("undone", "Undone"),
                        ],
                        default="waiting_check",
                        max_length=20,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("refusal", models.TextField(blank=True)),
                ("preview", models.JSONField(blank=True, default=dict)),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
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
                ("moved", models.JSONField(blank=True, default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                (
                    "is_never",
                    models.BooleanField(
                        default=False, help_text="Does not want to be asked any more."
                    ),
                ),
                ("paused_until", models.DateField(blank=True, null=True)),
                (
                    "most_per_term",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="At most so many students may ask in a term.",
                        null=True,
                    ),
                ),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="data_source",
            field=models.CharField(
                blank=True, help_text="Where the data came from, told on request.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="family_name",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="contact",
            name="flagged_emails",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=254),
                blank=True,
                default=list,
                help_text="Given in a file, but no addresses: shown, never written to.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="given_name",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="contact",
            name="how_known",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="contact",
            name="introduced_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="introduction",
            field=models.CharField(
                blank=True,
                choices=[
                    ("name_only", "Gave the name"),
                    ("mention", "Said to mention them"),
                    ("email", "Wrote an e-mail"),
                    ("call", "Called"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="links",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=500), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="more_emails",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=254), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="note",
            field=models.TextField(blank=True, help_text="Private to the student."),
        ),
        migrations.AddField(
            model_name="contact",
            name="phones",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="preferred_times",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="contact",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.text.Concat(
                        "name", models.Value(" "), "organization", models.Value(" "), "job_title"
                    ),
                    function="contacts_searchable",
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=50), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="time_zone",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="contact",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                help_text="When the person's details last changed, by whatever way.",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="name",
            field=models.CharField(help_text="As given, in any script.", max_length=200),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("student"),
                django.contrib.postgres.indexes.OpClass("search_text", name="gin_trgm_ops"),
                name="contacts_by_words",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="contacts_by_email",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["more_emails"], name="contacts_by_more_emails"
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["links"], name="contacts_by_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("introduction__in", ["", "name_only", "mention", "email", "call"])
                ),
                name="contacts_contact_introduction_is_known",
                violation_error_message="introduction must be one of: name_only, mention, email, call.",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_batches",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="contacts.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merges",
                to="contacts.contact",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merges",
                to="students.student",
            ),
        ),
        migrations.AddField(
            model_name="contactchange",
            name="merge",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="contacts.merge",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_per_term__isnull", True), ("most_per_term__gte", 1), _connector="OR"
                ),
                name="contacts_wish_cap_is_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting_check", "waiting_save"])),
                fields=["created_at"],
                name="contacts_importbatch_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "waiting_check",
                            "checked",
                            "waiting_save",
                            "saved",
                            "refused",
                            "discarded",
                            "undone",
                        ],
                    )
                ),
                name="contacts_importbatch_state_is_known",
                violation_error_message="state must be one of: waiting_check, checked, waiting_save, saved, refused, discarded, undone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total"))),
                name="contacts_importbatch_progress_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch__isnull", False), ("merge__isnull", True)),
                    models.Q(("batch__isnull", True), ("merge__isnull", False)),
                    _connector="OR",
                ),
                name="contacts_contactchange_of_one_operation",
            ),
        ),
    ]
