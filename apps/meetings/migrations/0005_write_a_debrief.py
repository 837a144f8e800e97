"""What a student takes from a conversation."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_prepare_in_blocks")]

    operations = [
        migrations.CreateModel(
            name="Debrief",
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
                    "referral_answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("names", "Yes, got names"),
                            ("none_now", "Yes, none for now"),
                            ("not_yet", "Not yet, I will ask in my note"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stay_in_touch", "We stay in touch"),
                            ("good_talk", "No opening, a good talk"),
                            ("end_of_line", "The line ends here, and that is fine"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("executives", "Talking with executives"),
                                ("interviewing", "Interviewing and being interviewed"),
                                ("speaking_of_myself", "Speaking about myself"),
                                ("listening", "Listening"),
                                ("self_development", "Career and self-development"),
                                ("communication", "Communication"),
                                ("critical_thinking", "Critical thinking"),
                                ("equity", "Equity and inclusion"),
                                ("leadership", "Leadership"),
                                ("professionalism", "Professionalism"),
                                ("teamwork", "Teamwork"),
                                ("technology", "Technology"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "goals_met",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="I reached my goals"
                    ),
                ),
                (
                    "listened",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="I listened more than I spoke"
                    ),
                ),
                (
                    "confidence_before",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="How sure of myself I was before"
                    ),
                ),
                (
                    "confidence_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="How sure of myself I am now"
                    ),
                ),
                (
                    "clarity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="How clearly I see what I want"
                    ),
                ),
                (
                    "change_next_time",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="One thing to change next time"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="debrief",
            name="meeting",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="debrief",
                to="meetings.meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("goals_met__isnull", True), ("goals_met__range", (1, 5)), _connector="OR"
                ),
                name="meetings_debrief_goals_met_from_1_to_5",
                violation_error_message="Choose a number from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listened__isnull", True), ("listened__range", (1, 5)), _connector="OR"
                ),
                name="meetings_debrief_listened_from_1_to_5",
                violation_error_message="Choose a number from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_before__isnull", True),
                    ("confidence_before__range", (1, 5)),
                    _connector="OR",
                ),
                name="meetings_debrief_confidence_before_from_1_to_5",
                violation_error_message="Choose a number from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence_after__isnull", True),
                    ("confidence_after__range", (1, 5)),
                    _connector="OR",
                ),
                name="meetings_debrief_confidence_after_from_1_to_5",
                violation_error_message="Choose a number from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clarity__isnull", True), ("clarity__range", (1, 5)), _connector="OR"
                ),
                name="meetings_debrief_clarity_from_1_to_5",
                violation_error_message="Choose a number from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completed_at__isnull", True),
                    models.Q(("referral_answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="meetings_debrief_says_whether_it_asked",
                violation_error_message="Say whether you asked whom else to talk with.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(("referral_answer__in", ["", "names", "none_now", "not_yet"])),
                name="meetings_debrief_referral_answer_is_known",
                violation_error_message="referral_answer must be one of: names, none_now, not_yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conclusion__in", ["", "stay_in_touch", "good_talk", "end_of_line"])
                ),
                name="meetings_debrief_conclusion_is_known",
                violation_error_message="conclusion must be one of: stay_in_touch, good_talk, end_of_line.",
            ),
        ),
        migrations.AddField(
            model_name="debrief",
            name="typed_names",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Names as typed, which nobody has said yet to put on the list.",
            ),
        ),
    ]
