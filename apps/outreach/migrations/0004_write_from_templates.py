"""Templates in versions, drafts, and the words of what was sent."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0007_remember_two_people"),
        ("meetings", "0009_begin_the_question_bank"),
        ("outreach", "0003_ask_all_the_same"),
        ("students", "0004_set_how_to_follow_up"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="ask_again_on",
            field=models.DateField(blank=True, help_text="When “later” is.", null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="has_no_role",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="They have no role to offer, and are happy to talk.",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first_note", "First note"),
                    ("follow_up", "Follow-up"),
                    ("referral_intro", "Introduced by somebody"),
                    ("meeting_request", "Request for a time"),
                    ("thank_you", "Thank-you"),
                    ("keep_in_touch", "News to keep in touch"),
                    ("confirmation", "Confirmation of a time"),
                    ("landed", "I have landed"),
                ],
                db_default="first_note",
                default="first_note",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="subject",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="attempt",
            name="text",
            field=models.TextField(blank=True, db_default="", default="", max_length=10000),
        ),
        migrations.CreateModel(
            name="NoteTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first_note", "First note"),
                            ("follow_up", "Follow-up"),
                            ("referral_intro", "Introduced by somebody"),
                            ("meeting_request", "Request for a time"),
                            ("thank_you", "Thank-you"),
                            ("keep_in_touch", "News to keep in touch"),
                            ("confirmation", "Confirmation of a time"),
                            ("landed", "I have landed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("is_retired", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "first_note",
                                    "follow_up",
                                    "referral_intro",
                                    "meeting_request",
                                    "thank_you",
                                    "keep_in_touch",
                                    "confirmation",
                                    "landed",
                                ],
                            )
                        ),
                        name="outreach_notetemplate_kind_is_known",
                        violation_error_message="kind must be one of: first_note, follow_up, referral_intro, meeting_request, thank_you, keep_in_touch, confirmation, landed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("slots", models.JSONField(default=list)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="template_versions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="outreach.notetemplate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first_note", "First note"),
                            ("follow_up", "Follow-up"),
                            ("referral_intro", "Introduced by somebody"),
                            ("meeting_request", "Request for a time"),
                            ("thank_you", "Thank-you"),
                            ("keep_in_touch", "News to keep in touch"),
                            ("confirmation", "Confirmation of a time"),
                            ("landed", "I have landed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("parts", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="contacts.contact",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="students.student",
                    ),
                ),
                (
                    "template_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="outreach.templateversion",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="attempt",
            name="template_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="outreach.templateversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("has_no_role", False), ("reply", "yes"), _connector="OR"),
                name="outreach_attempt_without_role_is_a_yes",
                violation_error_message="Without a role but happy to talk is a yes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ask_again_on__isnull", True), ("reply", "later"), _connector="OR"
                ),
                name="outreach_attempt_asks_again_after_later",
                violation_error_message="Only “later” has a day on which to ask again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["first_note", "follow_up", "referral_intro", "meeting_request"])
                ),
                name="outreach_attempt_asks",
                violation_error_message="An attempt asks for a conversation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                fields=("template", "number"), name="outreach_templateversion_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("contact", "kind"), name="outreach_draft_one_of_each_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "first_note",
                            "follow_up",
                            "referral_intro",
                            "meeting_request",
                            "thank_you",
                            "keep_in_touch",
                            "confirmation",
                            "landed",
                        ],
                    )
                ),
                name="outreach_draft_kind_is_known",
                violation_error_message="kind must be one of: first_note, follow_up, referral_intro, meeting_request, thank_you, keep_in_touch, confirmation, landed.",
            ),
        ),
    ]
