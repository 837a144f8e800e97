"""Text out of other programs' files, made clean: what a person sees, and nothing else."""

import re
import unicodedata

LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x85]+")
NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def is_plain(text: str) -> bool:
    """Tell whether stripping is all that `clean_line` would do. Asked once for a whole row."""
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def clean_line(text: str) -> str:
    """Return text on one line: stripped, in NFC, without control characters."""
    text = text.strip()
    return text if is_plain(text) else clean(LINE_BREAKS.sub(" ", text))


def clean(text: str) -> str:
    """Return text in NFC, stripped, without control characters."""
    return unicodedata.normalize("NFC", NO_TEXT.sub("", text)).strip()


def is_visible(text: str) -> bool:
    """Tell whether anything shows: a zero-width space alone is no name."""
    return bool(text) and (
        text.isprintable() or any(one.isprintable() and not one.isspace() for one in text)
    )
