"""A small valid semester that a test breaks in one place."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from apps.exchange.workbook.reading import Upload

TINY = {
    "term": """\
term,name,starts_on,census_on,ends_on,closes_on
2025-fall,Fall 2025,2025-08-25,2025-09-08,2025-12-13,2026-02-11
""",
    "students": """\
student_id,email,given_name,family_name,cohort,program,class_year,counselor_email,enrolled_on,withdrawn_on,no_offer_confirmed_on
S1,s1@students.example.edu,Łucja,Nguyễn,A,History,2027,c.a@example.edu,2025-08-25,,
S2,s2@students.example.edu,Teller,,A,,,c.a@example.edu;c.b@example.edu,2025-08-25,2025-10-01,
S3,,Björk,Ó Dálaigh,B,Physics,2026,,2025-08-26,,2025-10-10
""",
    "contacts": """\
student_id,contact_id,listed_on,name,organization,job_title,email,source,closeness,seniority,introduced_by
S1,C1,2025-08-31,Ines Roca,Kestrel Air,Analyst,ines@contacts.example.com,event,stranger,peer,
S1,C2,2025-09-07,Tom Li,Kestrel Air,"VP, Growth",,referral,knows,executive,C1
S1,C3,2025-09-14,王秀英,,,,,,,C2
S2,C1,2025-09-01,Ida Bo,Harbor Media,Owner,,family,knows_well,owner,
""",
    "outreach": """\
student_id,contact_id,sent_at,channel,replied_at,reply
S1,C1,2025-08-31T09:00:00-04:00,email,2025-09-03T15:00:00-04:00,yes
S1,C2,2025-09-08T10:00:00-04:00,linkedin,,
S2,C1,2025-09-02T10:00:00Z,phone,2025-09-02T10:05:00Z,later
""",
    "meetings": """\
student_id,contact_id,meeting_id,starts_at,minutes,status,mode,practice,ready,referral_asked,thank_you_sent_at
S1,C1,S1-M1,2025-09-08T08:30:00-04:00,20,held,in_person,false,true,true,2025-09-08T19:00:00-04:00
S1,C2,S1-M2,2025-11-11T09:30:00-05:00,15,scheduled,video,false,false,false,
S2,C1,S2-M1,2025-09-09T17:00:00+02:00,30,held,phone,true,false,false,
""",
    "offers": """\
student_id,offer_id,kind,organization,received_on,status,accepted_on,contact_id
S1,S1-O1,job,Kestrel Air,2025-09-21,accepted,2025-09-25,C2
S2,S2-O1,internship,Elsewhere,2025-09-22,open,,
""",
}


@dataclass
class Workbook:
    """Tables as lists of rows of text, the header first. Rows are counted as people see them."""

    tables: dict[str, list[list[str]]] = field(
        default_factory=lambda: {
            name: list(csv.reader(io.StringIO(text))) for name, text in TINY.items()
        }
    )

    def put(self, table: str, row: int, column: str, value: str) -> None:
        rows = self.tables[table]
        rows[row - 1][rows[0].index(column)] = value

    def put_row(self, table: str, **cells: str) -> None:
        """Add a row; what is not named is taken from the last one."""
        rows = self.tables[table]
        rows.append([cells.get(name, old) for name, old in zip(rows[0], rows[-1], strict=True)])

    def csv(self, table: str) -> str:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.tables[table])
        return text.getvalue()

    def to_folder(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        for name in self.tables:
            (folder / f"{name}.csv").write_text(self.csv(name), encoding="utf-8")
        return folder

    def to_zip(self, path: Path, inside: str = "") -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.tables:
                archive.writestr(f"{inside}{name}.csv", self.csv(name))
        return path

    def to_xlsx(self, path: Path) -> Path:
        """Write every cell as text."""
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(path, options) as book:
            for name, rows in self.tables.items():
                sheet = book.add_worksheet(name)
                for number, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        sheet.write_string(number, column, cell)
        return path

    def to_upload(self, name: str = "fall.zip") -> Upload:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in self.tables:
                archive.writestr(f"{table}.csv", self.csv(table))
        return Upload(name, content.getvalue())
