from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_begin_the_question_bank")]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("status", "scheduled")),
                fields=["starts_at"],
                name="meetings_scheduled_by_time",
            ),
        ),
    ]
