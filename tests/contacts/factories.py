from datetime import timedelta
from typing import Any

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from apps.contacts.fingerprints import fingerprint
from apps.contacts.models import (
    BatchState,
    Closeness,
    Contact,
    ContactChange,
    ImportBatch,
    Merge,
    NotDuplicate,
    Seniority,
    Source,
    Wish,
)
from apps.contacts.models.contact import WITHOUT_DETAILS
from tests.clock import NOW, TODAY
from tests.students.factories import StudentFactory


class ContactFactory(DjangoModelFactory[Contact]):
    """A person on a student's list; `introduced` came by way of another one of theirs.

    `erased` asked that nothing of them be kept.
    """

    class Meta:
        model = Contact

    class Params:
        introduced = Trait(
            introduced_by=SubFactory(
                "tests.contacts.factories.ContactFactory", student=SelfAttribute("..student")
            ),
            source=Source.REFERRAL,
        )
        erased = Trait(**WITHOUT_DETAILS, erased_at=NOW)

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


class WishFactory(DjangoModelFactory[Wish]):
    """What the owner of `key` wishes; without a trait or a value, nothing."""

    class Meta:
        model = Wish

    class Params:
        key = Sequence(lambda n: f"ada{n}@harbor.example")
        never = Trait(is_never=True)
        paused = Trait(paused_until=TODAY + timedelta(days=14))
        erased = Trait(erased_at=NOW)

    fingerprint = LazyAttribute(lambda wish: fingerprint(wish.key))


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    """A file that waits to be checked; `saved` has been brought in and let go."""

    class Meta:
        model = ImportBatch

    class Params:
        saved = Trait(state=BatchState.SAVED, data=b"", saved_at=NOW)

    student = SubFactory(StudentFactory)
    file_name = "Connections.csv"
    data = b"First Name,Last Name\n"


class MergeFactory(DjangoModelFactory[Merge]):
    """Two contacts that became one, of which only the kept one is left."""

    class Meta:
        model = Merge

    student = SelfAttribute("kept.student")
    kept = SubFactory(ContactFactory)


class ContactChangeFactory(DjangoModelFactory[ContactChange]):
    """A contact that an import made."""

    class Meta:
        model = ContactChange

    batch = SubFactory(ImportBatchFactory, saved=True)
    contact_key = 1
    after = {"name": "Ada Lindqvist"}


class NotDuplicateFactory(DjangoModelFactory[NotDuplicate]):
    """Two contacts of one student who look alike and are two people."""

    class Meta:
        model = NotDuplicate

    student = SelfAttribute("first.student")
    first = SubFactory(ContactFactory)
    second = SubFactory(ContactFactory, student=SelfAttribute("..first.student"))
