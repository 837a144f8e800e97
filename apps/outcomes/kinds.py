"""The kind of mail that asks what a term brought."""

from apps.accounts.roles import Role
from apps.mail.kinds import Kind, register

CLOSE_OUT = "close_out"

register(
    Kind(
        name=CLOSE_OUT,
        label="One question at the end of a term",
        why="You get this because a term of yours has ended. It comes three times at most, "
        "and never again once you have answered.",
        roles=frozenset({Role.STUDENT}),
    )
)
