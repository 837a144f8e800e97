"""Find the rows of one person on whichever lists they stand, by address or profile link.

The keys are those of `apps.contacts.fingerprints`. The index replaces three that knew only one
spelling. PL/pgSQL and few patterns, since an import of many rows pays for each call.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_keep_each_person_whole")]

    operations = [
        migrations.RunSQL(
            r"""
            CREATE FUNCTION contacts_known_as(email text, more_emails text[], links text[])
            RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
            DECLARE
              keys text[] := '{}';
              item text;
              head text;
              path text;
              query text;
            BEGIN
              FOREACH item IN ARRAY email || more_emails LOOP
                item := lower(btrim(item, E' \t\n\r') COLLATE "C");
                IF item <> '' THEN keys := keys || item; END IF;
              END LOOP;
              FOREACH item IN ARRAY links LOOP
                item := lower(btrim(item, E' \t\n\r') COLLATE "C");
                head := split_part(item, '//', 1);
                IF head = '' OR right(head, 1) = ':' AND strpos(head, '/') = 0 THEN
                  item := substr(item, length(head) + 3);
                END IF;
                IF starts_with(item, 'www.') THEN item := substr(item, 5); END IF;
                item := split_part(item, '#', 1);
                path := split_part(item, '?', 1);
                query := substr(item, length(path) + 2);
                path := rtrim(path, '/');
                head := split_part(path, '/', 1);
                IF head <> path AND strpos(head, '.') > 0 AND strpos(head, ':') = 0 THEN
                  IF query <> '' THEN
                    path := path
                      || coalesce('?' || substring(query from '(?:^|&)(id=[^&]+)'), '');
                  END IF;
                  keys := keys || path;
                END IF;
              END LOOP;
              RETURN keys;
            END $$
            """,
            "DROP FUNCTION contacts_known_as(text, text[], text[])",
        ),
        migrations.AddField(
            model_name="contact",
            name="erased_at",
            field=models.DateTimeField(
                blank=True, help_text="When the person's details went, at their request.", null=True
            ),
        ),
        migrations.RemoveIndex(model_name="contact", name="contacts_by_email"),
        migrations.RemoveIndex(model_name="contact", name="contacts_by_more_emails"),
        migrations.RemoveIndex(model_name="contact", name="contacts_by_link"),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    "email",
                    "more_emails",
                    "links",
                    function="contacts_known_as",
                    output_field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                name="contacts_by_known_as",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("email", ""),
                        ("family_name", ""),
                        ("flagged_emails", []),
                        ("given_name", ""),
                        ("how_known", ""),
                        ("job_title", ""),
                        ("links", []),
                        ("more_emails", []),
                        ("name", "Erased at their request"),
                        ("note", ""),
                        ("organization", ""),
                        ("phones", []),
                        ("preferred_times", ""),
                        ("time_zone", ""),
                    ),
                    _connector="OR",
                ),
                name="contacts_contact_erased_stays_empty",
                violation_error_message="This person asked to have their details erased.",
            ),
        ),
    ]
