"""The kinds of mail there are. Each app registers its own, in its `ready`."""

from dataclasses import dataclass

from apps.accounts.roles import Role
from apps.mail.models import SIGN_IN


@dataclass(frozen=True)
class Kind:
    """One kind of mail. `why` is the sentence below each of them: "You get this because …".

    An essential kind is sent whatever a person has chosen, and nobody can unsubscribe from it.
    One that `always_comes` is sent however many mails the person got this week; it counts, too.
    `roles` says who can get such mails at all; empty means everybody.
    """

    name: str
    label: str
    why: str
    is_essential: bool = False
    always_comes: bool = False
    roles: frozenset[Role] = frozenset()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make the kind known. Nothing can be queued of a kind that is not."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"Two kinds of mail are called {kind.name}.")


def kind_of(name: str) -> Kind:
    """Return the kind of that name. Raises LookupError where there is none."""
    if name not in _kinds:
        raise LookupError(f"No kind of mail is called {name}. Register it in its app's ready.")
    return _kinds[name]


def is_essential(name: str) -> bool:
    """Return whether mails of this kind go whatever a person has chosen.

    A row may be older or newer than this process's code; of a kind that it does not know,
    nothing is essential.
    """
    return name in _kinds and _kinds[name].is_essential


def is_held_to_cap(name: str) -> bool:
    """Return whether mails of this kind stay away from whom the week has had its mails."""
    return name not in _kinds or not (_kinds[name].is_essential or _kinds[name].always_comes)


def all_kinds() -> list[Kind]:
    """Return every kind, in the order in which the apps stand in the line."""
    return list(_kinds.values())


register(
    Kind(
        name=SIGN_IN,
        label="Signing in",
        why="You get this because somebody, most likely you, asked for it on the sign-in page.",
        is_essential=True,
    )
)
