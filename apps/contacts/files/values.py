"""One value of a contact file at a time: text made clean, addresses and links sorted out."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.common.plain_text import LINE_BREAKS, NO_TEXT, clean, clean_line
from apps.contacts.files.limits import MAX_VALUES

MAX_EMAIL = 254  # RFC 5321: a path of 256 octets with its angle brackets
MAX_LINK = 2000

_BROKEN = "\N{REPLACEMENT CHARACTER}"
_NOTE_BREAKS = re.compile(r"\r\n|[\n\v\f\r\x85]")
_EAST_ASIAN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LINK = re.compile(r"https?://[^\s/?#@\\<>\"'`]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_BARE_LINK = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_MAILTO = re.compile(r"[ \t\xa0]*(?:mailto:[ \t\xa0]*)*", re.IGNORECASE)
_NAMED_EMAIL = re.compile(r"[^<>]*<([^<>]+)>")


def clean_note(text: str) -> str:
    """Return text that may run over several lines, each ended by a line feed."""
    return clean(_NOTE_BREAKS.sub("\n", text).replace("\t", " "))


def display_name(given: str, family: str, shown: str = "") -> str:
    """Return a person's name in the order they write it.

    `shown`, the name the other program displays, decides the order where it has these two names
    and nothing else; titles and nicknames in it are left out. Without it, names written in
    Chinese, Japanese or Korean have the family first.
    """
    if not (given and family):
        return given or family or shown
    if shown and _squeezed(shown) in (_squeezed(given + family), _squeezed(family + given)):
        return shown
    if not given.isascii() and _EAST_ASIAN.fullmatch(given) and _EAST_ASIAN.fullmatch(family):
        return f"{family}{given}"
    return f"{given} {family}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in order, without the empty ones; of the first `MAX_VALUES` only."""
    return tuple(dict.fromkeys(filter(None, islice(texts, MAX_VALUES))))


def sort_emails(given: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return valid addresses, each once whatever its capitals, and the others, to be shown."""
    valid: dict[str, str] = {}
    flagged: list[str] = []
    for text in filter(None, map(_address, islice(given, MAX_VALUES))):
        if _is_email(text):
            valid.setdefault(text.casefold(), text)
        elif not _is_exchange_key(text):
            flagged.append(_show_broken(text))
    return tuple(valid.values()), unique(flagged)


def _address(text: str) -> str:
    """Return what stands in angle brackets, if anything does, without `mailto:`.

    Nothing is left of either, so that what is written to a file comes back the same. Only blanks
    are stripped: an address that ends in any other control character is a broken one.
    """
    inner = named[1] if (named := _NAMED_EMAIL.fullmatch(text)) else text
    inner = unicodedata.normalize("NFC", _MAILTO.sub("", inner, count=1).strip(" \t\xa0"))
    return inner if inner == text else _address(inner)


def _is_exchange_key(text: str) -> bool:
    """Outlook exports a colleague's place in the directory (/o=…/cn=…) in the e-mail column."""
    return text[:3].lower() == "/o="


def _is_email(text: str) -> bool:
    if "@" not in text or _BROKEN in text or len(text) > MAX_EMAIL or not text.isprintable():
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _show_broken(text: str) -> str:
    """Put a mark where a control character stood, lest the rest pass for a valid address."""
    return clean_line(NO_TEXT.sub(_BROKEN, LINE_BREAKS.sub(_BROKEN, text)))


def readable_phone(text: str) -> str:
    """Return a number as given; `tel:+1-418-656-9254;ext=102` as "+1 418 656 9254 ext. 102"."""
    if text[:4].lower() != "tel:":
        return text
    number, *parameters = unquote(text[4:]).split(";")
    extensions = [one[4:] for one in parameters if one[:4].lower() == "ext="]
    spaced = re.sub(r"[-.\s]+", " ", number)
    return clean_line(" ext. ".join([spaced, *extensions[:1]]))


def web_link(text: str) -> str:
    """Return a web address, or "" for anything else. One without a scheme is given https."""
    if not text or len(text) > MAX_LINK:
        return ""
    if _LINK.fullmatch(text):
        return text
    return f"https://{text}" if _BARE_LINK.fullmatch(text) else ""
