from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from apps.meetings.models import Etiquette, Meeting, Mode, PrepSheet
from apps.students.models import Accomplishment

LARGEST_REVISION = 2**31 - 1
LONGEST_QUESTION = 300


class AccomplishmentsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, accomplishment: Accomplishment) -> str:
        return accomplishment.text


class PrepForm(forms.ModelForm):
    """The sheet of one conversation. All of it may stay empty and be filled in bit by bit."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    accomplishments = AccomplishmentsField(
        Accomplishment.objects.none(),
        label="Accomplishments to speak of",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_accomplishment = forms.CharField(
        label="One more",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-autosave-ignore": ""}),
        help_text="Something you did, with a number if there is one. It stays in your library.",
    )
    etiquette = forms.MultipleChoiceField(
        choices=Etiquette.choices,
        label="Good manners",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = PrepSheet
        fields = [
            "goal_information",
            "goal_contacts",
            "research_person",
            "research_duties",
            "research_organization",
            "pitch",
            "is_pitch_rehearsed",
            "accomplishments",
            "can_offer",
            "leave_behind",
            "is_leave_behind_requested",
            "etiquette",
        ]
        labels = {
            "goal_information": "Information",
            "goal_contacts": "Contacts",
            "research_person": "Person",
            "research_duties": "Duties",
            "research_organization": "Organization",
            "pitch": "You, in four sentences",
            "is_pitch_rehearsed": "I said it aloud twice",
            "can_offer": "What you can give",
            "leave_behind": "To leave behind",
            "is_leave_behind_requested": "They asked for it",
        }
        help_texts = {
            "goal_information": "What would you like to know afterwards?",
            "goal_contacts": "Whom would you like to hear of?",
            "research_person": "Their way here, what they say and write.",
            "research_duties": "What they do all day.",
            "research_organization": "What it does, and what moves there now.",
            "can_offer": "Something you read, found out or can do that may be of use to them.",
            "leave_behind": "A piece of your work, in person; else only if they asked for it.",
        }

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        for name, field in self.fields.items():
            field.required = name == "revision"
            field.widget.is_required = False
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4 if name == "pitch" else 2
        chosen = cast(forms.ModelMultipleChoiceField, self.fields["accomplishments"])
        chosen.queryset = Accomplishment.objects.filter(student=meeting.student_id).order_by("pk")
        self.fields["revision"].initial = self.instance.revision

    def clean_new_accomplishment(self) -> str:
        return " ".join(self.cleaned_data["new_accomplishment"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("leave_behind")
            and not cleaned.get("is_leave_behind_requested")
            and self.meeting.mode != Mode.IN_PERSON
        ):
            self.add_error(
                "leave_behind",
                "You do not meet in person, so send this only if they asked for it. Unasked, it "
                "looks as if you wanted a job from them.",
            )
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as fields of PrepSheet."""
        return {
            name: self.cleaned_data[name]
            for name in self._meta.fields or []
            if name != "accomplishments"
        }


@dataclass(frozen=True)
class QuestionStep:
    """One thing to do with the list of questions; `key` is the row that it is about."""

    verb: str
    key: int = 0


class QuestionsForm(forms.Form):
    """The button that was pressed beside a question, and the question that was typed, if any."""

    do = forms.CharField(
        required=False,
        validators=[
            RegexValidator(r"^(?:save|add|carry|(?:borrow|remove|up|down|reword|pitch)-\d{1,15})$")
        ],
    )
    question = forms.CharField(max_length=LONGEST_QUESTION, required=False, label="Your question")

    def clean_question(self) -> str:
        return " ".join(self.cleaned_data["question"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_empty = "question" in cleaned and not cleaned["question"]
        if cleaned.get("do") == "add" and is_empty:
            raise ValidationError({"question": "Type the question first."})
        return cleaned

    @property
    def step(self) -> QuestionStep:
        verb, _, key = self.cleaned_data["do"].partition("-")
        return QuestionStep(verb, int(key or 0))
