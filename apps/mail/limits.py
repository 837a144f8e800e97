"""How long a try may take. The lease outlives the slowest honest try, or a mail would go twice."""

from datetime import timedelta

from django.conf import settings

# RSET, MAIL, RCPT, DATA, the content and the final dot, each of which may take EMAIL_TIMEOUT.
STEPS_BEFORE_THE_ANSWER = 6
# MAIL, RCPT, DATA and the content come before the marker. A claim holds twice as long, so that
# half of it is for what is done before the last mail's turn: judging, and the mails ahead of it.
STEPS_BEFORE_THE_MARKER = 4
STEPS_OF_A_HOLD = 2 * STEPS_BEFORE_THE_MARKER


def hold() -> timedelta:
    """Return how long a claim holds while its mail waits for its turn."""
    return timedelta(seconds=STEPS_OF_A_HOLD * step_seconds())


def lease() -> timedelta:
    """Return how long a claim holds once the handing over has begun."""
    return timedelta(seconds=getattr(settings, "MAIL_LEASE_SECONDS", 20 * 60))


def answer_seconds() -> float:
    """Return how long to wait for the answer to a whole message; RFC 5321 asks for ten minutes."""
    return float(getattr(settings, "MAIL_ANSWER_SECONDS", 10 * 60))


def step_seconds() -> float:
    """Return how long to wait for each shorter step."""
    return float(settings.EMAIL_TIMEOUT)


def slowest_try_seconds() -> float:
    return STEPS_BEFORE_THE_ANSWER * step_seconds() + answer_seconds()
