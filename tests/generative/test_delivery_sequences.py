"""Whatever the order in which files come, late, twice, corrected or in parts: the home equals one built afresh."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from example_home import current, plans_made_once, receipts_of, run
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from mini_bank import SOURCE, MiniBank, control_text, deliver, file_text, lay, make_home
from scratch import scratch_folder

from maisui.errors import ContractError
from maisui.intake import receipts, receive, release
from maisui.sources.of_home import load_sources
from maisui.sources.use import as_received
from maisui.warehouse import publication
from maisui.warehouse.home import open_home
from maisui.warehouse.version import read_manifest

pytestmark = pytest.mark.xdist_group("sequences")
DAYS = (date(2026, 1, 31), date(2026, 2, 10), date(2026, 2, 28), date(2026, 3, 5), date(2026, 3, 31))
BETWEEN = (*DAYS, date(2026, 2, 15), date(2026, 3, 6), date(2026, 4, 2))
BANK = MiniBank()
BROKEN = ["X1", "A00001", "CNY", "B2", "20260115", "in", "1,0", "atm", "no"]
MENDED = "X1|A00001|CNY|B2|20260115|in|1.00|atm|no"
Files = dict[str, tuple[str, date]]


class Deliveries(RuleBasedStateMachine):
    """A bank that delivers as banks do; `truth` holds the files that count, under the name they first came by."""

    def __init__(self) -> None:
        super().__init__()
        self._scratch = scratch_folder()
        self.folder = self._scratch.__enter__()
        self.home = make_home(self.folder / "home")
        self.truth: Files = {}
        self.delivered: list[int] = []
        self.corrections: dict[int, int] = {}
        self.copies: set[str] = set()
        self.broken: dict[int, str] = {}
        self.released: dict[int, str] = {}
        self.published: dict[str, str] = {}

    @property
    def inbox(self) -> Path:
        return self.home / "inbox" / SOURCE

    def _take_down(self, day: date) -> None:
        """Note what lies in the inbox for a day as what was truly delivered."""
        for path in self.inbox.glob(f"*-{day:%Y%m%d}*"):
            if path.name not in self.copies:
                self.truth[path.name] = (path.read_text(encoding="utf-8"), day)

    @initialize()
    def the_first_day(self) -> None:
        self._deliver(0)

    def _deliver(self, place: int) -> None:
        deliver(self.home, DAYS[place], DAYS[place - 1] if place else None)
        self.delivered.append(place)
        self._take_down(DAYS[place])

    @precondition(lambda self: len(self.delivered) < len(DAYS))
    @rule(chosen=st.integers(0, len(DAYS) - 1))
    def a_day_comes_in_order_late_or_after_a_gap(self, chosen: int) -> None:
        left = [place for place in range(len(DAYS)) if place not in self.delivered]
        self._deliver(left[chosen % len(left)])

    @rule(chosen=st.integers(0, 9), account=st.integers(0, 7))
    def a_balance_is_corrected(self, chosen: int, account: int) -> None:
        place = self.delivered[chosen % len(self.delivered)]
        self.corrections[place] = self.corrections.get(place, 0) + 1
        rows = BANK.rows("ACCT", DAYS[place])
        rows[account][6] = f"{7000 + 100 * place + self.corrections[place]}.{account:02d}"
        lay(self.home, "ACCT", DAYS[place], rows)
        self._take_down(DAYS[place])

    @precondition(lambda self: self.corrections)
    @rule(chosen=st.integers(0, 9))
    def a_correction_is_taken_back(self, chosen: int) -> None:
        place = sorted(self.corrections)[chosen % len(self.corrections)]
        lay(self.home, "ACCT", DAYS[place], BANK.rows("ACCT", DAYS[place]))
        self._take_down(DAYS[place])

    @precondition(lambda self: self.published)
    @rule(chosen=st.integers(0, 9), feed=st.sampled_from(["movements", "customers", "ledger"]))
    def a_file_comes_again_under_another_name(self, chosen: int, feed: str) -> None:
        known = sorted({receipt.business_date for receipt in receipts(raw=open_home(self.home).raw)})
        day = known[chosen % len(known)]
        copied = f"{feed}-{day:%Y%m%d}-9{len(self.copies):02d}.txt"
        shutil.copy(self.inbox / f"{feed}-{day:%Y%m%d}.txt", self.inbox / copied)
        self.copies.add(copied)

    @rule(chosen=st.integers(0, 9))
    def a_part_with_a_new_account_comes(self, chosen: int) -> None:
        place = self.delivered[chosen % len(self.delivered)]
        rows = [[f"N{place:05d}", "C900", "B2", "deposit", "demand", "CNY", "12.34", "20260101", ""]]
        path = lay(self.home, "ACCT", DAYS[place], rows, part="-1")
        assert path.read_text(encoding="utf-8") == file_text("ACCT", rows)
        self._take_down(DAYS[place])

    @rule(chosen=st.integers(0, 9))
    def a_part_with_a_broken_row_comes(self, chosen: int) -> None:
        place = self.delivered[chosen % len(self.delivered)]
        good = [[f"Y{place}{number:02d}", "A00002", "CNY", "B1", "20260110", "in", "5.00", "atm", "no"] for number in range(40)]
        lay(self.home, "MOVE", DAYS[place], [good[0], BROKEN, *good[1:]], part="-2")
        self._take_down(DAYS[place])
        self.broken.setdefault(place, "")

    @precondition(lambda self: any(self.broken.values()))
    @rule(chosen=st.integers(0, 9))
    def a_broken_row_is_mended_and_released(self, chosen: int) -> None:
        waiting = [place for place, file_id in self.broken.items() if file_id and place not in self.released]
        if waiting and not self.released:
            place = waiting[chosen % len(waiting)]
            let_in(self.home, self.broken[place])
            self.released[place] = self.broken[place]

    @rule(day=st.sampled_from(BETWEEN))
    def a_batch_runs_for_any_day(self, day: date) -> None:
        self._run(day)

    @rule()
    def a_batch_runs_for_the_last_day(self) -> None:
        self._run(BETWEEN[-1])

    @precondition(lambda self: len(self.published) > 1)
    @rule(chosen=st.integers(0, 9))
    def readers_are_sent_back_to_an_earlier_version(self, chosen: int) -> None:
        place = open_home(self.home)
        kept = [version for version in self.published if (place.versions / f"{version}.json").exists()]
        version = kept[chosen % len(kept)]
        publication.roll_back(place.versions, version)
        assert read_manifest(place.versions, current(self.home) or "").content_hash == self.published[version]

    def _run(self, day: date) -> None:
        if min(DAYS[place] for place in self.delivered) > day:
            with pytest.raises(ContractError):
                run(self.home, day)
            return
        result = run(self.home, day)
        assert current(self.home) == result.manifest.version
        assert result.manifest.content_hash == self._afresh(day)
        self.published[result.manifest.version] = result.manifest.content_hash
        assert receipts_of(self.home)
        for receipt in receipts(raw=open_home(self.home).raw):
            if receipt.quarantined and receipt.file_name.startswith("movements-"):
                self.broken[DAYS.index(receipt.business_date)] = receipt.file_id

    def _afresh(self, day: date) -> str:
        """Return the content hash of a new home that is given, at once, only what truly counts."""
        upto = {name: text for name, (text, on) in self.truth.items() if on <= day}
        let = sorted(file_id for place, file_id in self.released.items() if DAYS[place] <= day)
        return built_afresh(tuple(sorted(upto.items())), tuple(let), day)

    def teardown(self) -> None:
        if self.delivered:
            self._run(BETWEEN[-1])
        self._scratch.__exit__(None, None, None)


def take_in(home: Path, day: date) -> None:
    """Register what lies in the inbox, as a batch would before it computes."""
    place = open_home(home)
    (source,) = load_sources(place)
    receive(source=as_received(source), inbox=place.inbox / SOURCE, raw=place.raw, until=day, workers=1)


def let_in(home: Path, file_id: str) -> None:
    """Release the broken row of a file, mended."""
    place = open_home(home)
    (source,) = load_sources(place)
    release(raw=place.raw, source=source, file_id=file_id, line=3, corrected=MENDED, operator="ops", at=datetime(2027, 1, 1, tzinfo=UTC))


@functools.lru_cache(maxsize=512)
def built_afresh(files: tuple[tuple[str, str], ...], released: tuple[str, ...], day: date) -> str:
    """Return the content hash of a batch over these files in a home that never saw anything else."""
    with scratch_folder() as folder:
        home = make_home(folder / "home")
        for name, text in files:
            (home / "inbox" / SOURCE / name).write_text(text, encoding="utf-8")
        if released:
            take_in(home, day)
        for file_id in released:
            let_in(home, file_id)
        return run(home, day, from_the_start=True).manifest.content_hash


@pytest.fixture(autouse=True)
def quick_plans() -> Iterator[None]:
    """Check and trace the SQL of the one source once."""
    with plans_made_once():
        yield
    built_afresh.cache_clear()


@pytest.mark.parametrize("sequences", [30, pytest.param(500, marks=pytest.mark.long)])
def test_any_sequence_of_deliveries_ends_as_a_home_built_afresh(sequences: int) -> None:
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=6,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_control_file_of_a_part_vouches_for_that_part_alone() -> None:
    assert control_text(BANK.rows("ACCT", DAYS[0])[:2]).startswith("rows: 2\n")
