"""Remember which contacts are two people, and keep all that a merge needs to be taken back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0006_take_imports_in_steps"),
        ("students", "0002_keep_campaigns"),
    ]

    operations = [
        migrations.RemoveField(model_name="merge", name="undone_at"),
        migrations.AddField(
            model_name="merge",
            name="dropped",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="contacts.contact",
            ),
        ),
        migrations.CreateModel(
            name="NotDuplicate",
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
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_duplicates_as_first",
                        to="contacts.contact",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_duplicates_as_second",
                        to="contacts.contact",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_duplicates",
                        to="students.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"), name="contacts_notduplicate_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="contacts_notduplicate_older_first",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE contacts_notduplicate
              ADD CONSTRAINT contacts_notduplicate_first_own_contact
                FOREIGN KEY (first_id, student_id) REFERENCES contacts_contact (id, student_id)
                DEFERRABLE INITIALLY DEFERRED,
              ADD CONSTRAINT contacts_notduplicate_second_own_contact
                FOREIGN KEY (second_id, student_id) REFERENCES contacts_contact (id, student_id)
                DEFERRABLE INITIALLY DEFERRED
            """,
            """
            ALTER TABLE contacts_notduplicate
              DROP CONSTRAINT contacts_notduplicate_first_own_contact,
              DROP CONSTRAINT contacts_notduplicate_second_own_contact
            """,
        ),
    ]
