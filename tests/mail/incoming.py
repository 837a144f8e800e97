"""Mails as servers and people send them back to us, written for these tests."""

from apps.mail.models import OutgoingEmail


def delivery_report(
    email: OutgoingEmail | None = None,
    *,
    to: str = "careerhub@localhost",
    address: str = "reader@campus.example",
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 No such user here",
    report_id: str = "<report-1@mx.campus.example>",
    extra: str = "",
) -> bytes:
    """A report as RFC 3464 has it, with the headers of the mail that it is about."""
    returned = f"Message-ID: {email.message_id}" if email else "Message-ID: <other@elsewhere>"
    return f"""\
Return-Path: <>
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.campus.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: {report_id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

This is the mail system at mx.campus.example. I am sorry.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.campus.example
Arrival-Date: Wed, 15 Oct 2025 11:00:00 -0400

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}
{extra}
--edge
Content-Type: text/rfc822-headers

{returned}
From: CareerHub <careerhub@localhost>
To: {address}
Subject: Your conversation tomorrow

--edge--
""".encode()


def old_style_bounce(
    email: OutgoingEmail | None = None,
    *,
    subject: str = "failure notice",
    words: str = "550 5.1.1 unknown or illegal alias",
    sender: str = "MAILER-DAEMON@old.campus.example",
    extra: str = "",
) -> bytes:
    """A bounce in plain words, with the mail quoted below them."""
    returned = f"Message-ID: {email.message_id}" if email else ""
    return f"""\
From: {sender}
To: careerhub@localhost
Subject: {subject}
Message-ID: <old-1@old.campus.example>
{extra}
Hi. This is the program at old.campus.example.
I was not able to deliver your message to the following addresses.

<reader@campus.example>:
{words}

--- Below this line is a copy of the message.

{returned}
Subject: Your conversation tomorrow
""".encode()


def answer_of_a_person(subject: str = "Re: Your conversation", extra: str = "") -> bytes:
    return f"""\
From: Reader <reader@campus.example>
To: careerhub@localhost
Subject: {subject}
Message-ID: <answer-1@campus.example>
{extra}
I have read this, thank you.
""".encode()
