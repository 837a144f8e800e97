"""The kind of mail by which administrators hear that a term can be reported on."""

from apps.accounts.roles import Role
from apps.mail.kinds import Kind, register

REPORT_READY = "report_ready"

register(
    Kind(
        name=REPORT_READY,
        label="The report of a term that has closed",
        why="You get this because you asked for the report’s link when a term closes.",
        roles=frozenset({Role.ADMINISTRATOR}),
    )
)
