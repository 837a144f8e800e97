"""A row as the bytes that travel. The same row gives the same bytes, however often it is sent."""

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr

from django.conf import settings

from apps.mail.kinds import is_essential
from apps.mail.models import OutgoingEmail
from apps.mail.unsubscribe import stop_url
from apps.mail.verp import bounce_address


class WholeHeader(UnstructuredHeader, BaseHeader):
    """A header that is one long link, which folding would turn into encoded words."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", WholeHeader)
POLICY = SMTP.clone(header_factory=_headers)


def sender_address() -> str:
    """Return the bare address of DEFAULT_FROM_EMAIL, for MAIL FROM."""
    return ascii_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def envelope_sender(email: OutgoingEmail) -> str:
    """Return where reports about this mail go, and MAIL FROM with them.

    With MAIL_BOUNCE_ADDRESS set that is an address for this mail alone.
    """
    return bounce_address(email.pk) or sender_address()


def ascii_address(address: str) -> str:
    """Return the address with its domain as it stands in the DNS.

    Raises ValueError where that is not possible: few servers take letters beyond ASCII before the
    "@", and none has to.
    """
    local, _, domain = address.rpartition("@")
    if not (local and domain):
        raise ValueError("no address")
    return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"


def compose(email: OutgoingEmail) -> bytes:
    """Return the message with CRLF line ends and nothing but ASCII.

    Raises ValueError where the row cannot be put into a valid message.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = settings.DEFAULT_FROM_EMAIL
    message["To"] = ascii_address(email.to_address)
    if email.reply_to:
        message["Reply-To"] = ascii_address(email.reply_to)
    message["Subject"] = email.subject
    # A reminder waits in the queue for days; dated when it was queued it would sink in the inbox.
    message["Date"] = format_datetime(max(email.created_at, email.due_at))
    message["Message-ID"] = email.message_id
    message["X-CareerHub-Ref"] = email.reference  # relays may rewrite the Message-ID
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if email.recipient_id and not is_essential(email.kind):
        # RFC 2369 and RFC 8058. Only the link: nobody reads mail to an address here.
        message["List-Unsubscribe"] = f"<{stop_url(email.recipient_id, email.kind)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(email.text_body, cte="quoted-printable")
    if email.html_body:
        message.add_alternative(email.html_body, subtype="html", cte="quoted-printable")
        message.set_boundary(f"=_{email.reference}")  # else a random one
    return message.as_bytes()
