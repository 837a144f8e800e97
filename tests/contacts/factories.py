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
    Research,
    Seniority,
    Source,
    Wish,
)
from apps.contacts.models.contact import WITHOUT_DETAILS
from apps.contacts.prompts import QUICK_START
from apps.students.models import Student
from tests.clock import NOW, TODAY
from tests.students.factories import CampaignFactory, StudentFactory


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


def make_a_beginning(student: Student) -> None:
    """Let the student have a purpose and five people, so that no step asks for either."""
    CampaignFactory(student=student)
    ContactFactory.create_batch(QUICK_START, student=student)


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


PREVIEW = {
    "notice": "A LinkedIn export: column names found on line 1.",
    "rows": 1,
    "counts": {"created": 1, "updated": 0, "unchanged": 0, "duplicates": 0, "skipped": 0},
    "is_newer": True,
    "differing": 0,
    "without_email": 0,
    "skipped": [],
    "remark_count": 0,
    "remarks": [],
    "columns": [["First Name", "given name"]],
    "duplicates": [],
    "more_duplicates": 0,
    "people": [{"row": 2, "name": "Ana Lee", "role": "Engineer, Modal", "what": "New"}],
}
RESULT = {"counts": PREVIEW["counts"], "left_out": 0, "without_email": 0, "skipped": []}
UNDONE = {"removed": 1, "restored": 0, "gone": 0, "used": [], "edited": [], "kept": {}}


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    """One person in a LinkedIn export that waits to be checked; the traits take it further."""

    class Meta:
        model = ImportBatch

    class Params:
        finished = Trait(data=b"")
        checked = Trait(state=BatchState.CHECKED, preview=PREVIEW, kind="linkedin", dated_at=NOW)
        waiting_save = Trait(checked=True, state=BatchState.WAITING_SAVE)
        saved = Trait(
            finished=True,
            state=BatchState.SAVED,
            preview=RESULT,
            kind="linkedin",
            dated_at=NOW,
            saved_at=NOW,
        )
        undone = Trait(
            saved=True, state=BatchState.UNDONE, preview={"undone": UNDONE}, undone_at=NOW
        )
        refused = Trait(finished=True, state=BatchState.REFUSED, refusal="This file is empty.")
        discarded = Trait(finished=True, state=BatchState.DISCARDED)
        stopped = Trait(finished=True, state=BatchState.STOPPED)

    student = SubFactory(StudentFactory)
    file_name = "Connections.csv"
    data = (
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        b"Ana,Lee,https://www.linkedin.com/in/ana-l,ana@modal.example,Modal,Engineer,07 Feb 2022\n"
    )


class ContactChangeFactory(DjangoModelFactory[ContactChange]):
    """What an import did to one contact: added them."""

    class Meta:
        model = ContactChange

    batch = SubFactory(ImportBatchFactory, saved=True)
    contact_key = Sequence(lambda n: 1_000_000 + n)
    after = LazyAttribute(lambda change: {"id": change.contact_key, "name": "Ana Lee"})


class MergeFactory(DjangoModelFactory[Merge]):
    """Two contacts that became one, of which only the kept one is left."""

    class Meta:
        model = Merge

    student = SelfAttribute("kept.student")
    kept = SubFactory(ContactFactory)


class NotDuplicateFactory(DjangoModelFactory[NotDuplicate]):
    """Two contacts of one student who look alike and are two people."""

    class Meta:
        model = NotDuplicate

    student = SelfAttribute("first.student")
    first = SubFactory(ContactFactory)
    second = SubFactory(ContactFactory, student=SelfAttribute("..first.student"))


class ResearchFactory(DjangoModelFactory[Research]):
    """An article about a contact; `of_organization` is about nobody on the list."""

    class Meta:
        model = Research

    class Params:
        of_organization = Trait(
            student=SubFactory(StudentFactory), contact=None, organization="Harbor Media"
        )

    student = SelfAttribute("contact.student")
    contact = SubFactory(ContactFactory)
    title = Sequence(lambda n: f"Labels on the wall, part {n}")
    url = "https://journal.example/labels"
    note = "They test every label with visitors."
    noted_on = TODAY
