"""Let a worker check and save a file of contacts, which it holds by a claim.

After `know_people_again`, so that the migrations stay one line.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0005_know_people_again"),
        ("students", "0002_keep_campaigns"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="importbatch",
            name="contacts_importbatch_state_is_known",
        ),
        migrations.AddField(
            model_name="importbatch",
            name="claim",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="dated_at",
            field=models.DateTimeField(
                blank=True, help_text="As of when the file speaks, once it is read.", null=True
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="kind",
            field=models.CharField(
                blank=True, help_text="A `files.person.FileKind`.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, help_text="Of the step at hand."),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting_check", "Waiting to be checked"),
                    ("checked", "Checked, nothing saved yet"),
                    ("waiting_save", "Waiting to be saved"),
                    ("saved", "Saved"),
                    ("refused", "Refused"),
                    ("discarded", "Discarded"),
                    ("undone", "Undone"),
                    ("stopped", "Stopped by an error"),
                ],
                default="waiting_check",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="contactchange",
            index=models.Index(fields=["contact_key"], name="contacts_changes_of_contact"),
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
                            "stopped",
                        ],
                    )
                ),
                name="contacts_importbatch_state_is_known",
                violation_error_message="state must be one of: waiting_check, checked, waiting_save, saved, refused, discarded, undone, stopped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting_check", "waiting_save", "checked"]),
                    ("data", b""),
                    _connector="OR",
                ),
                name="contacts_importbatch_file_until_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", True), ("claimed_until__isnull", True)),
                    models.Q(
                        ("claim__isnull", False),
                        ("claimed_until__isnull", False),
                        ("state__in", ["waiting_check", "waiting_save"]),
                    ),
                    _connector="OR",
                ),
                name="contacts_importbatch_claimed_while_working",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("saved_at__isnull", False), ("state__in", ["saved", "undone"])),
                    models.Q(
                        ("saved_at__isnull", True),
                        models.Q(("state__in", ["saved", "undone"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contacts_importbatch_saved_at_some_time",
            ),
        ),
    ]
