from dataclasses import dataclass, field
from typing import Any


@dataclass
class Difference:
    """What the rows of one table would change. `changed` pairs a primary key with its new row."""

    new: list[Any] = field(default_factory=list)
    changed: list[tuple[int, Any]] = field(default_factory=list)
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "changed": len(self.changed), "unchanged": self.unchanged}
