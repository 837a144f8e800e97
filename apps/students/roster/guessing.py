"""Which column is what: by its name, and where names are silent by what stands in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.students.roster.delimited import Grid
from apps.students.roster.headings import AMBIGUOUS, is_secret, meaning_of, tokens
from apps.students.roster.table import Column, Meaning

HEADER_WITHIN = 12  # rows in which the column names are looked for
LOOKED_AT = 200  # rows by whose values a column is judged
MOSTLY = 0.8

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
NAME = re.compile(r"[^\W\d_][^\d@/\\:=]*")
CODE = re.compile(r"(?=.*\d)[\w.-]{1,32}")
LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")

# Rows that gradebooks put between people, and the student that they make up to try things with.
NOBODY = re.compile(
    r"points\spossible|max(?:imum)?\s(?:points|score)|possible\spoints|(?:class\s|overall\s)?average"
    r"|mean|median|standard\sdeviation|total|totals|count|manual\sposting|student,\stest"
    r"|test\sstudent|.*_previewuser",
    re.IGNORECASE,
)
HAS_FIGURE = re.compile(r"[\d@]").search

COUNTERS = {"no", "number", "nummer", "numero"}
PERSON = {Meaning.EMAIL, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME, Meaning.FULL_NAME}


@dataclass(frozen=True)
class Understood:
    """Columns with a guess each, the rows below the names, and what was left at the door.

    `kept` are the places of the columns that may be kept, in the order of `columns`.
    """

    columns: list[Column]
    kept: list[int]
    rows: Grid
    dropped: list[str]
    has_names: bool


def understand(grid: Grid) -> Understood:
    """Find the column names, guess what each column is, and tell what must not be kept."""
    width = max((len(cells) for _, cells in grid), default=0)
    at = _find_header(grid)
    names = [] if at is None else grid[at][1]
    names = [*names, *[""] * (width - len(names))]
    rows = grid if at is None else grid[at + 1 :]
    values = [_values(rows, column) for column in range(width)]
    meanings = _by_name(names, values)
    _by_value(meanings, values, names)
    secret = [bool(name) and is_secret(name) for name in names]
    kept, dropped = [], []
    for column, name in enumerate(names):
        if secret[column]:
            dropped.append(name)
        elif name or meanings[column]:
            kept.append(column)
        elif any(cell(cells, column) for _, cells in rows):
            dropped.append(f"column {column + 1}")  # nameless, so it may hold anything
    columns = [Column(names[one] or f"Column {one + 1}", meanings[one]) for one in kept]
    return Understood(columns, kept, rows, dropped, has_names=at is not None)


def cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _values(rows: Grid, column: int) -> list[str]:
    return [
        cell(cells, column)
        for _, cells in rows[:LOOKED_AT]
        if not any(map(NOBODY.fullmatch, cells[:10]))
    ]


def _find_header(grid: Grid) -> int | None:
    """Return the place of the row with the column names, or None if there is none."""
    for at, (_, cells) in enumerate(grid[:HEADER_WITHIN]):
        if any(EMAIL.fullmatch(one) for one in cells):
            break
        known = {meaning for one in cells if (meaning := meaning_of(one)[0])}
        is_alone = at == 0 and not any(map(HAS_FIGURE, cells))
        if known & {*PERSON, Meaning.STUDENT_ID} and (len(known) >= 2 or is_alone):
            return at
    return 0 if _looks_like_names(grid) else None


def _looks_like_names(grid: Grid) -> bool:
    """Tell whether the first row names columns in words we do not know.

    It has words only, where all the others have an address or a number in the same column.
    """
    if len(grid) < 2:
        return False
    first = grid[0][1]
    if not all(first) or any(map(HAS_FIGURE, first)):
        return False
    return any(
        all(HAS_FIGURE(cell(cells, column)) for _, cells in grid[1:LOOKED_AT])
        for column in range(len(first))
    )


def _by_name(names: Sequence[str], values: Sequence[Sequence[str]]) -> list[str]:
    """Guess by the columns' names; of several that could be the same, the most trusted one."""
    found = [meaning_of(name) for name in names]
    meanings = [""] * len(names)
    for meaning in Meaning:
        candidates = [at for at, (one, _) in enumerate(found) if one == meaning]
        if meaning == Meaning.STUDENT_ID:
            candidates = [at for at in candidates if _can_be_id(names[at], values[at])]
        if meaning in (Meaning.EMAIL, Meaning.FULL_NAME):
            candidates = [at for at in candidates if any(values[at])] or candidates
        if candidates:
            meanings[min(candidates, key=lambda at: (found[at][1], at))] = meaning
    _settle_names(meanings, names)
    return meanings


def _can_be_id(name: str, values: Sequence[str]) -> bool:
    """An id is there for most people, and not the same for several of them; 1, 2, 3 … is none."""
    filled = [value for value in values if value]
    if not values:
        return True
    if "".join(tokens(name)) in COUNTERS and _is_count(filled):
        return False
    return len(filled) * 2 >= len(values) and len(set(filled)) * 10 >= len(filled) * 5


def _is_count(values: Sequence[str]) -> bool:
    return list(values) == [str(number) for number in range(1, len(values) + 1)]


def _settle_names(meanings: list[str], names: Sequence[str]) -> None:
    """“Name” beside “Surname” is the given name, and beside “Vorname” the family name."""
    if Meaning.FULL_NAME not in meanings:
        return
    at = meanings.index(Meaning.FULL_NAME)
    has_given, has_family = Meaning.GIVEN_NAME in meanings, Meaning.FAMILY_NAME in meanings
    if has_given and has_family:
        meanings[at] = ""
    elif (has_given or has_family) and "".join(tokens(names[at])) in AMBIGUOUS:
        meanings[at] = Meaning.FAMILY_NAME if has_given else Meaning.GIVEN_NAME


def _by_value(meanings: list[str], values: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """Guess what no name has told: of columns without a name, or in words we do not know."""

    def free(test: Callable[[Sequence[str]], bool]) -> list[int]:
        return [
            at
            for at, name in enumerate(names)
            if not meanings[at] and not meaning_of(name)[0] and not is_secret(name)
            if any(values[at]) and test(values[at])
        ]

    if Meaning.EMAIL not in meanings and (found := free(lambda v: _mostly(v, EMAIL))):
        meanings[found[0]] = Meaning.EMAIL
    if not {*meanings} & {Meaning.GIVEN_NAME, Meaning.FAMILY_NAME, Meaning.FULL_NAME}:
        _name_columns(meanings, values, free(_are_names))
    if Meaning.STUDENT_ID not in meanings and not any(names) and (found := free(_are_ids)):
        meanings[found[0]] = Meaning.STUDENT_ID


def _name_columns(
    meanings: list[str], values: Sequence[Sequence[str]], found: Sequence[int]
) -> None:
    if not found:
        return
    if len(found) == 1 or _mostly(values[found[0]], re.compile(r"[^,]+,[^,]+.*")):
        meanings[found[0]] = Meaning.FULL_NAME
        return
    first, second = found[:2]
    if _is_family_first(values, first, second):
        first, second = second, first
    meanings[first], meanings[second] = Meaning.GIVEN_NAME, Meaning.FAMILY_NAME


def _is_family_first(values: Sequence[Sequence[str]], first: int, second: int) -> bool:
    """Family names give logins their letters, and class lists their order."""
    others = [column for at, column in enumerate(values) if at not in (first, second)]
    votes = 0
    for row, (one, other) in enumerate(zip(values[first], values[second], strict=True)):
        for column in others:
            code = column[row].partition("@")[0].lower()
            votes += _vote(code, one.lower(), other.lower())
            votes -= _vote(code, other.lower(), one.lower())
    if votes:
        return votes > 0
    return _is_sorted(values[first]) and not _is_sorted(values[second])


def _vote(code: str, one: str, other: str) -> int:
    """Return 1 if a login like this means that `one` is the family name, -1 if the given name.

    “jsmith” has the family name inside, “joan.smith” and “joan” begin with the given name.
    """
    if len(one) < 3:
        return 0
    if code.startswith(one) and (code == one or (other and other in code)):
        return -1
    return int(one[:4] in code[1:] and not (code.startswith(other) and other))


def _is_sorted(values: Sequence[str]) -> bool:
    folded = [value.casefold() for value in values]
    return len(set(folded)) > 2 and folded == sorted(folded)


def _are_names(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    capital = sum(value[0].isupper() or not value[0].isascii() for value in filled)
    is_varied = len(set(filled)) * 2 > len(filled) or len(filled) < 5
    return _mostly(values, NAME) and capital >= len(filled) * MOSTLY and is_varied


def _are_ids(values: Sequence[str]) -> bool:
    if not all(values) or len(set(values)) < len(values) or _is_count(values):
        return False
    return all(map(CODE.fullmatch, values)) or all(map(LOGIN.fullmatch, values))


def _mostly(values: Sequence[str], pattern: re.Pattern[str]) -> bool:
    filled = [value for value in values if value]
    matching = sum(pattern.fullmatch(value) is not None for value in filled)
    return bool(filled) and matching >= len(filled) * MOSTLY
