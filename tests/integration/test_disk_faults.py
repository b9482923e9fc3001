"""Publication is killed at every call it makes to the disk, and the disk fails from every such call on."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from example_home import arguments, contents, copy_home, current, environment, is_three_lines, receipts_of, run
from integration.conftest import Waiting
from integration.publication_steps import TABLES, publish_step
from scratch import scratch_folder

from maisui.errors import StorageError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader
from maisui.warehouse.version import current_version

pytestmark = pytest.mark.xdist_group("disk")
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink")
SCRIPT = Path(__file__).with_name("publication_steps.py")
Seen = tuple[str, str]


def seen_by_readers(folder: Path) -> Seen:
    """Return the version that readers of `folder` open and a hash of every row they read."""
    digest = hashlib.sha256()
    with open_reader(folder / "versions", folder / "parts", tables=[table.name for table in TABLES]) as reader:
        for table in TABLES:
            digest.update(repr(reader.rows(f"SELECT {', '.join(table.column_names)} FROM {table.name} ORDER BY ALL")).encode())
        return reader.manifest.version, digest.hexdigest()


def files_of(folder: Path) -> dict[str, str]:
    """Return every file of `folder`: manifests by their text, parts by their content-bearing name."""
    return {
        str(path.relative_to(folder)): "" if path.suffix == ".duckdb" else path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@dataclass(frozen=True)
class TwoSteps:
    """A folder in which steps 0 and 1 are published, and what readers and the folder hold before and after step 2."""

    folder: Path
    before: Seen
    after: Seen
    files: dict[str, str]
    calls: Counter[str]


def python(*words: str, home: bool = False) -> list[str]:
    """Return the command of step 2, or of a batch when `home`."""
    return list(words) if home else [sys.executable, str(SCRIPT), *words, "2"]


def quiet() -> dict[str, str]:
    """Return an environment in which Python itself writes nothing."""
    return environment() | {"PYTHONDONTWRITEBYTECODE": "1"}


def faulted(rule: str, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `words` under strace with one injection rule."""
    call = rule.partition(":")[0]
    quick = () if "signal" in rule else ("--seccomp-bpf",)  # with that filter strace injects errors, but no signals
    return subprocess.run(
        ["strace", "-f", *quick, "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={rule}", *words],
        env=quiet(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def calls_of(words: list[str], log: Path) -> Counter[str]:
    """Return how often `words` makes each call, counted by the thread that makes it most often."""
    subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *words],
        env=quiet(),
        capture_output=True,
        check=True,
    )
    counts: Counter[tuple[str, str]] = Counter(
        re.findall(r"^(\d+) +(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    )
    most: Counter[str] = Counter()
    for (_, call), count in counts.items():
        most[call] = max(most[call], count)
    return most


@pytest.fixture(scope="session")
def strace() -> str:
    """Skip where system calls cannot be faulted."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("strace is not installed: system calls cannot be made to fail here")
    tried = faulted("unlink:error=EIO:when=99", ["true"])
    if tried.returncode:
        pytest.skip(f"strace may not watch processes here: {tried.stderr.strip().splitlines()[-1]}")
    return program


@pytest.fixture(scope="session")
def steps(strace: str) -> Iterator[TwoSteps]:
    """Publish steps 0 and 1, then step 2 beside it undisturbed, counting its calls."""
    del strace
    with scratch_folder() as place:
        folder = place / "steps"
        for step in (0, 1):
            publish_step(folder, step)
        before = seen_by_readers(folder)
        ahead = copy_home(folder, place / "ahead")
        calls = calls_of(python(str(ahead)), place / "calls.log")
        assert all(calls[call] >= 2 for call in CALLS)
        yield TwoSteps(folder, before, seen_by_readers(ahead), files_of(ahead), calls)


def points(steps: TwoSteps) -> list[tuple[str, int]]:
    return [(call, number) for call in CALLS for number in range(1, steps.calls[call] + 1)]


def finishes(steps: TwoSteps, folder: Path) -> None:
    """Readers see one of two whole versions; a rerun reaches exactly the state of the run that was left alone."""
    assert seen_by_readers(folder) in (steps.before, steps.after)
    publish_step(folder, 2)
    assert seen_by_readers(folder) == steps.after
    assert files_of(folder) == steps.files
    shutil.rmtree(folder)


def test_a_kill_at_every_call_to_the_disk_leaves_one_whole_version(steps: TwoSteps, folder: Path) -> None:
    killed = 0
    for call, number in points(steps):
        place = copy_home(steps.folder, folder / f"{call}-{number}")
        killed += faulted(f"{call}:signal=KILL:when={number}", python(str(place))).returncode == -9
        finishes(steps, place)

    assert killed == sum(steps.calls.values()) >= 24


@pytest.mark.parametrize(
    ("error", "stride"),
    [("ENOSPC", 1), ("EIO", 3), pytest.param("EIO", 1, marks=pytest.mark.long)],
)
def test_a_disk_that_fails_from_any_call_on_publishes_nothing_by_halves(steps: TwoSteps, folder: Path, error: str, stride: int) -> None:
    for call, number in points(steps)[::stride]:
        place = copy_home(steps.folder, folder / f"{call}-{number}")
        failed = faulted(f"{call}:error={error}:when={number}+", python(str(place)))
        found = seen_by_readers(place)
        assert found in (steps.before, steps.after), (call, number)
        assert failed.returncode != 0, (call, number)
        finishes(steps, place)


def batch_points(calls: Counter[str], sample: int) -> list[tuple[str, int]]:
    """Return `sample` points spread evenly over all calls of a batch."""
    every = [(call, number) for call in CALLS for number in range(1, calls[call] + 1)]
    return every[:: max(1, len(every) // sample)][:sample]


@pytest.fixture(scope="session")
def batch_calls(mini: Waiting, strace: str) -> Counter[str]:
    """Return how often the small batch makes each call."""
    del strace
    with scratch_folder() as place:
        return calls_of(arguments(mini.copy(place / "counted"), "run", "--date", mini.day.isoformat()), place / "calls.log")


@pytest.mark.parametrize("sample", [2, pytest.param(40, marks=pytest.mark.long)])
def test_a_batch_killed_at_a_call_to_the_disk_reaches_the_same_state_when_run_again(
    mini: Waiting, batch_calls: Counter[str], folder: Path, sample: int
) -> None:
    for call, number in batch_points(batch_calls, sample):
        home = mini.copy(folder / f"{call}-{number}")
        killed = faulted(f"{call}:signal=KILL:when={number}", arguments(home, "run", "--date", mini.day.isoformat()))
        assert killed.returncode in (-9, 0), killed.stderr
        assert current(home) in (mini.before, mini.after)
        reaches_the_same_state(home, mini)


def reaches_the_same_state(home: Path, mini: Waiting) -> None:
    """Run the batch again and hold everything to the run that was left alone."""
    assert run(home, mini.day).manifest.content_hash == mini.content_hash
    assert contents(home) == mini.tables
    assert receipts_of(home) == mini.receipts
    shutil.rmtree(home)


@pytest.mark.parametrize(
    ("error", "sample"),
    [("ENOSPC", 4), ("EIO", 2), pytest.param("ENOSPC", 60, marks=pytest.mark.long), pytest.param("EIO", 60, marks=pytest.mark.long)],
)
def test_a_batch_on_a_failing_disk_ends_with_three_lines_and_can_be_run_again(
    mini: Waiting, batch_calls: Counter[str], folder: Path, error: str, sample: int
) -> None:
    for call, number in batch_points(batch_calls, sample):
        home = mini.copy(folder / f"{call}-{number}")
        failed = faulted(f"{call}:error={error}:when={number}+", arguments(home, "run", "--date", mini.day.isoformat()))
        assert failed.returncode in (0, StorageError.exit_code) or call == "write", (call, number, failed.stderr)
        assert failed.returncode == 0 or call == "write" or is_three_lines(failed.stderr), (call, number, failed.stderr)
        assert current(home) in (mini.before, mini.after)
        reaches_the_same_state(home, mini)


@pytest.mark.parametrize("sizes", [3, pytest.param(30, marks=pytest.mark.long)])
def test_a_full_disk_ends_the_batch_with_three_lines(mini: Waiting, folder: Path, sizes: int) -> None:
    """Fill small file systems of growing size, each in a mount namespace of its own, so nothing else sees them."""
    if (
        os.geteuid() != 0
        or shutil.which("unshare") is None
        or subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small file system needs root and a private mount namespace")
    outcomes: list[int] = []
    used = sum(path.stat().st_size + 8192 for path in (mini.home / "entities").rglob("*"))
    for step in range(sizes):
        size = used + (200 << 10) + step * (6 << 20) // sizes
        home, kept = mini.copy(folder / f"home-{size}"), folder / f"kept-{size}"
        batch = " ".join(f"'{word}'" for word in arguments(home, "run", "--date", mini.day.isoformat()))
        entities = home / "entities"
        script = (
            f"mv '{entities}' '{kept}' && mkdir '{entities}' && mount -t tmpfs -o size={size} none '{entities}' "
            f"&& cp -a '{kept}/.' '{entities}/' || exit 99; {batch}; code=$?; rm -rf '{kept}'; cp -a '{entities}' '{kept}'; exit $code"
        )
        ended = subprocess.run(["unshare", "-m", "sh", "-c", script], env=environment(), capture_output=True, text=True, check=False)
        assert ended.returncode != 99, ended.stderr
        outcomes.append(ended.returncode)
        assert ended.returncode in (0, StorageError.exit_code), ended.stderr
        assert ended.returncode == 0 or is_three_lines(ended.stderr), ended.stderr
        shutil.rmtree(entities)
        kept.rename(entities)
        assert current(home) in (mini.before, mini.after)
        reaches_the_same_state(home, mini)

    assert StorageError.exit_code in outcomes


def test_a_batch_does_not_begin_when_the_disk_is_too_full(mini: Waiting, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = mini.copy(folder / "home")
    registered = receipts_of(home)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1 << 40, 1 << 40, 1 << 10))

    with pytest.raises(StorageError) as refused:
        run(home, mini.day)

    assert "MB are free" in refused.value.what
    assert current(home) == mini.before
    assert receipts_of(home) == registered


def test_a_batch_makes_a_damaged_part_or_manifest_of_the_current_version_anew(mini: Waiting, folder: Path) -> None:
    for damage in ("missing part", "cut part", "empty part", "cut manifest"):
        home = mini.copy_ahead(folder / damage)
        place = open_home(home)
        part = sorted(place.parts.glob("serving/*.duckdb"), key=lambda path: path.stat().st_mtime_ns)[-1]
        manifest = place.versions / f"{current_version(place.versions)}.json"
        if damage == "missing part":
            part.unlink()
        elif damage == "cut manifest":
            os.truncate(manifest, 100)
        else:
            os.truncate(part, 5000 if damage == "cut part" else 0)
        result = run(home, mini.day)

        assert not result.was_published_before, damage
        assert contents(home) == mini.tables
