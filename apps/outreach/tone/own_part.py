"""What the writer wrote, without the earlier mail quoted below or between the lines."""

import re

_WROTE = r"(?:wrote|schrieb|a écrit|a ecrit|escribió|escribio|ha scritto|schreef|escreveu)"
# "On Tue, Mar 3, 2026 at 10:04 AM Sam Lee <sam@tern.example> wrote:", wrapped over up to 3 lines.
_ATTRIBUTION = re.compile(
    rf"^[ \t]*(?=[^\n]*(?:\n[^\n]+){{0,2}}?:[ \t\r]*$)(?:(?:on|am|le|el|op|il|em)\s"
    rf"[^\n]{{0,160}}(?:\n[^\n]{{1,160}}){{0,2}}?|[^\n:,.]{{1,80}}(?:<[^\n>]+>)?\s?)"
    rf"\b{_WROTE}\b[^\n]{{0,120}}:[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DATED = re.compile(r"\d|@")
_DIVIDER = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original message|original[- ]nachricht|ursprüngliche nachricht"
    r"|urspr(?:.|u.)ngliche nachricht|message d.origine|message original|mensaje original"
    r"|messaggio originale|forwarded message|weitergeleitete nachricht|message transf.r."
    r"|mensaje reenviado|doorgestuurd bericht|oorspronkelijk bericht)[ \t]*-*"
    r"|begin forwarded message:|anfang der weitergeleiteten nachricht:"
    r"|début du message r.exp.di. ?:)[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = r"(?:from|von|de|da|van|expéditeur|expediteur)"
_FIELD = (
    r"(?:sent|date|gesendet|datum|envoyé|envoye|enviado(?: el)?|fecha|data|inviato|verzonden"
    r"|to|an|à|para|cc|kopie|subject|betreff|objet|asunto|oggetto|onderwerp)"
)
_HEADERS = re.compile(
    rf"^[ \t]*\*?{_FROM}[ \xa0]?:\*?[^\n]*\n(?:[ \t]*\*?{_FIELD}[ \xa0]?:\*?[^\n]*(?:\n|\Z))+",
    re.IGNORECASE | re.MULTILINE,
)
_MAYBE_QUOTES = re.compile(r"^[ \t]*(?:>|-{2}|\*?[^\W\d_]+[ \xa0]?:)|:[ \t\r]*$", re.MULTILINE)
_QUOTED_LINE = re.compile(r"^[ \t]*>[^\n]*(?:\n|\Z)", re.MULTILINE)


def own_parts(original: str) -> list[tuple[int, int]]:
    """Return the half-open places of what is the writer's own, in order."""
    if not _MAYBE_QUOTES.search(original):
        return [(0, len(original))]
    start = _end_of_own_headers(original)
    end = len(original)
    removed: list[tuple[int, int]] = []
    for quote in _attributions(original, start):
        following = original[quote.end() :].lstrip()
        if following.startswith(">"):  # only the marked lines are quoted, answers stand between
            removed.append(quote.span())
        else:
            end = min(end, quote.start())
    for pattern in (_DIVIDER, _HEADERS):
        if divider := pattern.search(original, start, end):
            end = divider.start()
    removed += [line.span() for line in _QUOTED_LINE.finditer(original, start, end)]
    return _without(removed, start, end)


def _attributions(original: str, start: int) -> list[re.Match[str]]:
    found = _ATTRIBUTION.finditer(original, start)
    return [one for one in found if _DATED.search(one[0]) or _is_marked_after(original, one)]


def _is_marked_after(original: str, attribution: re.Match[str]) -> bool:
    return original[attribution.end() :].lstrip().startswith(">")


def _end_of_own_headers(original: str) -> int:
    """Skip the From/To block of the draft itself, if it starts with one."""
    blank = len(original) - len(original.lstrip("\ufeff \t\r\n"))
    headers = _HEADERS.match(original, blank)
    return headers.end() if headers else 0


def _without(removed: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    parts = []
    for first, last in sorted(removed):
        if first >= end:
            break
        if start < first:
            parts.append((start, first))
        start = max(start, last)
    if start < end:
        parts.append((start, end))
    return parts
