from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0002_own_contact_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="still_open_on",
            field=models.DateField(
                blank=True,
                help_text="When the student last said that nothing is decided.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("still_open_on__isnull", True),
                    ("still_open_on__gte", models.F("received_on")),
                    _connector="OR",
                ),
                name="outcomes_offer_still_open_after_it_was_received",
                violation_error_message="An offer is still open on or after the day it came.",
            ),
        ),
    ]
