"""Whether queued mails are still wanted. Each kind's own app says so, just before they leave."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from apps.mail.models import SIGN_IN, OutgoingEmail

Condition = Callable[[OutgoingEmail], bool]
ConditionOfMany = Callable[[Sequence[OutgoingEmail]], Sequence[bool]]

_conditions: dict[str, ConditionOfMany] = {}


def still_wanted(kind: str) -> Callable[[Condition], Condition]:
    """Register the function that judges a mail of this kind. It is asked before every try.

    The module that holds it is imported in the `ready` of its app, so that workers know it too.
    """

    def register(condition: Condition) -> Condition:
        all_still_wanted(kind)(lambda emails: [condition(email) for email in emails])
        return condition

    return register


def all_still_wanted(kind: str) -> Callable[[ConditionOfMany], ConditionOfMany]:
    """Register a function that judges many mails at once: one answer for each, in their order.

    For kinds that come in thousands, and whose mails can be looked up together.
    """

    def register(condition: ConditionOfMany) -> ConditionOfMany:
        if kind in _conditions:
            raise ValueError(f"Two conditions claim the mails of kind {kind}.")
        _conditions[kind] = condition
        return condition

    return register


def judge(emails: Sequence[OutgoingEmail]) -> list[bool | Exception]:
    """Return for each mail whether it may leave: its recipient is here, and its condition holds.

    Where a condition raises, the mails are asked about one by one, so that trouble with one is
    not the others'; its answer is what was raised.
    """
    answers: list[bool | Exception] = [_has_reader(email) for email in emails]
    of_kind = defaultdict(list)
    for place, email in enumerate(emails):
        if email.recipient is not None and answers[place] and email.kind in _conditions:
            of_kind[email.kind].append(place)
    for kind, places in of_kind.items():
        judged = _ask(_conditions[kind], [emails[place] for place in places])
        for place, answer in zip(places, judged, strict=True):
            answers[place] = answer
    return answers


def is_still_wanted(email: OutgoingEmail) -> bool:
    """Return what `judge` says of a single mail; raise what its condition raises."""
    (answer,) = judge([email])
    if isinstance(answer, Exception):
        raise answer
    return answer


def _has_reader(email: OutgoingEmail) -> bool:
    if email.recipient is None:
        # Only sign-in mail is written to addresses that are nobody's.
        return email.kind == SIGN_IN
    return email.recipient.is_active


def _ask(condition: ConditionOfMany, emails: Sequence[OutgoingEmail]) -> Sequence[bool | Exception]:
    try:
        return condition(emails)
    except Exception as error:
        if len(emails) == 1:
            return [error]
        return [_ask(condition, [email])[0] for email in emails]
