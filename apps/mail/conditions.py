"""Whether a queued mail is still wanted. Each kind's own app says so, just before it leaves."""

from collections.abc import Callable

from apps.mail.models import SIGN_IN, OutgoingEmail

Condition = Callable[[OutgoingEmail], bool]

_conditions: dict[str, Condition] = {}


def still_wanted(kind: str) -> Callable[[Condition], Condition]:
    """Register the function that judges mails of this kind. It is asked at every try.

    The module that holds it is imported in the `ready` of its app, so that workers know it too.
    """

    def register(condition: Condition) -> Condition:
        if kind in _conditions:
            raise ValueError(f"Two conditions claim the mails of kind {kind}.")
        _conditions[kind] = condition
        return condition

    return register


def is_still_wanted(email: OutgoingEmail) -> bool:
    """Return whether the mail may leave: its recipient is here, and its own condition holds."""
    if email.recipient is None:
        # Only sign-in mail is written to addresses that are nobody's.
        return email.kind == SIGN_IN
    condition = _conditions.get(email.kind)
    return email.recipient.is_active and (condition is None or condition(email))
