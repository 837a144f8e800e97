from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from apps.meetings.models import Meeting, Status, Story, StoryKind


class ConversationField(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Meeting) -> str:
        on = meeting.starts_at.astimezone(meeting.student.zone)
        return f"{meeting.contact.name}, {on:%B} {on.day}, {on.year}"


class StoryForm(forms.ModelForm):
    """A story in a line, and the whole of it if there is more."""

    heard_in = ConversationField(
        Meeting.objects.none(),
        label="Who told it",
        help_text="If you heard it in a conversation.",
        empty_label="Nobody on my list",
        required=False,
    )

    class Meta:
        model = Story
        fields = ["kind", "title", "text", "heard_in"]
        labels = {"kind": "Whose it is", "title": "In a line", "text": "The story"}
        help_texts = {"text": "What was hard, what somebody did, what came of it."}
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        student = self.instance.student
        self.initial["kind"] = self.initial["kind"] or StoryKind.OWN
        kinds = cast(forms.ChoiceField, self.fields["kind"])
        kinds.choices = StoryKind.choices
        cast(forms.ModelChoiceField, self.fields["heard_in"]).queryset = (
            Meeting.objects.filter(
                student=student, status=Status.HELD, contact__erased_at__isnull=True
            )
            .select_related("contact", "student__user")
            .order_by("-starts_at")
        )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save the story"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == StoryKind.OWN:
            cleaned["heard_in"] = None
            if self.instance.pk and self.instance.names_contact:
                self.add_error("kind", "Your class reads who told it. Take it back first.")
        elif self.instance.pk and self.instance.tellings.exists():
            self.add_error("kind", "You have told it as your own already.")
        return cleaned


class ShareForm(forms.Form):
    """The student's yes to sharing a story with the class, and what stands below it."""

    has_agreed = forms.BooleanField(
        label="I would like my class to read this story. I can take it back at any time.",
        error_messages={"required": "Tick that you would like this; until then it stays yours."},
    )
    names_contact = forms.BooleanField(required=False)
    is_signed = forms.BooleanField(label="Show my first name below it.", required=False)

    def __init__(self, data: Any = None, *, story: Story) -> None:
        super().__init__(
            data,
            initial={"names_contact": story.names_contact, "is_signed": story.is_signed},
            auto_id="share_%s",
        )
        contact = story.heard_in.contact if story.heard_in else None
        if contact is None or contact.is_erased:
            del self.fields["names_contact"]
        else:
            self.fields[
                "names_contact"
            ].label = f"{contact.name} agreed to be named as the one who told it."
        self.helper = FormHelper()
        self.helper.form_class = "ch-all-optional"
        self.helper.form_tag = False
