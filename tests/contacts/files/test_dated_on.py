"""Of which day a file speaks: the earliest on which it can have been written."""

from datetime import date

import pytest

from apps.contacts.files.reading import read_contacts

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_dates_a_linkedin_export_by_its_newest_connection():
    rows = "Ana,Lee,,,,,07 Feb 2022\nBen,Ray,,,,,12 Mar 2024\nCal,Moe,,,,,\n"

    assert read_contacts("c.csv", (LINKEDIN + rows).encode()).dated_on == date(2024, 3, 12)
    assert read_contacts("c.csv", (LINKEDIN + "Ana,Lee,,,,,\n").encode()).dated_on is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("REV:20240312T101500Z", date(2024, 3, 12)),
        ("REV;VALUE=DATE:20240312", date(2024, 3, 12)),
        ("REV:2024-03-12T10:15:00+01:00", date(2024, 3, 12)),
        ("REV:20240231", None),
        ("REV:yesterday", None),
        ("REV:", None),
        ("NOTE:20240312", None),
    ],
)
def test_dates_cards_by_when_they_were_revised(line, day):
    card = f"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lee\n{line}\nEND:VCARD\n"

    assert read_contacts("c.vcf", card.encode()).dated_on == day


def test_dates_several_cards_by_the_latest():
    cards = [
        f"BEGIN:VCARD\nFN:{name}\n{line}\nEND:VCARD\n"
        for name, line in (("Ana", "REV:20240101"), ("Ben", "REV:20240501"), ("Cal", "NOTE:x"))
    ]

    assert read_contacts("c.vcf", "".join(cards).encode()).dated_on == date(2024, 5, 1)


def test_leaves_the_day_of_other_tables_open():
    data = b"Name,E-mail addresses,Connected on\nAna Lee,ana@b.example,2024-03-12\n"

    assert read_contacts("c.csv", data).dated_on is None
