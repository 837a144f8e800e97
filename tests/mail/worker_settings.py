"""The settings of the processes that the delivery tests start: the same, with short patience."""

from tests.settings import *  # noqa: F403

EMAIL_TIMEOUT = 2
MAIL_ANSWER_SECONDS = 3
MAIL_LEASE_SECONDS = 16
