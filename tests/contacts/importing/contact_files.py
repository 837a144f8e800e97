"""Contact files as students bring them."""

import csv
from io import StringIO

LINKEDIN = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position")


def linkedin(*rows: str, connected: str = "07 Feb 2022") -> bytes:
    """Return a LinkedIn export; a row is "Ana|Lee|ana-lee|ana@b.example|Modal|Engineer", or less.

    The third part becomes a profile link. A seventh, if any, is a day of its own.
    """
    out = StringIO()
    written = csv.writer(out, lineterminator="\n")
    written.writerow((*LINKEDIN, "Connected On"))
    for row in rows:
        cells = row.split("|")
        cells += [""] * (6 - len(cells))
        if cells[2]:
            cells[2] = f"https://www.linkedin.com/in/{cells[2]}"
        written.writerow(cells if len(cells) == 7 else [*cells, connected])
    return out.getvalue().encode()


def cards(*people: str) -> bytes:
    """Return vCards; a person is "FN:Ana Lee|TEL:555 0100"."""
    return "".join(
        "BEGIN:VCARD\nVERSION:3.0\n" + "\n".join(lines.split("|")) + "\nEND:VCARD\n"
        for lines in people
    ).encode()
