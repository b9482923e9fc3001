"""How well the rule of abnormal series finds what an example bank has planted: recall, and false cases per 1 000 series-days.

The rule is run over the whole history of a published example bank, with its own thresholds. A series-day is one series on one
day with at least the usual transactions that the rule judges. A planted series-day counts where the rule may judge it: a
machine with two customers a day cannot be missed by anybody. What a planted outage sends to the neighbour, or from one channel
to another, is no false case. Usage: `.venv/bin/python benchmarks/abnormal_series.py HOME`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from maisui.alerts.abnormal_series import ABNORMAL_SERIES, WEEKS_BACK
from maisui.parameters import load_parameters
from maisui.steps.step import BatchContext
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import attach_tables
from maisui.warehouse.version import current_version, read_manifest

WHOLE_HISTORY = 800
_CHANNELS = {"mobile": "mobile_bank"}


@dataclass(frozen=True)
class Measured:
    """What was planted and judged, what of it was found, and what was found besides; all in series-days."""

    planted: int
    found: int
    judged: int
    false: int

    @property
    def recall(self) -> Decimal:
        """Return the share of the planted series-days that were found."""
        return Decimal(self.found) / self.planted

    @property
    def false_per_thousand(self) -> Decimal:
        """Return the false series-days per thousand judged."""
        return Decimal(1000 * self.false) / self.judged


def measured(path: Path) -> Measured:
    """Run the rule over the published version of an example bank and hold its days against the planted ones."""
    home = open_home(path)
    manifest = read_manifest(home.versions, current_version(home.versions) or "")
    connection = duckdb.connect()
    attach_tables(connection, manifest, home.parts, {"channel_day", "calendar_day", "organisation"})
    stated = [line for line in load_parameters().parameters if line.code.startswith("alert.series_")]
    values = {line.code.removeprefix("alert."): line.number for line in stated}
    lines = ", ".join(f"('{code}', {value})" for code, value in {**values, "window_days": f"{WHOLE_HISTORY}"}.items())
    connection.execute(
        "CREATE TABLE alert_threshold AS SELECT v.code AS threshold_code, o.organisation_code, DATE '1900-01-01' AS valid_from, "
        "CAST(NULL AS DATE) AS valid_until, CAST(v.value AS DECIMAL(12,6)) AS threshold_value "
        f"FROM organisation AS o, (VALUES {lines}) AS v(code, value)"
    )
    query = BatchContext(manifest.legal_entity_code, manifest.reporting_date).fill(ABNORMAL_SERIES.query)
    beginning = query[: query.index("abnormal AS (")].rstrip().rstrip(",")
    judged = connection.execute(f"{beginning} SELECT level_code, organisation_code, channel_code, business_date FROM judged").fetchall()
    cases = connection.execute(f"SELECT subject_key, period_on, day_count FROM ({query}) AS q").fetchall()
    abnormal = {(*key.split(":"), first + timedelta(days=day)) for key, first, count in cases for day in range(count)}
    planted = pq.read_table(path / "truth" / "anomalies.parquet").to_pylist()
    hit = {series for series in judged if any(_is_planted(series, one) for one in planted)}
    explained = {series for series in abnormal if any(_follows(series, one) for one in planted)}
    return Measured(len(hit), len(hit & abnormal), len(judged), len(abnormal - explained))


def _is_planted(series: tuple[str, str, str, date], one: Mapping[str, Any]) -> bool:
    """Return whether a series-day is one that was put out of order."""
    level, organisation, channel, day = series
    is_there = level == "one" and organisation == one["outlet"] if one["outlet"] else level == "all"
    return is_there and channel in _channels(one) and one["first_day"] <= day <= one["last_day"]


def _follows(series: tuple[str, str, str, date], one: Mapping[str, Any]) -> bool:
    """Return whether a series-day is put out of order or takes up what another was missing."""
    level, organisation, channel, day = series
    if not one["first_day"] <= day <= one["last_day"]:
        return False
    if not one["outlet"]:
        return channel in (*_channels(one), "internet_bank")
    return channel in _channels(one) and (level == "all" or organisation in (one["outlet"], one["elsewhere"]))


def _channels(one: Mapping[str, Any]) -> list[str]:
    named: list[str] = one["channels"]
    return [_CHANNELS.get(channel, channel) for channel in named]


if __name__ == "__main__":
    result = measured(Path(sys.argv[1]))
    print(f"back {WEEKS_BACK} days: planted {result.planted} series-days, found {result.found} (recall {result.recall:.1%})")
    print(f"judged {result.judged} series-days, false {result.false} ({result.false_per_thousand:.2f} per 1 000)")
