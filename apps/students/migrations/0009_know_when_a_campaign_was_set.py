import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("students", "0008_bring_in_class_lists")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="saved_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
    ]
