"""The mail catcher: what is sent to it can be read, and does nothing else."""

import http.client
import re
import smtplib
import stat
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from careerhub.embedded.mail_catcher import MailCatcher
from careerhub.embedded.mail_pages import mail_list, mail_page


@pytest.fixture
def catcher(var: Path) -> Iterator[MailCatcher]:
    catcher = MailCatcher(var)
    catcher.start(tied=True)
    yield catcher
    catcher.stop()


def message(subject: str = "Thank you", text: str = "It was good to talk.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "careerhub@localhost"
    mail["To"] = "Zoë <zoe@demo.example>"
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


def send(catcher: MailCatcher, mail: EmailMessage, *to: str) -> None:
    running = catcher.find()
    assert running is not None
    with smtplib.SMTP("127.0.0.1", running.port) as smtp:
        smtp.send_message(mail, to_addrs=to or None)


def get(catcher: MailCatcher, path: str, host: str | None = None) -> tuple[int, str, str]:
    """Status, policy and text of a page."""
    running = catcher.find()
    assert running is not None
    address = running.url.removeprefix("http://").strip("/")
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.request("GET", path, headers={"Host": host or address})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("Content-Security-Policy", ""), text


def kept(catcher: MailCatcher, content: str) -> Path:
    path = catcher.folder / "20261124T060312.123456-0a1b2c3d.eml"
    path.write_text(content)
    return path


def test_shows_a_mail_that_was_sent_newest_first(catcher: MailCatcher) -> None:
    send(catcher, message("First"))
    send(catcher, message("Second", "Read https://careerhub.example/a?b=1&c=2."))

    _status, _policy, listing = get(catcher, "/")
    assert listing.index("Second") < listing.index("First")
    newest = re.findall(r'href="(/mail/[^"]+)"', listing)[0]
    status, policy, page = get(catcher, newest)
    assert status == 200
    assert policy == "default-src 'none'; style-src 'self'"
    assert "Zoë &lt;zoe@demo.example&gt;" in page
    link = "https://careerhub.example/a?b=1&amp;c=2"
    assert f'<a href="{link}">{link}</a>.' in page


def test_tells_who_would_have_got_a_blind_copy(catcher: MailCatcher) -> None:
    send(catcher, message(), "hidden@demo.example")
    (file,) = catcher.folder.glob("*.eml")
    assert "hidden@demo.example" in mail_page(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_runs_no_markup_that_came_in_a_mail(catcher: MailCatcher) -> None:
    attack = "<script>alert(1)</script>"
    send(catcher, message(attack, f'{attack} https://x.example/"onclick="alert(1)'))
    (file,) = catcher.folder.glob("*.eml")
    for page in (mail_list(catcher.folder), mail_page(file)):
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert 'onclick="' not in page


def test_shows_the_text_of_a_mail_that_also_has_pages_and_files(catcher: MailCatcher) -> None:
    mail = message(text="The plain words.")
    mail.add_alternative("<p>The <b>bold</b> words.</p>", subtype="html")
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="meeting.ics")
    send(catcher, mail)
    (file,) = catcher.folder.glob("*.eml")

    page = mail_page(file)
    assert "The plain words." in page
    assert "bold" not in page
    assert "Attached: meeting.ics" in page


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Subject: =?nonsense?q?=FF?=\n\ntext",
        "Content-Type: text/plain; charset=x-unheard\n\ntéxt",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\n--x--",
    ],
)
def test_shows_even_a_broken_mail(catcher: MailCatcher, content: str) -> None:
    assert "<h1>" in mail_page(kept(catcher, content))
    assert "<ul>" in mail_list(catcher.folder)


@pytest.mark.parametrize(
    "path", ["/mail/catcher.json", "/mail/../catcher.json", "/mail/", "/../../passwords.json"]
)
def test_serves_no_other_file(catcher: MailCatcher, path: str) -> None:
    assert get(catcher, path)[0] == 404


def test_answers_only_to_its_own_name(catcher: MailCatcher) -> None:
    """It refuses a page elsewhere whose name was made to point at this machine."""
    assert get(catcher, "/", host="evil.example:80")[0] == 421


def test_keeps_the_mails_when_it_stops(catcher: MailCatcher) -> None:
    send(catcher, message())
    catcher.stop()
    assert catcher.find() is None
    assert len(list(catcher.folder.glob("*.eml"))) == 1
