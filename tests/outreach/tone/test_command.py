import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.outreach.tone import samples


class Input(io.TextIOWrapper):
    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


@pytest.fixture
def run(monkeypatch):
    def check_tone(data: bytes, *args: str) -> dict:
        monkeypatch.setattr("sys.stdin", Input(data))
        out = io.StringIO()
        call_command("check_tone", *args, stdout=out)
        return json.loads(out.getvalue())

    return check_tone


def test_prints_verdict_findings_and_strengths(run):
    answer = run(samples.DESPERATE.encode())
    assert answer["verdict"] == "desperate"
    assert set(answer) == {"verdict", "findings", "strengths"}
    for one in answer["findings"]:
        assert list(one) == ["rule", "start", "end", "text", "advice"]
        assert samples.DESPERATE[one["start"] : one["end"]] == one["text"]


def test_praises_a_smooth_draft(run):
    answer = run(samples.RECONNECT.encode())
    assert answer["verdict"] == "smooth"
    assert answer["findings"] == []
    assert "Is curious about their work" in answer["strengths"]


def test_judges_as_the_kind_it_is_told(run):
    note = b"The tea was good."
    assert run(note, "--kind", "thank_you")["verdict"] == "smooth"
    assert run(note, "--kind=first_note")["verdict"] == "needs_look"


def test_refuses_a_kind_that_does_not_exist(run):
    with pytest.raises(CommandError, match="invalid choice: 'letter'"):
        run(b"Hi", "--kind", "letter")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_what_mail_programs_save(run, encoding, newline):
    text = samples.DESPERATE.replace("\n", newline)
    found = {one["rule"]: one for one in run(text.encode(encoding))["findings"]}
    shift = 1 if encoding == "utf-8-sig" else 0  # the mark is part of the text as read
    start = found["attaches_resume"]["start"] - shift
    assert text[start:].startswith("attached my")
    assert found["attaches_resume"]["text"].endswith("résumé")


def test_bears_bytes_that_are_no_text(run):
    assert run(b"\x81\x8d\xff Are you hiring? \x9d")["verdict"] == "needs_look"


def test_says_that_nothing_came(run):
    answer = run(b"")
    assert answer["verdict"] == "needs_look"
    assert answer["findings"][0]["rule"] == "is_empty"
