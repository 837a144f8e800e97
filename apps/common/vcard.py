"""Text of vCard files: 2.1 with its quoted-printable, 3.0 (RFC 2426) and 4.0 (RFC 6350).

Reading is lenient and never nests calls: whatever the bytes, cards come out or `BadCardsError`.
Lines are joined as bytes before any decoding, for a fold may cut a character in two.
"""

import binascii
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apps.common.content_lines import write_lines
from apps.common.csv_text import decode_line

MAX_DEPTH = 10  # a card may hold the card of an assistant, which may hold another
MAX_PROPERTIES = 1000  # of one card; those after are passed over
MAX_OCTETS = 64 * 1024  # of one value: enough for any text, and no photo is wanted

# Codecs that read text and nothing else, by the start of Python's name for them. UTF-8 is not
# among them: it is tried on every line, with or without a word about it.
_TEXT_CODECS = (
    *("iso8859", "cp125", "koi8", "mac-roman"),
    *("shift_jis", "euc_", "iso2022", "gb", "big5"),
)
_CODEC_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}")
_BARE_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"}
_HEAD = re.compile(rb'((?:"[^"]*"|[^":])*):')
_SETTING = re.compile(r'(?:"[^"]*"|[^;])+')
_TOKEN = re.compile(r"\\.|[^\\;,]+|.", re.DOTALL)
_ESCAPED = re.compile(r"\\([nN,;:\\])")


class BadCardsError(ValueError):
    """The bytes nest cards too deeply. The message is for people."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its name in upper case without its group, and the value as it stands.

    A value longer than `MAX_OCTETS` is cut there.
    """

    name: str
    raw: bytes
    settings: dict[str, str]

    def text(self) -> str:
        """Return the whole value, unescaped."""
        return _unescape(self._decoded())

    def parts(self, separator: str) -> list[str]:
        """Split the value at each `;` or `,` that is not escaped, and unescape the parts."""
        found = [""]
        for token in _TOKEN.findall(self._decoded()):
            if token == separator:
                found.append("")
            else:
                found[-1] += token
        return [_unescape(part) for part in found]

    def _decoded(self) -> str:
        data = self.raw
        encoding = self.settings.get("ENCODING", "").upper()
        if encoding == "QUOTED-PRINTABLE":
            data = binascii.a2b_qp(data)
        elif encoding in {"B", "BASE64"}:
            data = _from_base64(data)
        codec = _text_codec(self.settings.get("CHARSET", ""))
        return data.decode(codec, "replace") if codec else decode_line(data)


@dataclass(frozen=True, slots=True)
class Card:
    properties: list[Property] = field(default_factory=list)
    is_closed: bool = True  # False: no END line came; the file may have been cut short


def read_cards(data: bytes) -> Iterator[Card]:
    """Yield the cards of a file in order. Cards inside a card (AGENT) are passed over.

    A BEGIN before the END of the last card starts the next one, unless an assistant's card is
    announced there. Raises `BadCardsError` past `MAX_DEPTH`.
    """
    card: Card | None = None
    inner = 0  # how many cards are open inside this one
    for line in _properties(data):
        opens, closes = _is_edge(line, "BEGIN"), _is_edge(line, "END")
        if opens and card and (inner or _announces_a_card(card)):
            inner += 1
            if inner >= MAX_DEPTH:
                raise BadCardsError(f"This file nests more than {MAX_DEPTH} cards in one another.")
        elif opens:
            if card:
                yield Card(card.properties, is_closed=False)
            card = Card()
        elif closes and inner:
            inner -= 1
        elif closes and card:
            yield card
            card = None
        elif card and not inner and len(card.properties) < MAX_PROPERTIES:
            card.properties.append(line)
    if card:
        yield Card(card.properties, is_closed=False)


def write_card(properties: Iterable[tuple[str, str]]) -> str:
    """Return a vCard 4.0 of lines of at most 75 octets, ended by CRLF.

    A property is its name (with parameters, if any) and its value, already escaped: a structured
    value keeps the separators it needs.
    """
    lines = [("BEGIN", "VCARD"), ("VERSION", "4.0"), *properties, ("END", "VCARD")]
    return write_lines(lines)


def _unescape(text: str) -> str:
    r"""Undo `escape`, and the `\:` that Google writes. Any other backslash stays what it is."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _is_edge(line: Property, name: str) -> bool:
    return line.name == name and line.raw.strip().upper() == b"VCARD"


def _announces_a_card(card: Card) -> bool:
    if not card.properties:
        return False
    last = card.properties[-1]
    return last.name == "AGENT" and not last.raw.strip()


def _properties(data: bytes) -> Iterator[Property]:
    for line in _logical_lines(data):
        head, colon, value = line.partition(b":")
        if b'"' in head and (found := _HEAD.match(line)):
            head, value = found[1], line[found.end() :]  # the first colon was a quoted one
        if not colon:
            continue  # no property; base64 without its indent looks like this
        name, semicolon, settings = head.partition(b";")
        yield Property(
            name=decode_line(name).rpartition(".")[2].strip().upper(),
            raw=_cut(value),
            settings=_settings(decode_line(settings)) if semicolon else {},
        )


def _cut(value: bytes) -> bytes:
    """Cut a value at `MAX_OCTETS`, or before the UTF-8 character that this would cut in two."""
    if len(value) <= MAX_OCTETS:
        return value
    end = MAX_OCTETS
    while end and value[end] & 0b1100_0000 == 0b1000_0000:
        end -= 1
    return value[:end]


def _settings(text: str) -> dict[str, str]:
    """Return parameters by upper-case name. vCard 2.1 may leave out ENCODING= and TYPE=."""
    settings: dict[str, str] = {}
    for setting in _SETTING.findall(text):
        name, equals, value = setting.partition("=")
        if equals:
            settings[name.strip().upper()] = value.strip().strip('"')
        elif name.strip().upper() in _BARE_ENCODINGS:
            settings["ENCODING"] = name.strip()
    return settings


def _logical_lines(data: bytes) -> Iterator[bytes]:
    """Yield lines with folds and soft line breaks taken out."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    pieces: list[bytes] = []
    is_quoted_printable = goes_on = False  # goes on: the line before ended in a soft line break
    data = data.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for line in data.split(b"\n"):
        line = line.removeprefix(BOM_UTF8)
        if goes_on and not _starts_or_ends_a_card(line):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in (b" ", b"\t") and pieces:
            pieces.append(line[1:])
        else:
            if pieces:
                yield b"".join(pieces)
            pieces = [line]
            is_quoted_printable = b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        goes_on = is_quoted_printable and line.endswith(b"=")
    yield b"".join(pieces)


def _starts_or_ends_a_card(line: bytes) -> bool:
    return line.strip().upper() in (b"BEGIN:VCARD", b"END:VCARD")


def _text_codec(charset: str) -> str | None:
    if not _CODEC_NAME.fullmatch(charset):
        return None
    try:
        codec = lookup(charset).name
    except LookupError:
        return None
    if codec == "iso8859-1":
        return "cp1252"  # the same letters, and those that Windows writes under that name
    return codec if codec.startswith(_TEXT_CODECS) else None


def _from_base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        return b""
