"""The settings of the processes whose memory is measured: nothing is kept for somebody to debug."""

from tests.settings import *  # noqa: F403

DEBUG = False
