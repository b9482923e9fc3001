"""What every verb of the command line promises: help, JSON, exit codes and three lines on an error."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import command, environment, is_three_lines, tell
from functional.conftest import LAST_DAY, Demo

import maisui
from maisui.answers import Question, ask, by_target
from maisui.cli.main import command_line
from maisui.metrics import BY_CODE
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("demo")
VERBS = (
    "demo", "simulate", "init", "check", "template", "run", "status", "metrics", "ask", "explain", "quarantine", "quarantine list",
    "quarantine show", "quarantine release", "models", "models train", "models score", "models forecast", "models list", "versions", "versions list", "versions rollback", "versions prune",
    "serve", "worker", "doctor", "backup", "restore", "users", "users add", "users reset", "users disable", "users list", "audit", "audit verify",
    "audit purge", "parameters", "parameters list", "parameters show", "parameters preview", "preview",
)  # fmt: skip
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str) -> None:
    told = tell(*verb.split(), "--help")

    assert told.code == 0
    assert "Usage" in told.out
    assert "--help" in told.out


def test_the_list_of_verbs_is_complete() -> None:
    app = command_line()
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    verbs = {command.name for command in app.registered_commands} | set(groups)
    verbs |= {f"{name} {command.name}" for name, group in groups.items() if group for command in group.registered_commands}

    assert verbs == set(VERBS)


def test_a_verb_loads_no_other() -> None:
    call = "import sys; from maisui.cli.main import command_line; command_line(['users']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", call], env=environment(), capture_output=True, text=True, check=True).stdout.split()

    assert {name for name in loaded if name.startswith("maisui.cli.")} == {
        f"maisui.cli.{name}" for name in ("main", "users", "options", "output")
    }
    assert "maisui.answers" not in loaded


def test_commands_that_begin_at_once_on_a_new_home_wait_for_each_other(tmp_path: Path) -> None:
    """One makes the operational database; the others find it made."""
    assert tell("init", str(tmp_path / "home"), "--entity", "BANK1").code == 0
    (tmp_path / "home/operational.sqlite3").unlink(missing_ok=True)
    call = [sys.executable, "-m", "maisui", "users", "list", "--home", str(tmp_path / "home")]
    begun = [subprocess.Popen(call, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate()[1] for process in begun]

    assert [process.returncode for process in begun] == [0, 0, 0], told


def test_the_version_is_that_of_the_code() -> None:
    assert tell("--version").out == f"maisui {maisui.__version__}\n"


def test_demo_publishes_everything_it_simulated_and_shows_answers(demo: Demo) -> None:
    assert "is published" in demo.first_words
    assert "0 quarantined" in demo.first_words
    assert "deposit_balance" in demo.first_words
    assert "npl_ratio" in demo.first_words
    assert demo.ask("status", "--json").json["date"] == LAST_DAY


def test_a_second_demo_changes_nothing_and_answers_the_same(demo: Demo) -> None:
    def state() -> dict[str, tuple[int, int, int]]:
        files = (path for path in demo.home.rglob("*") if path.is_file() and path.name != "batch.lock" and "operational" not in path.name)
        return {str(p): (p.stat().st_ino, p.stat().st_size, p.stat().st_mtime_ns) for p in files}

    before = state()
    told = demo.ask("demo", "--scale", "test", "--no-serve")

    assert told.code == 0
    assert "was already published" in told.out
    assert state() == before


def test_demo_refuses_the_home_of_another_example_bank(demo: Demo) -> None:
    told = demo.ask("demo", "--scale", "test", "--seed", "2")

    assert told.code == 10
    assert is_three_lines(told.err)


def test_demo_refuses_the_home_of_a_real_bank(tmp_path: Path) -> None:
    assert tell("init", str(tmp_path / "bank"), "--entity", "BANK1").code == 0
    told = tell("demo", "--home", str(tmp_path / "bank"))

    assert told.code == 10
    assert "real bank" in told.err


def test_metrics_are_listed_with_code_names_and_unit() -> None:
    listed = tell("metrics", "--json").json

    assert len(listed) >= 40
    assert len({metric["code"] for metric in listed}) == len(listed)
    for metric in listed:
        assert {"code", "name_zh", "name_en", "unit"} <= set(metric)
        assert all(metric[key] for key in ("code", "name_zh", "name_en", "unit", "meaning_zh", "meaning_en"))


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.long)])
def test_every_metric_can_be_asked_and_some_explained(demo: Demo, share: int) -> None:
    place = open_home(demo.home)
    with open_reader(place.versions, place.parts) as reader:
        values = {code: ask(reader, by_target(Question(code))).rows[0].value for code in BY_CODE}

    assert [code for code, value in values.items() if value is None] == []
    for code in sorted(values)[::share]:
        explained = demo.ask("explain", code, "--json")
        assert explained.code == 0, explained.err
        if BY_CODE[code].is_per_target:  # rates of unlike targets are never one figure
            assert explained.json["value"] is None
        else:
            assert Decimal(explained.json["value"]) == values[code]


def test_status_tells_version_deliveries_and_tie_outs(demo: Demo) -> None:
    status = demo.ask("status", "--json").json

    assert re.fullmatch(r"20261031-[0-9a-f]{12}", status["version"])
    files = [*(demo.home / "inbox" / "east5").glob("*.txt"), *(demo.home / "inbox" / "supplement").iterdir()]
    assert len(status["deliveries"]) == len(files)
    for delivery in status["deliveries"]:
        assert delivery["rows"] == delivery["loaded"] + delivery["quarantined"] + delivery["duplicate"]
        assert delivery["is_used"]
    for control in status["tie_outs"]:
        nobody_decided = control["code"] in ("allocation_decisions_accepted", "tier_decisions_accepted")  # the example bank decides neither
        assert (control["checked"] > 0) is not nobody_decided, control["code"]
        assert control["violations"] == 0, control["code"]
        assert control["difference"] == "0.00"


def test_answers_carry_date_version_and_decimals_as_text(demo: Demo) -> None:
    answer = demo.ask("ask", "deposit_balance", "--by", "organisation", "--compare", "previous_month", "--json").json

    assert answer["metric"] == "deposit_balance"
    assert answer["date"] == LAST_DAY
    assert answer["version"] == demo.ask("status", "--json").json["version"]
    assert len(answer["rows"]) >= 8
    for row in answer["rows"]:
        assert set(row) >= {"dimensions", "numerator", "denominator", "value"}
        assert row["denominator"] is None
        assert all(isinstance(row[key], str) and DECIMAL.fullmatch(row[key]) for key in ("numerator", "value", "base_value", "change"))
        assert Decimal(row["change"]) == Decimal(row["value"]) - Decimal(row["base_value"])


def test_a_ratio_is_its_numerator_over_its_denominator(demo: Demo) -> None:
    row = demo.figure("npl_ratio")

    exact = Decimal(row["numerator"]) / Decimal(row["denominator"])
    assert abs(Decimal(row["value"]) - exact) <= Decimal("0.0000005")


def test_children_add_up_to_the_whole(demo: Demo) -> None:
    children = demo.values("deposit_balance", "child")

    assert len(children) >= 8
    assert sum(map(Decimal, children.values())) == Decimal(demo.figure("deposit_balance")["value"])


def test_check_finds_every_file_a_place(demo: Demo) -> None:
    found = demo.ask("check", "--json").json

    for source in found["sources"]:
        folder = demo.home / "inbox" / source["code"]
        files = [path for path in folder.iterdir() if path.suffix != ".log"] if folder.is_dir() else []
        assert source["unrecognised"] == []
        assert sum(feed["files"] + feed["registered"] for feed in source["feeds"]) == len(files)


def test_the_installed_command_answers_like_the_entry_point(demo: Demo) -> None:
    started = command(demo.home, "ask", "deposit_balance", "--json")

    assert started.returncode == 0
    assert started.stderr == ""
    assert started.stdout == demo.ask("ask", "deposit_balance", "--json").out


WRONG = {
    "no home": (10, ("status", "--home", "/nonexistent")),
    "unknown metric": (23, ("ask", "happiness")),
    "unknown dimension": (23, ("ask", "deposit_balance", "--by", "colour")),
    "dimension the metric lacks": (23, ("ask", "npl_ratio", "--by", "channel")),
    "unknown organisation": (23, ("ask", "deposit_balance", "--org", "nowhere")),
    "organisation in SQL": (23, ("ask", "deposit_balance", "--org", "x' OR '1'='1")),
    "not a day": (23, ("ask", "deposit_balance", "--date", "2026-02-30")),
    "day before the history": (23, ("ask", "deposit_balance", "--date", "1999-01-01")),
    "day after the version": (23, ("ask", "deposit_balance", "--date", "2026-11-01")),
    "year-start figure without its base": (23, ("ask", "deposit_net_increase_since_year_start", "--date", "2024-11-30")),
    "unknown period": (23, ("ask", "deposit_balance", "--period", "fortnight")),
    "unknown comparison": (23, ("ask", "deposit_balance", "--compare", "yesterday")),
    "unknown version": (12, ("ask", "deposit_balance", "--version", "20260101-000000000000")),
    "version in a path": (12, ("ask", "deposit_balance", "--version", "../../bank")),
    "rollback to nothing": (12, ("versions", "rollback", "20260101-000000000000")),
    "run on no day": (23, ("run", "--date", "yesterday")),
    "run with an unknown engine": (23, ("run", "--date", "2026-10-30", "--engine", "abacus")),
    "explain an unknown metric": (23, ("explain", "happiness")),
    "quarantine of no file": (23, ("quarantine", "show", "0123456789abcdef")),
    "unknown verb": (2, ("destroy",)),
    "missing option": (2, ("run",)),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_ends_with_its_own_exit_code_and_changes_nothing(demo: Demo, case: str) -> None:
    code, words = WRONG[case]
    pointer = demo.home / "entities" / "E0123H353090001" / "versions" / "current"
    before = pointer.stat()
    told = tell(*words) if "--home" in words or code == 2 else demo.ask(*words)

    assert told.code == code, told.err
    assert "Traceback" not in told.err
    assert code == 2 or is_three_lines(told.err)
    assert pointer.stat() == before
