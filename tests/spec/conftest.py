"""Which engines every specification runs on."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.engines.spark_engine import SparkEngine
from maisui.errors import HomeError

ENGINES = {"duckdb": DuckDBEngine, "spark": SparkEngine}
ON_SPARK = pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.xdist_group("spark")])


@pytest.fixture(scope="session", params=["duckdb", ON_SPARK])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Yield each engine in turn; Spark starts once, in one worker, and only where PySpark and Java are installed."""
    if request.param == "spark" and importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed; requirements-spark.lock has it")
    try:
        started = ENGINES[request.param](tmp_path_factory.mktemp(request.param))
    except HomeError as error:
        pytest.skip(str(error).replace("\n", "; "))
    yield started
    started.close()
