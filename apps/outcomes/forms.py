from datetime import date
from typing import Any

from django import forms

from apps.contacts.models import Contact
from apps.outcomes.models import FirstDestination, Kind, Offer, Source, Status
from apps.outcomes.ways import Way
from apps.students.models import Student

ENDINGS = [
    (Status.DECLINED, "I declined it"),
    (Status.RESCINDED, "They took it back"),
    (Status.OPEN, "It is still open"),
]
"""The buttons beside the one that accepts, which has a day of its own."""

STANDS = [
    (Status.OPEN, "Not decided yet"),
    (Status.ACCEPTED, "Accepted"),
    (Status.DECLINED, "Declined"),
    (Status.RESCINDED, "Taken back by them"),
]
APART = "apart"


def day_field(label: str, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class AcceptanceForm(forms.Form):
    """What every form about an offer's status holds to: a day for an accepted one, and no other."""

    def check_acceptance(
        self, told: dict[str, Any], *, received_on: date | None, today: date
    ) -> None:
        if told.get("status") != Status.ACCEPTED:
            told["accepted_on"] = None
        elif "accepted_on" in told:
            day = told["accepted_on"]
            if day is None:
                self.add_error("accepted_on", "Say on which day you accepted.")
            elif day > today:
                self.add_error("accepted_on", "This day is still to come.")
            elif received_on is not None and day < received_on:
                self.add_error("accepted_on", "The offer had not come yet on this day.")


class OfferEndingForm(AcceptanceForm):
    """How an offer ended: `status` is the button pressed, the day is read for an accepted one."""

    status = forms.ChoiceField(
        choices=Status, error_messages={"required": "Press one of the buttons."}
    )
    accepted_on = day_field("You accepted on", required=False)

    def __init__(self, data: Any = None, *, offer: Offer, today: date) -> None:
        super().__init__(data, initial={"accepted_on": offer.accepted_on or today})
        self.offer, self.today = offer, today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.check_acceptance(told, received_on=self.offer.received_on, today=self.today)
        return told


class OfferForm(AcceptanceForm):
    """What an offer is and where it stands. Through whom it came is asked on a page of its own."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a job or an internship."},
    )
    organization = forms.CharField(
        label="Organization",
        max_length=200,
        error_messages={"required": "Say where the offer comes from."},
    )
    received_on = day_field("It came on", error_messages={"required": "Say on which day it came."})
    status = forms.ChoiceField(label="Where it stands", choices=STANDS, widget=forms.RadioSelect)
    accepted_on = day_field("If accepted, on", required=False)
    starts_on = day_field("The work begins on", required=False, help_text="If that is known.")

    def __init__(self, data: Any = None, *, offer: Offer | None, today: date) -> None:
        names = ("kind", "organization", "received_on", "status", "accepted_on", "starts_on")
        if offer is None:
            initial: dict[str, Any] = {"received_on": today, "status": Status.OPEN}
        else:
            initial = {name: getattr(offer, name) for name in names}
        super().__init__(data, initial=initial)
        self.today = today

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        came = told.get("received_on")
        if came is not None and came > self.today:
            self.add_error("received_on", "This day is still to come.")
        self.check_acceptance(told, received_on=came, today=self.today)
        return told


class WayForm(forms.Form):
    """Through whom an offer came; nobody is chosen beforehand but who was chosen before."""

    through = forms.ChoiceField(
        label="Through whom did it come?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose somebody, or that it was not through a conversation.",
            "invalid_choice": "This person is not on your list.",
        },
    )
    how_it_helped = forms.CharField(
        label="How did your conversations help?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence is enough. Your counselors can read it.",
    )

    def __init__(
        self, data: Any = None, *, offer: Offer, ways: list[Way], student: Student
    ) -> None:
        chosen = APART if offer.is_apart else offer.contact_id
        super().__init__(data, initial={"through": chosen, "how_it_helped": offer.how_it_helped})
        self.student = student
        through = self.fields["through"]
        assert isinstance(through, forms.ChoiceField)
        through.choices = [
            *((way.person.pk, way.words) for way in ways),
            (APART, "Not through a conversation"),
        ]

    @property
    def contact(self) -> Contact | None:
        """Return whom the student chose."""
        chosen = self.cleaned_data["through"]
        if chosen == APART:
            return None
        return Contact.objects.get(student=self.student, pk=chosen)


class EvidenceForm(forms.Form):
    """What a counselor has seen of an offer."""

    evidence = forms.CharField(
        label="What you have seen",
        max_length=300,
        help_text="The letter, the mail, a word from the organization. The student can read it.",
        error_messages={"required": "Say what you have seen of the offer."},
    )


class DestinationForm(forms.ModelForm):
    """What a graduate does first; staff also say who told them."""

    class Meta:
        model = FirstDestination
        fields = (
            "destination",
            "organization",
            "country",
            "state",
            "annual_salary",
            "is_held_before",
            "institution",
            "institution_country",
            "institution_state",
            "field_of_study",
            "degree_sought",
            "school",
            "degree_level",
        )
        labels = {
            "destination": "What it is",
            "state": "State or region",
            "annual_salary": "Base salary a year",
            "is_held_before": "It was theirs before they graduated",
            "institution": "Institution of further study",
            "institution_country": "Country of the institution",
            "institution_state": "State of the institution",
            "degree_sought": "Degree to be earned",
            "school": "Own school or division",
            "degree_level": "Degree earned",
        }
        help_texts = {"is_held_before": ""}

    source = forms.ChoiceField(label="Who says so", choices=Source, initial=Source.COUNSELOR)

    def __init__(
        self, data: Any = None, *, instance: FirstDestination | None, is_own: bool
    ) -> None:
        super().__init__(data, instance=instance)
        if is_own:
            del self.fields["source"]
            self.fields["is_held_before"].label = "I had it before I graduated"

    @property
    def details(self) -> dict[str, Any]:
        """Return what is said, without who says it."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
