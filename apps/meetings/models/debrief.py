from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.common.models import Row, one_of
from apps.contacts.models import Contact
from apps.meetings.models.meeting import Meeting
from apps.students.models import Student


class ReferralAnswer(models.TextChoices):
    """Whether the student asked whom else to talk with."""

    NAMES = "names", "Yes, got names"
    NONE_NOW = "none_now", "Yes, none for now"
    NOT_YET = "not_yet", "Not yet, I will ask in my note"


class Conclusion(models.TextChoices):
    """Where the conversation leaves the two. None of it is a failure."""

    STAY_IN_TOUCH = "stay_in_touch", "We stay in touch"
    GOOD_TALK = "good_talk", "No opening, a good talk"
    END_OF_LINE = "end_of_line", "The line ends here, and that is fine"


class Skill(models.TextChoices):
    """What a conversation practises: four of the method, then NACE's eight competencies."""

    EXECUTIVES = "executives", "Talking with executives"
    INTERVIEWING = "interviewing", "Interviewing and being interviewed"
    SPEAKING_OF_MYSELF = "speaking_of_myself", "Speaking about myself"
    LISTENING = "listening", "Listening"
    SELF_DEVELOPMENT = "self_development", "Career and self-development"
    COMMUNICATION = "communication", "Communication"
    CRITICAL_THINKING = "critical_thinking", "Critical thinking"
    EQUITY = "equity", "Equity and inclusion"
    LEADERSHIP = "leadership", "Leadership"
    PROFESSIONALISM = "professionalism", "Professionalism"
    TEAMWORK = "teamwork", "Teamwork"
    TECHNOLOGY = "technology", "Technology"


def rating(words: str) -> models.PositiveSmallIntegerField:
    """Return a field for the student's own view, from 1 (not yet) to 5 (fully)."""
    return models.PositiveSmallIntegerField(null=True, blank=True, verbose_name=words)


RATINGS = ("goals_met", "listened", "confidence_before", "confidence_after", "clarity")


class Debrief(Row):
    """What the student takes from one conversation. `completed_at` is empty for a first draft.

    `revision` rises with each save, so that a page that is behind cannot write over a newer one.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="debrief")
    referral_answer = models.CharField(max_length=20, choices=ReferralAnswer, blank=True)
    conclusion = models.CharField(max_length=20, choices=Conclusion, blank=True)
    skills = ArrayField(models.CharField(max_length=20, choices=Skill), default=list, blank=True)
    goals_met = rating("I reached my goals")
    listened = rating("I listened more than I spoke")
    confidence_before = rating("How sure of myself I was before")
    confidence_after = rating("How sure of myself I am now")
    clarity = rating("How clearly I see what I want")
    change_next_time = models.CharField(
        max_length=300, blank=True, verbose_name="One thing to change next time"
    )
    typed_names = models.JSONField(
        default=list,
        blank=True,
        help_text="Names as typed, which nobody has said yet to put on the list.",
    )
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 5)}),
                    name=f"meetings_debrief_{name}_from_1_to_5",
                    violation_error_message="Choose a number from 1 to 5.",
                )
                for name in RATINGS
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | ~Q(referral_answer=""),
                name="meetings_debrief_says_whether_it_asked",
                violation_error_message="Say whether you asked whom else to talk with.",
            ),
            one_of("referral_answer", ReferralAnswer, table="meetings_debrief", blank=True),
            one_of("conclusion", Conclusion, table="meetings_debrief", blank=True),
        ]

    def __str__(self) -> str:
        return f"debrief {self.pk}"


class FindingKind(models.TextChoices):
    SKILL_NEEDED = "skill_needed", "Skill needed"
    POSSIBLE_OPENING = "possible_opening", "Possible opening"
    WHERE_I_FIT = "where_i_fit", "Where I fit"
    HOW_I_CAN_HELP = "how_i_can_help", "How I can help"
    CULTURE = "culture", "Culture"
    INDUSTRY = "industry", "Industry"


class Use(models.TextChoices):
    """Where a finding serves again."""

    RESUME = "resume", "Résumé"
    COVER_LETTER = "cover_letter", "Cover letter"
    PROFILE = "profile", "Profile"
    INTERVIEW = "interview", "Interview answers"


class FindingQuerySet(models.QuerySet["Finding"]):
    def shared(self) -> "FindingQuerySet":
        """Return what a counselor may read."""
        return self.filter(is_private=False)


class Finding(Row):
    """One thing learned in a conversation. An opening that was mentioned is private at first."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=20, choices=FindingKind)
    text = models.TextField(max_length=1000)
    uses = ArrayField(models.CharField(max_length=20, choices=Use), default=list, blank=True)
    is_private = models.BooleanField(default=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [one_of("kind", FindingKind, table="meetings_finding")]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Promiser(models.TextChoices):
    STUDENT = "student", "I will"
    CONTACT = "contact", "They will"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> "CommitmentQuerySet":
        return self.filter(done_at__isnull=True)


class Commitment(Row):
    """What one of the two said they would do, and by when if that was said."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="commitments")
    promised_by = models.CharField(max_length=20, choices=Promiser)
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [one_of("promised_by", Promiser, table="meetings_commitment")]

    def __str__(self) -> str:
        return f"commitment {self.pk}"


class Referral(Row):
    """A name that was given in a conversation, and the contact it became.

    `made_contact` says whether the contact was put on the list for it, so that taking the names
    back removes just what they brought. Of a contact that was there and had no introduction,
    `before` keeps what the introduction wrote over. At `written_at` the contact was last changed
    by the referral; whatever changed later is the student's.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="referrals")
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        related_name="referrals",
        db_constraint=False,  # the composite key (meeting, student) stands in its place
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        related_name="referrals",
        db_constraint=False,  # the composite key (contact, student) stands in its place
    )
    made_contact = models.BooleanField(default=True)
    before = models.JSONField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "contact"],
                name="meetings_referral_once",
                violation_error_message="This name is noted already.",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"
