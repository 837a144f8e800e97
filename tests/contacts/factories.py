from datetime import timedelta
from typing import Any

from factory import SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.contacts.models import Closeness, Contact, Seniority, Source
from tests.clock import TODAY
from tests.students.factories import StudentFactory


class ContactFactory(DjangoModelFactory[Contact]):
    """A person on a student's list; `introduced` came by way of another one of theirs."""

    class Meta:
        model = Contact

    class Params:
        introduced = Trait(
            introduced_by=SubFactory(
                "tests.contacts.factories.ContactFactory", student=SelfAttribute("..student")
            ),
            source=Source.REFERRAL,
        )

    student = SubFactory(StudentFactory)
    listed_on = TODAY - timedelta(days=30)
    name = Sequence(lambda n: f"Ada Lindqvist-{n}")
    organization = "Harbor & Sons"
    job_title = "Harbor pilot"
    email = Sequence(lambda n: f"ada{n}@harbor.example")
    source = Source.ALUMNI
    closeness = Closeness.KNOWS
    seniority = Seniority.DIRECTOR


class WithContactFactory(DjangoModelFactory[Any]):
    """Rows about one contact of one student: give either of the two, and the other one fits."""

    class Meta:
        abstract = True

    student = SubFactory(StudentFactory)

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        if params.get("contact") is not None:
            params.setdefault("student", params["contact"].student)
        return super()._generate(strategy, params)
