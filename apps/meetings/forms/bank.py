from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from apps.meetings.models import BankQuestion
from apps.students.models import Student


class BankQuestionForm(forms.ModelForm):
    """A question of the bank: the student's own, or the programme's if `student` is None."""

    class Meta:
        model = BankQuestion
        fields = ["text", "group"]
        labels = {"text": "Question", "group": "What it is about"}
        widgets = {"text": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, student: Student | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.student = student
        self.helper = FormHelper()
        self.helper.add_input(
            Submit("save", "Save changes" if self.instance.pk else "Add the question")
        )

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        alike = BankQuestion.objects.filter(student=self.student, text=text)
        twin = alike.exclude(pk=self.instance.pk).first()
        if twin and twin.is_retired:
            raise ValidationError("This question was laid aside. You can take it up again below.")
        if twin:
            raise ValidationError("This question is in the bank already.")
        return text
