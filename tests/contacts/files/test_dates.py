from datetime import date

import pytest

from apps.contacts.files.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        *("05 Mar 2024", "5 March 2024", "5-Mar-24", "05-Mar-2024", " 05 MAR 2024 "),
        *("Mar 5, 2024", "March 5 2024", "2024-03-05", "2024/3/5", "2024. 3. 5.", "2024年3月5日"),
        *("5. März 2024", "5. Maerz 2024", "05 mars 2024", "5\N{NO-BREAK SPACE}mars 2024"),
        *("5 de marzo de 2024", "5 de mar. de 2024", "5 marzo 2024", "5 de março de 2024"),
        *("5 mrt. 2024", "5 maart 2024", "5 marca 2024"),
    ],
)
def test_reads_the_fifth_of_march_however_it_is_written(text):
    assert read_date(text) == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("Jan Januar janvier enero janeiro gennaio januari stycznia", 1),
        ("Feb février febrero fevereiro febbraio lutego", 2),
        ("Apr avril abril aprile kwietnia", 4),
        ("May Mai maio mayo maggio mei maj", 5),
        ("Jun juin junio junho giugno czerwca", 6),
        ("Jul juil. juillet julio julho luglio lipca", 7),
        ("Aug août agosto ago. sierpnia", 8),
        ("Sep Sept. settembre setembro set. września", 9),
        ("Oct Okt. octobre octubre outubro ottobre października", 10),
        ("Nov novembre noviembre listopada", 11),
        ("Dec Dez. décembre diciembre dezembro dicembre des. grudnia", 12),
    ],
)
def test_knows_the_months_of_many_languages(names, month):
    assert {read_date(f"17 {name} 2023") for name in names.split()} == {date(2023, month, 17)}


def test_reads_numbers_only_where_day_and_month_cannot_be_mistaken():
    assert read_date("13/04/2024") == date(2024, 4, 13)
    assert read_date("04/13/2024") == date(2024, 4, 13)
    assert read_date("4.4.2024") == date(2024, 4, 4)
    assert read_date("03/04/2024") is None


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31 Feb 2024", "00 Mar 2024", "5 Foo 2024", "2024", "0000-01-01", "9" * 5000],
)
def test_gives_no_date_where_none_is(text):
    assert read_date(text) is None
