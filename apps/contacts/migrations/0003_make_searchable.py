"""Texts without accents and capitals, for searches that forgive.

`unaccent` itself may not stand in an index, since its dictionary could be changed; ours is not.
"""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_guard_introductions")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            """
            CREATE FUNCTION contacts_searchable(words text) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
            RETURN lower(public.unaccent('public.unaccent'::regdictionary, words))
            """,
            "DROP FUNCTION contacts_searchable(text)",
        ),
    ]
