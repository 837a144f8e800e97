from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FOR_WHOM = {
    "Somebody I have not talked with for a while": "known",
    "Somebody I have never met": "stranger",
}


def suit_first_templates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    templates = apps.get_model("outreach", "NoteTemplate")
    for name, for_whom in FOR_WHOM.items():
        templates.objects.filter(kind="first_note", name=name).update(for_whom=for_whom)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0010_keep_what_is_published")]

    operations = [migrations.RunPython(suit_first_templates, migrations.RunPython.noop)]
