from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_begin_the_question_bank")]

    operations = [
        migrations.AddField(
            model_name="debrief",
            name="typed_names",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Names as typed, which nobody has said yet to put on the list.",
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
        migrations.AddField(
            model_name="story", name="is_signed", field=models.BooleanField(default=True)
        ),
    ]
