"""Form fields for what people type as text and we keep as a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class ListField(forms.Field):
    """Several short texts in one field, one a line (or between commas), as a list.

    Blank ones and repetitions are dropped, runs of spaces become one. `item` is the form field
    that each text has to satisfy.
    """

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(
        self, item: forms.Field, *, separator: str = "\n", most: int = 20, **options: Any
    ) -> None:
        super().__init__(**options)
        self.item = item
        self.separator = separator
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        joiner = self.separator if self.separator == "\n" else f"{self.separator} "
        return joiner.join(value) if isinstance(value, list) else value

    def to_python(self, value: str | None) -> list[str]:
        texts = (" ".join(part.split()) for part in (value or "").split(self.separator))
        kept: dict[str, str] = {}
        for text in texts:
            if text:
                kept.setdefault(text.casefold(), text)
        return list(kept.values())

    def clean(self, value: str | None) -> list[str]:
        """Return the cleaned texts. Raises ValidationError that quotes each one that is wrong."""
        texts: list[str] = super().clean(value)
        if len(texts) > self.most:
            raise ValidationError(f"These are {len(texts)}; there is room for {self.most}.")
        cleaned, problems = [], []
        for text in texts:
            try:
                cleaned.append(self.item.clean(text))
            except ValidationError as error:
                problems += [f"“{text[:60]}”: {words}" for words in error.messages]
        if problems:
            raise ValidationError(problems)
        return cleaned
