"""A backup made while people read and a batch writes gives the same bank back; a damaged one gives nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from example_home import begin, contents, copy_home, current, is_three_lines, run, tell
from integration.conftest import Waiting
from postgresql_server import NoPostgresqlError
from served_homes import VENDORS, ServedHome, empty_database, served_home

from maisui.errors import HomeError, MaisuiError, StorageError
from maisui.warehouse import backup as backup_room
from maisui.warehouse.backup import MadeBackup, make_backup
from maisui.warehouse.backup_manifest import all_backups, find_backup, read_backup, sealed_files
from maisui.warehouse.home import open_home
from maisui.warehouse.restore import restored_home, verify_backup
from maisui.warehouse.version import read_manifest

NOW = datetime(2027, 3, 1, 4, 5, 6, tzinfo=UTC)
FLIPS = 100
CUTS = 30
Report = Callable[[str, int, int], None]


def back_up(home: Path, out: Path, *, keep: int | None = None, progress: Report | None = None) -> MadeBackup:
    return make_backup(open_home(home), out, now=NOW, code_version="0", keep=keep, progress=progress)


def restore(backup: Path, home: Path) -> None:
    place, manifest = find_backup(backup)
    verify_backup(place, manifest)
    with restored_home(place, manifest, home):
        pass


def modes(top: Path) -> set[tuple[str, int]]:
    return {("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode)) for path in (top, *top.rglob("*"))}


@pytest.fixture
def home(mini: Waiting, folder: Path) -> Path:
    return mini.copy(folder / "home")


@pytest.fixture(scope="session")
def backup(mini: Waiting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One backup of the mini bank; tests that damage it copy it first."""
    place = tmp_path_factory.mktemp("backups")
    return back_up(mini.copy(place / "home"), place / "out").folder


# --- the way there and back ---


def test_a_restored_home_gives_the_same_answers(home: Path, folder: Path) -> None:
    made = tell("backup", "--home", str(home), "--out", str(folder / "out"), "--json")
    assert made.code == 0, made.err
    back = tell("restore", str(folder / "out"), "--home", str(folder / "back"), "--json")
    assert back.code == 0, back.err
    assert back.json["is_verified"]
    assert back.json["version"] == made.json["version"] == current(home) == current(folder / "back")
    assert contents(folder / "back") == contents(home)
    for words in (("status", "--json"), ("ask", "deposit_balance", "--by", "organisation", "--json"), ("versions", "list", "--json")):
        assert tell(*words, "--home", str(folder / "back")).out == tell(*words, "--home", str(home)).out


def test_the_restored_home_goes_on_where_the_first_would_have(mini: Waiting, home: Path, folder: Path) -> None:
    back_up(home, folder / "out")
    restore(folder / "out", folder / "back")
    shutil.copytree(home / "inbox", folder / "back" / "inbox", dirs_exist_ok=True)
    assert run(folder / "back", mini.day).manifest.content_hash == mini.content_hash


def test_only_their_owner_may_open_backup_and_restored_home(home: Path, folder: Path) -> None:
    previous = os.umask(0)
    try:
        made = back_up(home, folder / "out")
        restore(made.folder, folder / "back")
    finally:
        os.umask(previous)
    assert modes(folder / "out") == modes(folder / "back") == {("folder", 0o700), ("file", 0o600)}


def test_deliveries_and_what_a_batch_spills_are_not_kept(home: Path, folder: Path) -> None:
    names = {file.path for file in back_up(home, folder / "out").manifest.files}
    assert "home/bank.toml" in names
    assert any(name.startswith("home/sources/mini/") for name in names)
    assert not [name for name in names if "/inbox/" in name or "/scratch/" in name or "/.building/" in name or name.endswith(".lock")]


# --- again ---


def test_unchanged_files_are_shared_with_the_last_backup(home: Path, folder: Path) -> None:
    first, second = back_up(home, folder / "out"), back_up(home, folder / "out")
    assert second.copied_files < 12 < len(first.manifest.files)
    part = next(file.path for file in second.manifest.files if "/parts/" in file.path)
    assert (first.folder / part).stat().st_ino == (second.folder / part).stat().st_ino
    shutil.rmtree(first.folder)
    restore(second.folder, folder / "back")
    assert contents(folder / "back") == contents(home)


def test_a_file_damaged_in_the_last_backup_is_copied_anew(home: Path, folder: Path) -> None:
    first = back_up(home, folder / "out")
    part = next(file.path for file in first.manifest.files if "/parts/" in file.path)
    flip(first.folder / part, random.Random(1))
    second = back_up(home, folder / "out")
    verify_backup(second.folder, second.manifest)


def test_as_many_backups_are_kept_as_asked_for(home: Path, folder: Path) -> None:
    made = [back_up(home, folder / "out") for _ in range(3)]
    last = back_up(home, folder / "out", keep=2)
    assert last.removed == (made[0].folder.name, made[1].folder.name)
    assert [place for place, _ in all_backups(folder / "out")] == [made[2].folder, last.folder]
    verify_backup(*find_backup(folder / "out"))


def test_a_backup_that_breaks_off_leaves_nothing_and_the_last_one_whole(home: Path, folder: Path) -> None:
    first = back_up(home, folder / "out")

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "raw layer":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(home, folder / "out", progress=stop)
    (folder / "out" / ".building-1" / "home").mkdir(parents=True)  # what a kill leaves
    assert find_backup(folder / "out")[0] == first.folder
    back_up(home, folder / "out")
    assert not list((folder / "out").glob(".building*"))


# --- while a batch works ---


def test_versions_that_a_batch_lets_go_meanwhile_are_left_out(mini: Waiting, home: Path, folder: Path) -> None:
    run(home, mini.day)
    place = open_home(home)
    only_old = {p.file for p in read_manifest(place.versions, mini.before).parts}
    only_old -= {p.file for p in read_manifest(place.versions, mini.after).parts}
    assert only_old

    def prune(stage: str, done: int, total: int) -> None:
        (place.versions / f"{mini.before}.json").unlink(missing_ok=True)
        for file in only_old:
            (place.parts / file).unlink(missing_ok=True)

    made = back_up(home, folder / "out", progress=prune)
    assert made.manifest.versions == (mini.after,)
    assert not [file.path for file in made.manifest.files if file.path.split("/parts/")[-1] in only_old]
    restore(made.folder, folder / "back")
    assert contents(folder / "back") == mini.tables


def test_backups_while_a_batch_publishes_hold_one_version_or_the_other(mini: Waiting, home: Path, folder: Path) -> None:
    expected = {mini.before: contents(home), mini.after: mini.tables}
    batch = begin(home, mini.day)
    made: list[MadeBackup] = []
    while batch.poll() is None or len(made) < 3:
        made.append(back_up(home, folder / "out"))
    assert batch.returncode == 0, batch.communicate()[1]
    batch.communicate()
    made.append(back_up(home, folder / "out"))
    assert made[-1].manifest.version == mini.after
    for number, one in enumerate((made[0], made[len(made) // 2], made[-2], made[-1])):
        assert one.manifest.version
        verify_backup(one.folder, one.manifest)
        restore(one.folder, folder / f"back{number}")
        assert contents(folder / f"back{number}") == expected[one.manifest.version]


# --- what cannot be backed up ---


def test_a_missing_part_is_told_and_nothing_is_left_behind(home: Path, folder: Path) -> None:
    part = next(open_home(home).parts.rglob("*.duckdb"))
    part.unlink()
    with pytest.raises(StorageError, match="a part of a kept version is missing"):
        back_up(home, folder / "out")
    assert not [path for path in (folder / "out").iterdir() if path.name != ".lock"]


def test_a_delivery_missing_from_the_raw_layer_is_told(home: Path, folder: Path) -> None:
    shutil.rmtree(next(open_home(home).raw.rglob("receipt.json")).parent)
    with pytest.raises(StorageError, match="deliveries that a kept version rests on"):
        back_up(home, folder / "out")


def test_a_backup_inside_the_home_is_refused(home: Path) -> None:
    told = tell("backup", "--home", str(home), "--out", str(home / "backups"))
    assert told.code == StorageError.exit_code
    assert is_three_lines(told.err)
    assert not (home / "backups").exists()


def test_two_backups_do_not_write_to_one_place(home: Path, folder: Path) -> None:
    with backup_room._only_one(folder / "out"):
        told = tell("backup", "--home", str(home), "--out", str(folder / "out"))
    assert told.code == 11
    assert is_three_lines(told.err)


# --- what is not restored ---


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(content))


def refused(backup: Path, home: Path) -> MaisuiError | None:
    try:
        restore(backup, home)
    except StorageError as error:
        assert not home.exists()
        return error
    return None


def test_every_flipped_bit_is_found(backup: Path, folder: Path) -> None:
    """Half of the flips meet any byte of the backup, half any file, so that small files have their share."""
    chance = random.Random(20270301)
    copy = folder / "copy"
    shutil.copytree(backup, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file() and path.stat().st_size)
    sizes = [path.stat().st_size for path in files]
    for number in range(FLIPS):
        path = chance.choices(files, sizes)[0] if number % 2 else chance.choice(files)
        before = path.read_bytes()
        flip(path, chance)
        assert refused(copy, folder / "back"), f"a flipped bit in {path.relative_to(copy)} was not found"
        path.write_bytes(before)
    restore(copy, folder / "back")


def test_every_cut_and_every_missing_file_is_found(backup: Path, folder: Path) -> None:
    chance = random.Random(20270302)
    copy = folder / "copy"
    shutil.copytree(backup, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file() and path.stat().st_size)
    assert {"manifest.json", "manifest.sha256"} <= {path.name for path in files}
    chosen = [path for path in files if path.parent == copy] + chance.sample(files, CUTS)
    for path in chosen:
        before = path.read_bytes()
        path.write_bytes(before[: chance.randrange(len(before))])
        assert refused(copy, folder / "back"), f"{path.relative_to(copy)} was cut and that was not found"
        path.unlink()
        assert refused(copy, folder / "back"), f"{path.relative_to(copy)} is missing and that was not found"
        path.write_bytes(before)
    restore(copy, folder / "back")


def test_a_damaged_newest_backup_is_never_passed_over_in_silence(home: Path, folder: Path) -> None:
    back_up(home, folder / "out")
    flip(back_up(home, folder / "out").folder / "manifest.json", random.Random(3))
    told = tell("restore", str(folder / "out"), "--home", str(folder / "back"))
    assert told.code == StorageError.exit_code
    assert is_three_lines(told.err)
    assert not (folder / "back").exists()


def test_a_manifest_that_leads_outside_is_refused(backup: Path, folder: Path) -> None:
    copy = folder / "copy"
    shutil.copytree(backup, copy)
    text = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest = read_backup(copy)
    first = manifest.files[0]
    for path in ("home/../../evil", "/etc/evil", "elsewhere/evil", "home//evil"):
        object.__setattr__(first, "path", path)
        for name, content in sealed_files(manifest).items():
            (copy / name).write_bytes(content)
        assert refused(copy, folder / "back")
    assert text["files"]


def test_verify_only_proves_and_writes_nothing(backup: Path, folder: Path) -> None:
    told = tell("restore", str(backup), "--verify-only", "--json")
    assert told.code == 0
    assert told.json["home"] is None
    assert not list(folder.iterdir())


@pytest.mark.parametrize("kind", ["home", "other", "file"])
def test_nothing_is_ever_overwritten(kind: str, home: Path, backup: Path, folder: Path) -> None:
    target = home if kind == "home" else folder / "other"
    if kind == "other":
        target.mkdir()
        (target / "letter.txt").write_text("mine", encoding="utf-8")
    elif kind == "file":
        target.write_text("mine", encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    told = tell("restore", str(backup), "--home", str(target))
    assert told.code == HomeError.exit_code
    assert is_three_lines(told.err)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_an_empty_folder_may_become_the_home(backup: Path, folder: Path) -> None:
    (folder / "back").mkdir()
    restore(backup, folder / "back")
    assert (folder / "back" / "bank.toml").exists()


@pytest.mark.parametrize("words", [("restore", "nowhere", "--home", "x"), ("restore", "nowhere"), ("restore", ".", "--verify-only")])
def test_a_wrong_call_is_three_lines(words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    told = tell(*words)
    assert told.code in (HomeError.exit_code, StorageError.exit_code)
    assert is_three_lines(told.err)


# --- with users and an audit log ---


@pytest.fixture(scope="module", params=VENDORS)
def served(request: pytest.FixtureRequest, mini: Waiting, tmp_path_factory: pytest.TempPathFactory) -> ServedHome:
    try:
        return served_home(request.param, mini.home, tmp_path_factory.mktemp("served") / "home")
    except NoPostgresqlError as error:
        pytest.skip(str(error))


def restored(served: ServedHome, backup: str, target: Path) -> ServedHome:
    back = ServedHome(target, empty_database("postgresql" if served.database else "sqlite"))
    done = back.tell("restore", backup)
    assert done.returncode == 0, done.stderr
    return back


@pytest.fixture(scope="module")
def kept(served: ServedHome, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One backup of the served home."""
    made = served.told("backup", "--out", str(tmp_path_factory.mktemp("kept") / "out"))
    assert made["database"] == ("postgresql" if served.database else "sqlite")
    return made["backup"]


_TRY_TO_DELETE = """
import sys
from pathlib import Path
from maisui.web import start
start.load(Path(sys.argv[1]))
from django.db import DatabaseError, connection
try:
    connection.cursor().execute("DELETE FROM audit_record")
except DatabaseError as error:
    print(error)
"""


def test_users_roles_and_audit_log_come_back(served: ServedHome, kept: str, folder: Path) -> None:
    before, users, head = served.told("audit", "verify"), served.told("users", "list"), read_heads(served.path)
    assert before["count"] > 0
    back = restored(served, kept, folder / "back")
    assert back.told("audit", "verify") == before
    assert back.told("users", "list") == users
    assert read_heads(back.path) == head
    done = back.tell("users", "disable", "li")  # life goes on: numbers, triggers, chain
    assert done.returncode == 0, done.stderr
    assert back.told("audit", "verify")["count"] > before["count"]
    assert "never changed or deleted" in back.python(_TRY_TO_DELETE).stdout


def test_a_database_that_holds_anything_is_left_alone(served: ServedHome, kept: str, folder: Path) -> None:
    if not served.database:
        pytest.skip("SQLite lies inside the home, which must be empty")
    told = ServedHome(folder / "back", served.database).tell("restore", kept)
    assert told.returncode == HomeError.exit_code
    assert is_three_lines(told.stderr)
    assert not (folder / "back").exists()


def test_a_broken_chain_is_copied_as_it_is(served: ServedHome, folder: Path) -> None:
    if served.database:
        pytest.skip("the heads lie in the home, whatever the database")
    copy = ServedHome(copy_home(served.path, folder / "broken"))
    heads = sorted((copy.path / "audit-heads").glob("*.json"))
    heads[-1].write_text(heads[-1].read_text(encoding="ascii").replace('"signature": "', '"signature": "0'), encoding="ascii")
    back = restored(copy, copy.told("backup", "--out", str(folder / "out"))["backup"], folder / "back")
    told = back.tell("audit", "verify")
    assert told.returncode == 30
    assert "another key's signature" in told.stderr


def test_a_backup_while_the_web_writes_holds_chain_and_heads_of_one_moment(served: ServedHome, folder: Path) -> None:
    with served.being_written() as written:
        made = [served.told("backup", "--out", str(folder / "out")) for _ in range(2)]
    assert written[0] > 50
    assert made[0]["audit_records"] < made[1]["audit_records"]
    back = restored(served, made[0]["backup"], folder / "back")
    found = back.told("audit", "verify")
    assert found["is_good"], found
    assert found["count"] == made[0]["audit_records"]


def read_heads(home: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="ascii") for path in (home / "audit-heads").glob("*.json")}
