"""The pages around offers, with rows of `ana`'s and of her class."""

from django.urls import reverse

from apps.students.models import Cohort, Student
from tests.clock import TODAY
from tests.outcomes.factories import OfferFactory

Asked = tuple[str, dict[str, str | int]]


def offer_pages(ana: Student, cohort: Cohort) -> dict[str, Asked]:
    """Return addresses with what is asked of them, by the name of the URL."""
    offer = OfferFactory(student=ana)
    facts: dict[str, str | int] = {
        "kind": "job",
        "organization": "Tern",
        "received_on": TODAY.isoformat(),
        "status": "open",
    }
    way: dict[str, str | int] = {"through": "apart"}
    of_offer: dict[str, dict[str, str | int]] = {
        "offer_edit": facts,
        "offer_way": way,
        "offer_ending": {"status": "declined"},
        "offer_care": {"evidence": "The letter"},
        "offer_care_edit": facts,
        "offer_care_way": way,
    }
    return {
        **{name: (reverse(name, args=[offer.pk]), asked) for name, asked in of_offer.items()},
        "close_out": (reverse("close_out", args=[ana.enrolments.get().pk]), {}),
        "destination_own": (
            reverse("destination_own", args=[ana.enrolments.get().pk]),
            {"destination": "service"},
        ),
        **{
            name: (reverse(name, args=[cohort.term.code]), {})
            for name in ("destination_file", "destination_import")
        },
        "destinations": (reverse("destinations", args=[cohort.term.code]), {}),
        "destination_edit": (
            reverse("destination_edit", args=[cohort.term.code, ana.pk]),
            {"destination": "service", "source": "family"},
        ),
        "class_offers": (reverse("class_offers", args=[cohort.pk]), {}),
        "class_offer_new": (reverse("class_offer_new", args=[cohort.pk, ana.pk]), facts),
        "class_no_offer": (reverse("class_no_offer", args=[cohort.pk, ana.pk]), {}),
    }
