"""The drill, short, and what a backup refuses."""

import json
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.exchange.backup.archive import Unusable, file_of
from apps.exchange.backup.restoring import restore_backup
from apps.mail.models import SendingPause
from tests.accounts.factories import UserFactory
from tests.drill.stage import (
    create,
    destroy,
    manage,
    next_keys,
    releases_in,
    rows_of,
    unequal,
    verified,
)
from tests.processes import test_database_url as own_database_url


@pytest.fixture
def url(transactional_db: None) -> Iterator[str]:
    """A database of its own with all tables and what migrations put into them."""
    mine = own_database_url()
    name = urlsplit(mine).path.lstrip("/")
    other = urlsplit(mine)._replace(path=f"/{name}_drill").geturl()
    connection.close()
    destroy(other)
    create(other)
    manage(other, "migrate")
    yield other
    destroy(other)


@pytest.fixture
def backup(transactional_db: None, tmp_path: Path) -> Path:
    UserFactory.create(email="ana@campus.example")
    call_command("back_up", str(tmp_path / "backup.zip"), stdout=StringIO())
    return tmp_path / "backup.zip"


def test_brings_back_every_row_and_every_release(url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    manage(url, "load_demo")
    before, keys = rows_of(url), next_keys(url)
    manage(url, "back_up", str(file))

    destroy(url)
    connection.close()
    create(url)
    manage(url, "migrate")
    assert unequal(before, rows_of(url))
    manage(url, "restore", str(file))

    after = rows_of(url)
    assert unequal(before, after) == []
    assert sum(count for count, _ in after.values()) > 5000
    assert next_keys(url) == keys
    assert verified(url) == len(releases_in(url)) == 2  # the demo has published its last term
    assert after["mail_sendingpause"][0] == 1


@pytest.mark.django_db(transaction=True)
def test_keeps_a_backup_to_its_owner_and_says_what_is_in_it(tmp_path: Path) -> None:
    out = StringIO()
    call_command("back_up", str(tmp_path / "backup.zip"), stdout=out)
    said = json.loads(out.getvalue())
    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600
    assert said["tables"] > 50
    assert [file.name for file in tmp_path.iterdir()] == ["backup.zip"]


def test_refuses_a_database_in_use_unless_told_to_replace_it(backup: Path) -> None:
    UserFactory.create(email="ben@campus.example")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(backup), stdout=StringIO(), stderr=StringIO())
    assert not SendingPause.objects.exists()

    call_command("restore", str(backup), "--replace", stdout=StringIO(), stderr=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM accounts_user")
        assert cursor.fetchall() == [("ana@campus.example",)]
    assert SendingPause.objects.exists()


def test_refuses_a_file_that_was_changed(backup: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"ana@", b"eve@"))
    with pytest.raises(Unusable, match="accounts_user"):
        restore_backup(path=changed, replaces=True)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"no archive"])
@pytest.mark.django_db(transaction=True)
def test_refuses_what_is_no_backup(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Unusable, match="no whole backup"):
        restore_backup(path=tmp_path / "file", replaces=True)


def test_refuses_a_backup_of_a_newer_version(backup: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                said = json.loads(content)
                said["migrations"].append(["mail", "9999_from_the_future"])
                content = json.dumps(said).encode()
            new.writestr(name, content)
    with pytest.raises(Unusable, match=r"newer version: mail\.9999_from_the_future"):
        restore_backup(path=newer, replaces=True)


def test_changes_nothing_when_what_it_loaded_is_not_the_same(backup: Path, tmp_path: Path) -> None:
    """The checksums of the file fit and its sums do not: a fault of ours, or of the server's."""
    faulty = tmp_path / "faulty.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(faulty, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                said = json.loads(content)
                said["tables"]["accounts_user"]["fingerprint"] = "1"
                content = json.dumps(said).encode()
            new.writestr(name, content)
    UserFactory.create(email="ben@campus.example")
    with pytest.raises(Unusable, match="accounts_user would not be the same"):
        restore_backup(path=faulty, replaces=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        assert cursor.fetchone() == (2,)


def test_names_a_file_for_each_table(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert file_of("accounts_user") in archive.namelist()
        assert (
            timezone.now().isoformat()[:10] in json.loads(archive.read("manifest.json"))["made_at"]
        )
