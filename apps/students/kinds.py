"""The kind of mail by which people on a class list are asked in."""

from apps.accounts.roles import Role
from apps.mail.kinds import Kind, register

INVITATION = "invitation"

register(
    Kind(
        name=INVITATION,
        label="Invitation",
        why="You get this because a counselor has put you on a class list.",
        is_essential=True,
        roles=frozenset({Role.STUDENT}),
    )
)
