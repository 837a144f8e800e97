from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q

from apps.common.forms import KeysField, ListField, LongSelect
from apps.common.localtime import zone_names
from apps.contacts.models import Closeness, Contact, Introduction, Seniority, Source
from apps.contacts.prompts import PROMPTS
from apps.students.models import Student


def tags_field(**options: Any) -> ListField:
    return ListField(
        forms.CharField(max_length=50), separator=",", widget=forms.TextInput, **options
    )


class IntroducerField(forms.ModelChoiceField):
    def label_from_instance(self, contact: Contact) -> str:
        return f"{contact.name}, {contact.role}" if contact.role else contact.name


class ContactForm(forms.ModelForm):
    """Everything about one person. Only the name is needed; the rest comes with time."""

    more_emails = ListField(
        forms.EmailField(max_length=254), label="More e-mails", help_text="One a line."
    )
    phones = ListField(forms.CharField(max_length=100), help_text="One a line, as you would dial.")
    links = ListField(
        forms.URLField(
            max_length=500,
            assume_scheme="https",
            validators=[URLValidator(schemes=["http", "https"])],
        ),
        help_text="LinkedIn, a page of their own. One a line.",
    )
    introduced_by = IntroducerField(
        Contact.objects.none(), empty_label="Nobody, or not known", widget=LongSelect
    )
    introduction = forms.ChoiceField(label="How they did it")
    time_zone = forms.ChoiceField(label="Their time zone", widget=LongSelect)
    tags = tags_field(help_text="Words of your own, with commas between them.")

    class Meta:
        model = Contact
        fields = [
            "name",
            "given_name",
            "family_name",
            "organization",
            "job_title",
            "seniority",
            "email",
            "more_emails",
            "phones",
            "links",
            "closeness",
            "source",
            "how_known",
            "introduced_by",
            "introduction",
            "introduced_on",
            "time_zone",
            "preferred_times",
            "note",
            "tags",
        ]
        labels = {
            "job_title": "Role",
            "email": "E-mail",
            "closeness": "How well do you know them?",
            "source": "How did you come upon them?",
            "how_known": "In your words",
            "introduced_on": "On which day",
            "preferred_times": "Times they like",
            "note": "Private note",
        }
        help_texts = {
            "name": "As they write it, in any script. One name is enough.",
            "how_known": "“She spoke in our marketing class.”",
            "preferred_times": "“Early mornings, never Fridays.”",
            "note": "Only you see this.",
        }
        widgets = {
            "introduced_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, student: Student, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, field in self.fields.items():
            field.required = name == "name"
            field.widget.is_required = field.required
            field.widget.attrs.setdefault("autocomplete", "off")
        others = Contact.objects.filter(
            Q(erased_at__isnull=True) | Q(pk=self.instance.introduced_by_id), student=student
        ).exclude(pk=self.instance.pk)
        introducers = cast(forms.ModelChoiceField, self.fields["introduced_by"])
        introducers.queryset = others.order_by("search_text", "pk").only(
            "name", "job_title", "organization"
        )
        self._say_what_blank_means()
        self.helper = _laid_out(self.instance)

    def _say_what_blank_means(self) -> None:
        blank = {
            "seniority": ("Not known", Seniority.choices),
            "closeness": ("Not said", Closeness.choices),
            "source": ("Not said", Source.choices),
            "introduction": ("Not known", Introduction.choices),
        }
        for name, (words, choices) in blank.items():
            self._offer(name, [("", words), *choices])
        zones = {*zone_names(), self.instance.time_zone} - {""}
        names = [(name, name.replace("_", " ")) for name in sorted(zones)]
        self._offer("time_zone", [("", "Not known"), *names])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_introduced_on(self) -> date | None:
        day: date | None = self.cleaned_data["introduced_on"]
        if day and day > self.today:
            raise ValidationError("This day is still to come. Put it down once it has happened.")
        return day

    def clean_introduced_by(self) -> Contact | None:
        introducer: Contact | None = self.cleaned_data["introduced_by"]
        if introducer and self.instance.pk:
            between = introducer.introduced_through(self.instance)
            if between is not None:
                raise ValidationError(_cycle_in_words(self.instance, between))
        return introducer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "email" in cleaned and "more_emails" in cleaned:
            cleaned["email"], *cleaned["more_emails"] = _preferred_first(
                cleaned["email"], cleaned["more_emails"]
            )
        has_details = cleaned.get("introduction") or cleaned.get("introduced_on")
        if has_details and "introduced_by" in cleaned and not cleaned["introduced_by"]:
            self.add_error(
                "introduced_by",
                "Say who introduced you, or leave empty how and when they did it. Somebody who "
                "is not on your list yet can be added first.",
            )
        return cleaned


def _preferred_first(email: str, more: list[str]) -> list[str]:
    """Return all addresses, the preferred one first: the only one there is, if need be."""
    others = [address for address in more if address.casefold() != email.casefold()]
    return [email, *others] if email else others or [""]


def _cycle_in_words(contact: Contact, between: list[Contact]) -> str:
    """Explain why the last of `between` cannot have introduced the contact.

    The contact introduced the first of them, the first the second, and so on.
    """
    names = [contact.name, *(person.name for person in between)]
    steps = [f"{above} introduced {below}" for above, below in zip(names, names[1:], strict=False)]
    return (
        f"That would go in a circle: {', '.join(steps)}. An introduction cannot come back to "
        "where it began, so choose somebody else here, or change the other one first."
    )


def _laid_out(contact: Contact) -> FormHelper:
    helper = FormHelper()
    helper.form_class = "ch-person ch-all-optional"
    helper.attrs = {"autocomplete": "off"}
    helper.layout = Layout(
        Fieldset("Who", "name", Div("given_name", "family_name", css_class="ch-pair")),
        Fieldset("Where", Div("organization", "job_title", css_class="ch-pair"), "seniority"),
        Fieldset(
            "How to reach them",
            HTML('{% include "contacts/_reach.html" %}'),
            Div("email", "more_emails", css_class="ch-pair"),
            Div("phones", "links", css_class="ch-pair"),
        ),
        Fieldset(
            "How you know each other", Div("closeness", "source", css_class="ch-pair"), "how_known"
        ),
        Fieldset(
            "The introduction",
            "introduced_by",
            Div("introduction", "introduced_on", css_class="ch-pair"),
        ),
        Fieldset("When", Div("time_zone", "preferred_times", css_class="ch-pair")),
        Fieldset("For yourself", "note", "tags"),
    )
    helper.add_input(Submit("save", "Save changes" if contact.pk else "Put on the list"))
    return helper


class QuickAddForm(forms.Form):
    """Somebody in one line, before the name slips away."""

    known_as_choices = [
        ("", "How you know them"),
        *((prompt.key, prompt.known_as) for prompt in PROMPTS.values()),
    ]

    name = forms.CharField(
        max_length=200, error_messages={"required": "A name is all it takes, but it does."}
    )
    organization = forms.CharField(label="Organization or role", max_length=200, required=False)
    known_as = forms.ChoiceField(choices=known_as_choices, required=False)

    def details(self) -> dict[str, Any]:
        """Return what was said as fields of a contact."""
        prompt = PROMPTS.get(self.cleaned_data["known_as"])
        return {
            "name": self.cleaned_data["name"],
            "organization": self.cleaned_data["organization"],
            **(prompt.details() if prompt else {}),
        }


class MarkedForm(forms.Form):
    """What to do with the people who are marked on the list."""

    contact = KeysField(error_messages={"required": "Mark the people you mean first."})
    action = forms.ChoiceField(choices=[(name, name) for name in ("rest", "restore", "tag")])
    tags = tags_field(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("action") == "tag" and not cleaned.get("tags") and "tags" not in self.errors:
            self.add_error("tags", "Type the tag to add.")
        return cleaned
