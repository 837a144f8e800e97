import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.plain_text import clean_line, is_visible
from apps.contacts.files.values import (
    clean_note,
    display_name,
    readable_phone,
    sort_emails,
    web_link,
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Ana\t Lee \r\n", "Ana  Lee"),
        ("A\x00n\x1ba\x7f", "Ana"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("\N{NO-BREAK SPACE}x\N{IDEOGRAPHIC SPACE}", "x"),
        ("ab\u202ec", "ab\u202ec"),
    ],
)
def test_cleans_what_no_line_should_hold_and_nothing_else(text, line):
    assert clean_line(text) == line


def test_keeps_the_lines_of_a_note():
    assert clean_note("one\r\ntwo\rthree\vfour\tfive\x00\n") == "one\ntwo\nthree\nfour five"


@given(st.text())
def test_cleans_text_once_and_for_all(text):
    line, note = clean_line(text), clean_note(text)

    assert clean_line(line) == line
    assert clean_note(note) == note


@pytest.mark.parametrize(
    ("given_name", "family_name", "shown", "name"),
    [
        ("Björk", "Guðmundsdóttir", "", "Björk Guðmundsdóttir"),
        ("Suharto", "", "", "Suharto"),
        ("", "Pelé", "Edson", "Pelé"),
        ("", "", "madonna", "madonna"),
        ("Anna", "Nagy", "Nagy Anna", "Nagy Anna"),
        ("太郎", "山田", "山田 太郎", "山田 太郎"),
        ("太郎", "山田", "", "山田太郎"),
        ("민준", "김", "", "김민준"),
        ("太郎", "Smith", "", "太郎 Smith"),
        ("ana maría", "van der Berg", "Dr. A. Berg", "ana maría van der Berg"),
    ],
)
def test_shows_names_in_the_order_their_owners_write_them(given_name, family_name, shown, name):
    assert display_name(given_name, family_name, shown) == name


def test_sees_no_name_in_text_that_does_not_show():
    assert not any(map(is_visible, ["", "\u200b", "\u2060\ufeff", "\u202e \u202c"]))
    assert all(map(is_visible, ["x", "\u200fשלום", "☃", "-"]))


@pytest.mark.parametrize(
    ("given_texts", "valid", "flagged"),
    [
        (["a@b.example", "A@B.example", "c@d.example"], ("a@b.example", "c@d.example"), ()),
        ([" a@b.example ", "mailto:c@d.example"], ("a@b.example", "c@d.example"), ()),
        (["Ana Lee <a@b.example>"], ("a@b.example",), ()),
        (["jöe@b.example", "a@invalid", "a at b"], (), ("jöe@b.example", "a@invalid", "a at b")),
        (["a@b.example\n"], (), ("a@b.example\N{REPLACEMENT CHARACTER}",)),
        (["a\u200b@b.example"], (), ("a\u200b@b.example",)),
        (["/o=ExchangeLabs/ou=x/cn=Recipients/cn=ana", "/O=X"], (), ()),
        (["", "  "], (), ()),
        (
            ["a@" + "b" * 60 + ".c" * 120 + ".example"],
            (),
            ("a@" + "b" * 60 + ".c" * 120 + ".example",),
        ),
    ],
)
def test_sorts_addresses_to_mail_from_those_only_to_show(given_texts, valid, flagged):
    assert sort_emails(given_texts) == (valid, flagged)


@given(st.lists(st.text(st.characters() | st.sampled_from("@.<>:a\r\n"))))
def test_sorts_what_it_sorted_the_same_way_again(given_texts):
    valid, flagged = sort_emails(given_texts)

    assert sort_emails((*valid, *flagged)) == (valid, flagged)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("(555) 010-0160", "(555) 010-0160"),
        ("tel:+1-418-656-9254;ext=102", "+1 418 656 9254 ext. 102"),
        ("TEL:+46.70.555%2001;phone-context=se", "+46 70 555 01"),
        ("ask at the desk", "ask at the desk"),
    ],
)
def test_writes_numbers_as_people_read_them(text, phone):
    assert readable_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://www.linkedin.com/in/runa?x=1#y", "https://www.linkedin.com/in/runa?x=1#y"),
        ("HTTP://garden.example", "HTTP://garden.example"),
        ("www.garden.example/team", "https://www.garden.example/team"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://garden.example/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://garden.example", ""),
        ("https://bank.example@evil.example/", ""),
        ('https://garden.example/"onclick=x', ""),
        ("https://garden.example/a b", ""),
        ("ana@garden.example", ""),
        ("my garden", ""),
        ("https://" + "a" * 2000, ""),
    ],
)
def test_keeps_links_to_web_pages_only(text, link):
    assert web_link(text) == link
