"""The home: what bank.toml may say, and that every fault in it is told at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from maisui.engines.memory import default_memory_limit
from maisui.errors import HomeError
from maisui.warehouse.home import Home, create_home, open_home

BANK = '[bank]\nlegal_entity_code = "B1"\nsources = ["east5"]\n'


def written(folder: Path, text: str) -> Home:
    """Return the home whose bank.toml is `text`."""
    (folder / "bank.toml").write_text(text, encoding="utf-8")
    return open_home(folder)


def test_a_home_made_is_the_home_opened_and_nobody_elses(tmp_path: Path) -> None:
    made = create_home(
        tmp_path / "home",
        legal_entity_code="B1",
        name_zh="麦穗农商行",
        name_en="Maisui Bank",
        currency="CNY",
        sources=("east5", "supplement"),
        is_demo=True,
    )
    assert open_home(tmp_path / "home") == made
    assert (made.name_zh, made.sources, made.is_demo, made.recent_versions) == ("麦穗农商行", ("east5", "supplement"), True, 2)
    assert sorted(path.name for path in made.inbox.iterdir()) == ["east5", "supplement"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.path / "bank.toml").stat().st_mode) == 0o600
    assert made.severities == {"ledger": "stop", "balances": "stop"}


def test_a_home_is_never_made_over_another(tmp_path: Path) -> None:
    written(tmp_path, BANK)
    with pytest.raises(HomeError, match="already is a Maisui home"):
        create_home(tmp_path, legal_entity_code="B2", name_zh="", name_en="", currency="CNY", sources=("east5",), is_demo=False)
    assert open_home(tmp_path).legal_entity_code == "B1"


def test_a_folder_without_bank_toml_is_no_home(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="not a Maisui home") as refused:
        open_home(tmp_path)
    assert "maisui init" in refused.value.next_step
    assert refused.value.exit_code == 10


def test_what_is_not_said_takes_the_products_default(tmp_path: Path) -> None:
    home = written(tmp_path, BANK)
    assert (home.name_zh, home.currency, home.threads, home.month_ends) == ("B1", "CNY", 2, 60)
    assert home.memory_limit == default_memory_limit()
    assert home.recent_versions == 2
    assert home.raw == tmp_path / "entities" / "B1" / "raw"


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    text = (
        '[bank]\nlegal_entity_code = "../B1"\nsources = []\ncolour = 1\n[batch]\nmemory_limit = "lots"\nthreads = 0\n'
        '[retention]\nrecent_versions = 1\n[reconciliation]\nledger = "ignore"\n[mail]\n'
    )
    with pytest.raises(HomeError) as refused:
        written(tmp_path, text)
    faults = refused.value.what.splitlines()
    assert len(faults) == 8
    assert {"- unknown table [mail]", "- unknown setting bank.colour", "- reconciliation.ledger must be warn or stop"} < set(faults)


@pytest.mark.parametrize("text", ["[bank", "[bank]\nlegal_entity_code = B1", '[bank]\nname_zh = "\\x"'])
def test_text_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(HomeError, match=r"bank\.toml cannot be read"):
        written(tmp_path, text)


@pytest.mark.parametrize("text", [BANK + '[retention]\nrecent_versions = "two"\n', "bank = 3\n", "parameter = 3\n" + BANK])
def test_a_value_of_the_wrong_kind_is_a_fault_like_any_other(tmp_path: Path, text: str) -> None:
    with pytest.raises(HomeError):
        written(tmp_path, text)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("idle_minutes = 0", "web.idle_minutes must be at least 1"),
        ('hosts = ["crm bank"]', "web.hosts must list host names"),
        ("behind_proxy = true", "web.behind_proxy needs web.hosts"),
        ('time_zone = "Mars/Base"', "web.time_zone must be a zone"),
        ("colour = 1", "unknown setting web.colour"),
    ],
)
def test_faults_of_the_web_settings_are_told(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(HomeError) as refused:
        written(tmp_path, f"{BANK}[web]\n{line}\n")
    assert fault in refused.value.what


def test_web_settings_are_read(tmp_path: Path) -> None:
    home = written(tmp_path, BANK + '[web]\nhosts = ["crm.bank.example"]\nbehind_proxy = true\nidle_minutes = 15\n')
    assert (home.web.hosts, home.web.behind_proxy, home.web.idle_minutes, home.web.session_hours) == (("crm.bank.example",), True, 15, 12)


def test_a_flag_is_not_given_as_a_word(tmp_path: Path) -> None:
    with pytest.raises(HomeError):
        written(tmp_path, BANK + 'is_demo = "false"\n')


def test_a_name_may_hold_quotation_marks(tmp_path: Path) -> None:
    made = create_home(
        tmp_path / "home",
        legal_entity_code="B1",
        name_zh="麦穗",
        name_en='The "Best" Bank',
        currency="CNY",
        sources=("east5",),
        is_demo=False,
    )
    assert made.name_en == 'The "Best" Bank'
