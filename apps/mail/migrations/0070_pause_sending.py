from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_answer_to_people")]

    operations = [
        migrations.CreateModel(
            name="SendingPause",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("since", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="mail_sendingpause_is_the_only_one"
                    )
                ],
            },
        ),
    ]
