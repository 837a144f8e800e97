import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.common.content_lines import LINE_OCTETS, escape
from apps.common.vcard import (
    MAX_OCTETS,
    MAX_PROPERTIES,
    BadCardsError,
    Card,
    read_cards,
    write_card,
)


def card_of(*lines: str | bytes) -> Card:
    encoded = [line if isinstance(line, bytes) else line.encode() for line in lines]
    (card,) = read_cards(b"\r\n".join([b"BEGIN:VCARD", *encoded, b"END:VCARD", b""]))
    return card


def text_of(*lines: str | bytes) -> str:
    (one,) = card_of(*lines).properties
    return one.text()


def names(card: Card) -> list[str]:
    return [one.name for one in card.properties]


def test_joins_folded_lines_even_inside_a_character():
    folded = "NOTE:caf\N{LATIN SMALL LETTER E WITH ACUTE}".encode()

    assert text_of(folded[:-1] + b"\r\n " + folded[-1:], "  and\tmore", "\t!") == "café and\tmore!"


def test_reads_quoted_printable_over_soft_line_breaks():
    assert text_of("NOTE;ENCODING=QUOTED-PRINTABLE:M=C3=BCll=", "er=0D=0A=", "x=3D") == (
        "Müller\r\nx="
    )


def test_does_not_let_a_soft_line_break_swallow_the_end_of_the_card():
    assert text_of("NOTE;QUOTED-PRINTABLE:x=") == "x"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b"FN;CHARSET=ISO-8859-1:J\xf6rg", "Jörg"),
        (b"FN;CHARSET=iso-8859-1:\x93J\xf6rg\x94", "“Jörg”"),
        (b"FN;CHARSET=windows-1251:\xc8\xe2\xe0\xed", "Иван"),
        (b"FN;CHARSET=Shift_JIS:\x8e\x52\x93\x63", "山田"),
        (b"FN:J\xf6rg", "Jörg"),
        (b"FN:J\xc3\xb6rg", "Jörg"),
        (b"FN;CHARSET=UTF-8:J\xf6rg", "Jörg"),
        (b"FN;CHARSET=unicode_escape:\\x41", "\\x41"),
        (b"FN;CHARSET=zlib:J\xf6rg", "Jörg"),
        (b"FN;CHARSET=no such thing:x", "x"),
        (b"FN;ENCODING=B:SsO2cmc=", "Jörg"),
        (b"FN;BASE64:SsO2cm", ""),
    ],
)
def test_reads_the_charset_a_line_names_and_guesses_well_where_it_names_none(line, text):
    assert text_of(line) == text


def test_reads_utf_16_by_its_mark_and_drops_zero_bytes():
    file = "BEGIN:VCARD\nFN:Zoë\nEND:VCARD\n"

    for data in (file.encode("utf-16"), file.encode("utf-16-le")):
        (card,) = read_cards(data)
        assert card.properties[0].text() == "Zoë"


def test_drops_groups_and_ignores_case_in_names():
    (one,) = card_of("item1.eMail;type=pref:a@b.example").properties

    assert (one.name, one.text(), one.settings) == ("EMAIL", "a@b.example", {"TYPE": "pref"})


def test_finds_the_value_after_quoted_parameters():
    assert text_of('ORG;SORT-AS="a:b;c";X=1:Rijnhaven') == "Rijnhaven"
    assert text_of('ORG;X="never closed:Rijnhaven') == "Rijnhaven"


def test_undoes_escapes_and_leaves_other_backslashes():
    assert text_of(r"NOTE:a\nb\Nc\, d\; e\: f\\ g\h") == "a\nb\nc, d; e: f\\ g\\h"


def test_splits_structured_values_at_separators_that_are_not_escaped():
    (one,) = card_of(r"ORG:Casa Azul\; S.A.\\;Dise,ño;").properties

    assert one.parts(";") == ["Casa Azul; S.A.\\", "Dise,ño", ""]


def test_reads_several_cards_and_begins_in_any_case():
    data = b"\xef\xbb\xbfbegin:vCard\nFN:A\nend:vcard\n\n\xef\xbb\xbfBEGIN:VCARD \nFN:B\nEND:VCARD"

    assert [card.properties[0].text() for card in read_cards(data)] == ["A", "B"]


def test_says_which_cards_have_no_end():
    cards = list(read_cards(b"END:VCARD\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nFN:C\n"))
    assert [(names(card), card.is_closed) for card in cards] == [(["FN"], False), (["FN"], True)]

    (last,) = read_cards(b"BEGIN:VCARD\nFN:A\nEMAIL")
    assert (names(last), last.is_closed) == (["FN"], False)


def test_passes_over_the_card_of_an_assistant():
    card = card_of("FN:A", "AGENT:", "BEGIN:VCARD", "FN:B", "END:VCARD", "TITLE:C")

    assert [one.text() for one in card.properties] == ["A", "", "C"]


def test_refuses_cards_nested_without_end():
    with pytest.raises(BadCardsError, match="more than 10"):
        list(read_cards(b"BEGIN:VCARD\nAGENT:\n" * 2000))


def test_takes_a_heap_of_beginnings_for_cards_without_end():
    assert len(list(read_cards(b"BEGIN:VCARD\n" * 5000))) == 5000


def test_cuts_a_huge_value_between_characters():
    assert text_of("NOTE:x" + "é" * MAX_OCTETS) == "x" + "é" * (MAX_OCTETS // 2 - 1)


def test_passes_over_what_one_card_has_too_much_of():
    card = card_of(*["TEL:1"] * (MAX_PROPERTIES + 1))

    assert len(card.properties) == MAX_PROPERTIES
    assert card.is_closed


def test_writes_lines_of_75_octets_that_never_cut_a_character():
    written = write_card([("NOTE", escape("naïve 👩‍🚀 " * 60))])

    lines = written.encode().split(b"\r\n")
    assert max(map(len, lines)) <= LINE_OCTETS
    assert all(line.decode() for line in lines[:-1])
    assert lines[:2] == [b"BEGIN:VCARD", b"VERSION:4.0"]
    assert lines[-2:] == [b"END:VCARD", b""]


@given(st.lists(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]))))
@example(["\\", "\\n", ",;:", "\n", "=", " ", "\ufeff", "\u2028", "BEGIN:VCARD"])
def test_gives_back_the_texts_it_wrote(texts):
    written = write_card(("NOTE", escape(text)) for text in texts)

    (card,) = read_cards(written.encode())
    assert [one.text() for one in card.properties[1:]] == texts


@given(
    st.binary()
    | st.lists(
        st.sampled_from(
            [
                b"BEGIN:VCARD",
                b"END:VCARD",
                b"N;",
                b'"',
                b":",
                b"AGENT:",
                b"\n",
                b" ",
                b"=",
                b";ENCODING=B",
                b";CHARSET=gbk",
                b"\xff",
                b"\\",
            ]
        )
    ).map(b"".join)
)
def test_reads_any_bytes_or_says_why_not(data):
    try:
        cards = list(read_cards(data))
    except BadCardsError:
        return
    for card in cards:
        for one in card.properties:
            one.text().encode()
            assert one.parts(";")
