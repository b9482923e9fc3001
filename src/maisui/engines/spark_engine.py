"""The distributed engine: the same SQL on Spark, configured so that it means what it means in DuckDB."""

# PySpark is an extra: this module is imported, and checked, where it is missing, so its imports wait until Spark starts.
# ruff: noqa: PLC0415
# pyright: reportMissingImports=false, reportUnknownParameterType=false

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from maisui.engines.duckdb_engine import THREADS, connect, quoted
from maisui.errors import BusyError, HomeError
from maisui.steps.portable import to_spark
from maisui.tables import Table

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark.sql import DataFrame, SparkSession

LOCAL_MASTER = f"local[{THREADS}]"
OLDEST_JAVA = 17
JAVA_STOP_SECONDS = 20

MEANING = {
    # Dates come out of instants by the session's zone, so every session has the same one.
    "spark.sql.session.timeZone": "UTC",
    # Overflow, division by zero and malformed text are errors, as in DuckDB, and never a silent null.
    "spark.sql.ansi.enabled": "true",
    # A product wider than 38 digits fails instead of losing decimal places.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    # Dates are read by java.time alone; the default refuses whatever Spark 2 would have read otherwise.
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    # Text is compared byte by byte; a collation in the cluster's defaults would reorder Chinese names.
    "spark.sql.session.collation.default": "UTF8_BINARY",
    # Column names do not depend on case.
    "spark.sql.caseSensitive": "false",
    # Sorts and grouping may be given by position or by the name of an output column.
    "spark.sql.orderByOrdinal": "true",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.groupByAliases": "true",
    # A closure table of branches or a chain of guarantees may well have more than the default million rows.
    "spark.sql.cteRecursionRowLimit": "-1",
}

LOCAL = {
    # One machine gains nothing from the default of 200 small files a shuffle.
    "spark.sql.shuffle.partitions": str(2 * THREADS),
    # A feed has a file for each day: one machine lists them itself sooner than by a job of its own for every feed.
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
    # A batch has no reader for a web page, and a port is one more thing to guard.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Nobody outside this machine may speak to the driver.
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # Together with Spark's own overhead within the batch's limit of 6 GB.
    "spark.driver.memory": "4g",
}


class SparkEngine:
    """Runs portable SQL translated to Spark; every table is a folder of Parquet in the scratch folder.

    The environment variable `MAISUI_SPARK_MASTER` names a cluster, whose workers must see the scratch
    folder under the same path; without it Spark runs inside this machine. `MAISUI_SPARK_CONF` adds
    settings as `key=value` separated by semicolons. One engine at a time can live in a process.
    """

    name = "spark"
    lanes = 2
    is_beside = False

    def __init__(self, scratch: Path) -> None:
        """Start Spark with its temporary files in `scratch`.

        Raises:
            HomeError: when PySpark or a full Java is missing, or a setting cannot be read.
            BusyError: when this process already runs Spark.
        """
        scratch.mkdir(parents=True, exist_ok=True)
        self._scratch = scratch.resolve()
        self._written: dict[str, Path] = {}
        self._numbers = count(1)
        self._connections: list[duckdb.DuckDBPyConnection] = []
        self._session, self._gateway = _start(self._scratch)

    @contextmanager
    def beside(self) -> Generator[SparkEngine]:
        """See `Engine.beside`; Spark takes queries from several threads."""
        yield self

    def interrupt(self) -> None:
        """See `Engine.interrupt`."""
        self._session.interruptAll()

    def read_raw(self, view: str, columns: Sequence[str], paths: Sequence[Path]) -> None:
        """See `Engine.read_raw`."""
        from pyspark.sql import functions
        from pyspark.sql.types import LongType, StringType, StructField, StructType

        schema = StructType([*(StructField(column, StringType()) for column in columns), StructField("source_line", LongType())])
        if not paths:
            nothing = self._session.createDataFrame([], schema)
            provenance = {"source_file_id": functions.lit(None).cast("string"), "delivered_on": functions.lit(None).cast("date")}
            nothing.withColumns(provenance).createOrReplaceTempView(view)
            return
        # The path is a URL whose plus signs stand for themselves.
        path = functions.url_decode(functions.replace(functions.col("_metadata.file_path"), functions.lit("+"), functions.lit("%2B")))
        folders = functions.split(path, "/")
        provenance = {
            "source_file_id": functions.element_at(folders, -2),
            "delivered_on": functions.element_at(folders, -3).cast("date"),
        }
        rows = self._session.read.schema(schema).parquet(*(str(path) for path in paths))
        rows.withColumns(provenance).createOrReplaceTempView(view)

    def create_table(self, name: str, query: str) -> None:
        """See `Engine.create_table`; the files cut the lineage, so that a step runs once."""
        rows = self._select(query)
        folder = self._scratch / "tables" / f"{name}-{next(self._numbers)}"
        rows.write.parquet(str(folder))
        self._session.read.schema(rows.schema).parquet(str(folder)).createOrReplaceTempView(name)
        replaced = self._written.get(name)
        self._written[name] = folder
        if replaced is not None:
            shutil.rmtree(replaced, ignore_errors=True)

    def create_empty_table(self, table: Table) -> None:
        """See `Engine.create_empty_table`."""
        nothing = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}" for column in table.columns)
        self.create_table(table.name, f"SELECT {nothing} WHERE false")

    def create_view(self, name: str, query: str) -> None:
        """See `Engine.create_view`."""
        self._select(query).createOrReplaceTempView(name)

    def drop_table(self, name: str) -> None:
        """See `Engine.drop_table`."""
        self._session.catalog.dropTempView(name)
        shutil.rmtree(self._written.pop(name))

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """See `Engine.fetch`."""
        return [tuple(row) for row in self._select(query).collect()]

    def repeated_keys(self, table: str, keys: Sequence[str]) -> int:
        """See `Engine.repeated_keys`."""
        listed = ", ".join(keys)
        repeated = f"SELECT count(*) AS n FROM {table} GROUP BY {listed} HAVING count(*) > 1"
        return int(self.fetch(f"SELECT CAST(coalesce(sum(q.n - 1), 0) AS BIGINT) AS n FROM ({repeated}) AS q")[0][0])

    def as_duckdb(self) -> duckdb.DuckDBPyConnection:
        """See `Engine.as_duckdb`; the connection reads the files Spark wrote and is closed with the engine."""
        connection = connect(scratch=self._scratch / "duckdb")
        self._connections.append(connection)
        for name, folder in self._written.items():
            files = str(folder / "*.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet('{files}', hive_partitioning = false)")
        return connection

    def close(self) -> None:
        """See `Engine.close`."""
        for connection in self._connections:
            connection.close()
        self._session.stop()
        _stop_java(self._gateway)
        for folder in ("tables", "spark", "duckdb"):
            shutil.rmtree(self._scratch / folder, ignore_errors=True)

    def _select(self, query: str) -> DataFrame:
        return self._session.sql(to_spark(query))


def _start(scratch: Path) -> tuple[SparkSession, JavaGateway]:
    _check_installed()
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.logger import PySparkLogger
    from pyspark.sql import SparkSession

    if SparkSession.getActiveSession() is not None:
        raise BusyError("Spark is already running in this process", where="SparkEngine", next_step="close the other engine first")
    private = scratch / "spark"
    (private / "tmp").mkdir(parents=True, exist_ok=True)
    conf = SparkConf(loadDefaults=True).setAll(list(_settings(private).items()))
    # PySpark would print each failing query with the value it failed on, which may be a customer's.
    for noise in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(noise).disabled = True
    # Spark's and Java's chatter goes to a file: what concerns the reader arrives as an exception.
    with (private / "log.txt").open("ab") as log:
        gateway = launch_gateway(conf, {"stderr": log})
    context = SparkContext(gateway=gateway, conf=conf)
    context.setLogLevel("ERROR")
    return SparkSession(context), gateway


def _settings(private: Path) -> dict[str, str]:
    master = os.environ.get("MAISUI_SPARK_MASTER", "").strip() or LOCAL_MASTER
    settings = {
        "spark.app.name": "maisui",
        "spark.master": master,
        "spark.local.dir": str(private),
        "spark.sql.warehouse.dir": str(private / "warehouse"),
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={private / 'tmp'} -Duser.timezone=UTC",
        **(LOCAL if master.startswith("local") else {}),
    }
    for pair in os.environ.get("MAISUI_SPARK_CONF", "").split(";"):
        key, equals, value = pair.strip().partition("=")
        if key and not equals:
            raise HomeError(f"{key} has no value", where="environment variable MAISUI_SPARK_CONF", next_step="write key=value;key=value")
        if key:
            settings[key] = value
    return {**settings, **MEANING}


def _check_installed() -> None:
    if importlib.util.find_spec("pyspark") is None:
        remedy = "pip install 'maisui[spark]', or run on the embedded engine"
        raise HomeError("PySpark is not installed", where="the Spark engine", next_step=remedy)
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    try:
        if java is None:
            raise FileNotFoundError("java")
        command = [java, "--list-modules"]
        listing = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout  # noqa: S603 the found Java
    except (OSError, subprocess.SubprocessError) as error:
        raise HomeError("Java cannot be run", where=java or "JAVA_HOME and PATH", next_step=_NEEDS_JAVA) from error
    version = re.search(r"java\.base@(\d+)", listing)
    if version is None or int(version[1]) < OLDEST_JAVA or "jdk.incubator.vector" not in listing:
        found = f"Java {version[1]}" if version else "Java of unknown version"
        raise HomeError(f"{found} is too old or lacks modules Spark needs", where=java, next_step=_NEEDS_JAVA)


_NEEDS_JAVA = f"install a full Java {OLDEST_JAVA} or 21 (Debian: openjdk-17-jre-headless) and let JAVA_HOME name it"


def _stop_java(gateway: JavaGateway) -> None:
    """End the Java process and let PySpark forget it: otherwise its memory stays until this process ends."""
    from pyspark import SparkContext

    process: subprocess.Popen[bytes] | None = getattr(gateway, "proc", None)
    gateway.shutdown()
    for attribute in ("_gateway", "_jvm"):
        setattr(SparkContext, attribute, None)
    if process is None:
        return
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=JAVA_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
