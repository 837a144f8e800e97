from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.contacts.actions.person import TYPED_IN
from apps.contacts.models import Contact
from apps.contacts.prompts import Prompt
from apps.students.models import Student


@dataclass(frozen=True)
class Named:
    """Somebody who came to mind: the name as given, and where they are, if it was said."""

    name: str
    organization: str = ""


@transaction.atomic
def keep_names(
    *, student: Student, names: Mapping[Prompt, Sequence[Named]], now: datetime
) -> list[Contact]:
    """Put the people who came to mind on the student's list, and return those who are new on it.

    Whoever was named before at the same prompt is there already: a second press adds nobody. The
    same name at another prompt is another person, until the student says otherwise.
    """
    Student.objects.select_for_update(no_key=True).get(pk=student.pk)
    listed = Contact.objects.filter(
        student=student, how_known__in=[prompt.known_as for prompt in names]
    )
    known = {_same(*row) for row in listed.values_list("name", "organization", "how_known")}
    new = []
    for prompt, people in names.items():
        for person in people:
            key = _same(person.name, person.organization, prompt.known_as)
            if key not in known:
                known.add(key)
                new.append(
                    Contact(
                        student=student,
                        name=person.name,
                        organization=person.organization,
                        listed_on=student.today(now),
                        updated_at=now,
                        data_source=TYPED_IN,
                        **prompt.details(),
                    )
                )
    return Contact.objects.bulk_create(new)


def _same(*texts: str) -> tuple[str, ...]:
    return tuple(text.casefold() for text in texts)
