"""Which engines every specification runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.engines.spark_engine import SparkEngine
from maisui.errors import HomeError

# A drawn table has a handful of rows: each further partition is one more task, and cross joins multiply them to hundreds.
# How rows are spread may change no result; the whole bank is run on several partitions.
# To write and compile Java for a query that meets a handful of rows once takes longer than to interpret it.
TINY = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
WHOLE_BANK = {"spark.sql.shuffle.partitions": "2", "spark.sql.leafNodeDefaultParallelism": "2"}
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java compiles once and plainly: what makes a day of work faster costs minutes where every query is new and has a handful of rows.

Not for a whole bank: its hundred thousand rows took a quarter of an hour longer so.
"""


QUICK = 6
"""Of the drawn cases each sixth, in the order of files, runs on Spark in `make test`; every one does in `make test-long`.

The whole bank and every portable function run on both engines every time, and every query stands in its golden translation: what a drawn case adds are rare rows.
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most drawn cases on Spark to the long run."""
    drawn = [item for item in items if _is_drawn_on_spark(item)]
    for at, item in enumerate(drawn):
        if at % QUICK:
            item.add_marker(pytest.mark.long)


def _is_drawn_on_spark(item: pytest.Item) -> bool:
    params = getattr(item, "callspec", None)
    return params is not None and params.params.get("engine") == "spark" and item.path.parent != Path(__file__).parent


class OneSpark:
    """The one Spark that can live in a process; starting takes seconds, so it stays until other settings are asked for."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._engine: SparkEngine | None = None
        self._settings: tuple[dict[str, str], str] | None = None

    def with_settings(self, settings: dict[str, str], java: str = "") -> SparkEngine:
        """Return Spark with these settings, and these words for Java; tests share it, so its tables are replaced and never shared."""
        if self._engine is None or self._settings != (settings, java):
            self.close()
            with pytest.MonkeyPatch.context() as environment:
                environment.setenv("MAISUI_SPARK_CONF", ";".join(f"{key}={value}" for key, value in settings.items()))
                if java:
                    environment.setenv("JAVA_TOOL_OPTIONS", java)
                try:
                    self._engine = SparkEngine(self._folders.mktemp("spark"))
                except HomeError as missing:
                    pytest.skip(f"{missing.what} ({missing.next_step})")
            self._settings = (settings, java)
        return self._engine

    def close(self) -> None:
        """End the Spark that runs, if any."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


@pytest.fixture(scope="session")
def one_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneSpark]:
    """Yield what starts the Spark of this process."""
    held = OneSpark(tmp_path_factory)
    yield held
    held.close()


@pytest.fixture
def spark(one_spark: OneSpark) -> SparkEngine:
    """Return Spark as drawn tables need it."""
    return one_spark.with_settings(TINY, QUICK_JAVA)


# All on Spark go to one worker, or each worker would start its own.
@pytest.fixture(params=["duckdb", pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")])])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Yield each engine in turn."""
    if request.param == "spark":
        yield request.getfixturevalue("spark")
        return
    embedded = DuckDBEngine(tmp_path)
    yield embedded
    embedded.close()
