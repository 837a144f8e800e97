from apps.exchange.saving.difference import Difference
from apps.exchange.workbook.tables import TermRow
from apps.students.models import Term

FIELDS = ("name", "starts_on", "census_on", "ends_on", "closes_on")


class TermPlan:
    """The one row of the table term against the term of that code."""

    def __init__(self, row: TermRow) -> None:
        wanted = {name: getattr(row, name) for name in FIELDS}
        self.term = Term.objects.filter(code=row.term).first() or Term(code=row.term)
        self.difference = Difference()
        if self.term.pk is None:
            self.difference.new.append(row)
        elif wanted == {name: getattr(self.term, name) for name in FIELDS}:
            self.difference.unchanged = 1
        else:
            self.difference.changed.append((self.term.pk, row))
        for name, value in wanted.items():
            setattr(self.term, name, value)

    def write(self) -> Term:
        if not self.difference.unchanged:
            self.term.save()
        return self.term
