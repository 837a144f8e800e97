"""Fields for what people type as text and we keep as a list, and for long lists to choose from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


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


LARGEST_KEY = 2**63 - 1


class KeysField(forms.TypedMultipleChoiceField):
    """Keys of rows; whose rows they are is not decided here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < len(str(LARGEST_KEY))


class LongSelect(forms.Select):
    """A list of hundreds or thousands. Django's own draws each line through a template."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        lines = (
            (key, SafeString(" selected") if str(key) in chosen else "", label)
            for key, label in self.choices
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            format_html_join("", '<option value="{}"{}>{}</option>', lines),
        )
