from apps.exchange.workbook.tables import TABLES
from tests.processes import ROOT


def test_describes_every_column_as_the_import_reads_it():
    page = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
    described = {
        section.partition("\n")[0]: [
            tuple(cell.strip() for cell in line.split("|")[1:4])
            for line in section.splitlines()
            if line.startswith("| `")
        ]
        for section in page.partition("## When it is refused")[0].split("### ")[1:]
    }

    assert described == {
        table.name: [
            (f"`{name}`", "yes" if cell.is_required else "no", cell.words)
            for name, cell in table.columns.items()
        ]
        for table in TABLES.values()
    }
