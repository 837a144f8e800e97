"""The class board as rows of a file."""

from collections.abc import Iterator

from apps.metrics.class_board import Board, BoardRow

HEAD = [
    "Student ID",
    "Student",
    "Step",
    "Held",
    "Plan to date",
    "Goal",
    "Practice",
    "Coming up",
    "Last activity",
    "Overdue",
    "Thanked on time",
    "Ready beforehand",
    "Feedback waiting",
    "Withdrew",
]


def class_table(board: Board) -> Iterator[list[str]]:
    """Yield the head and a row for each student, those who withdrew last."""
    yield HEAD
    for row in [*board.rows, *board.withdrawn]:
        yield _cells(board, row)


def _cells(board: Board, row: BoardRow) -> list[str]:
    at = row.at
    numbers = (row.held, board.planned, board.cohort.goal, at.practice, at.upcoming)
    shares = (row.overdue, at.thanked_on_time, at.ready, row.waiting)
    return [
        at.student_id,
        row.name,
        row.step_name,
        *map(str, numbers),
        row.last_active_on.isoformat() if row.last_active_on else "",
        *map(str, shares),
        at.withdrawn_on.isoformat() if at.withdrawn_on else "",
    ]
