"""All that the product's tables hold, to be compared before and after."""

from django.apps import apps
from django.db import connection


def table_dump() -> dict[str, list[str]]:
    """Return each table's rows, column by column as PostgreSQL writes them, in order."""
    dump = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t ORDER BY 1')
            dump[model._meta.label] = [row for (row,) in cursor.fetchall()]
    return dump
