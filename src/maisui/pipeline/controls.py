"""What each control finds before a publication, what the bank tolerates of it, and what stops."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import duckdb
from sqlglot import exp

from maisui.engines.engine import Engine
from maisui.errors import ReconciliationError
from maisui.pipeline.control_settings import ControlSettings, Tolerance
from maisui.pipeline.in_pieces import create_within_memory
from maisui.reconciliation import RULES, Rule
from maisui.steps.emptiness import is_surely_empty, learn
from maisui.steps.parsed import parsed
from maisui.warehouse.version import Control

DETAILS_KEPT = 50
_PLACES_TOLD = 3


@cache
def tables_controlled(rules: tuple[Rule, ...] = RULES) -> frozenset[str]:
    """Return the names of all tables that controls read."""
    return frozenset(name for rule in rules for query in (rule.violations, rule.checked) for name in _tables_named(query))


def _tables_named(query: str) -> set[str]:
    found = {table.name for table in (parsed(query)[0] or exp.Select()).find_all(exp.Table)}
    learn(query)
    return found


def run_controls(
    engine: Engine, settings: ControlSettings, rules: Sequence[Rule] = RULES, empty: AbstractSet[str] = frozenset()
) -> tuple[Control, ...]:
    """Return the outcome of every control over the tables that `engine` holds.

    A control that surely finds nothing, because tables known to be `empty` have no rows, is not put to the engine.
    """
    asked = {rule.code for rule in rules if not is_surely_empty(rule.violations, empty)}
    counted = {rule.code: rule.checked for rule in rules}
    for rule in rules:
        if rule.code in asked:
            counted[rule.code] = _make(engine, rule)
    connection = engine.as_duckdb()
    counts = engine.fetch(f"SELECT {', '.join(f'({counted[rule.code]})' for rule in rules)}")[0] if rules else ()
    return tuple(
        _control(connection, rule, int(checked), settings) if rule.code in asked else _outcome(rule, int(checked), settings)
        for rule, checked in zip(rules, counts, strict=True)
    )


def stop_on_violations(controls: Sequence[Control], *, where: str, quarantined: int = 0) -> None:
    """Refuse the publication when a control that stops has violations, naming the largest ones by place.

    `quarantined` are the lines of all files that were kept aside: what is missing may be among them.

    Raises:
        ReconciliationError: naming every control that stops, with its largest differences.
    """
    stopping = [control for control in controls if control.severity == "stop" and control.violations]
    if stopping:
        aside = f"{quarantined} lines lie in quarantine and may be the difference (`maisui quarantine list`); " if quarantined else ""
        raise ReconciliationError(
            "; ".join(_told(control) for control in stopping),
            where=where,
            next_step=f"{aside}look at `maisui status`, have the files of these places delivered again; "
            "the last published version stays up",
        )


def _make(engine: Engine, rule: Rule) -> str:
    """Make the table of what violates `rule` and return the SELECT that counts how much was compared."""
    if not rule.compared:
        engine.create_table(f"control_{rule.code}", rule.violations)
        return rule.checked
    create_within_memory(engine, f"compared_{rule.code}", lambda *_: rule.compared, "business_date")
    engine.create_table(f"control_{rule.code}", f"SELECT * FROM compared_{rule.code} WHERE difference_amount <> 0")
    return f"SELECT count(*) FROM compared_{rule.code}"


def _told(control: Control) -> str:
    places = ", ".join(
        " ".join(value for name, value in detail.items() if name != "difference_amount") + f": {detail['difference_amount']}"
        for detail in control.details[:_PLACES_TOLD]
    )
    missed = f"{control.violations} of {control.checked} do not tie, {control.difference} in total"
    return f"{control.name_en} ({control.code}): {missed} [{places}]"


def _control(connection: duckdb.DuckDBPyConnection, rule: Rule, checked: int, settings: ControlSettings) -> Control:
    table = f"control_{rule.code}"
    names = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    tolerated = _tolerated(settings.tolerances_of(rule), names)
    counts = ", ".join(
        f"count(*) FILTER (WHERE {which}), CAST(coalesce(sum(abs(difference_amount)) FILTER (WHERE {which}), 0) AS DECIMAL(38,2))"
        for which in (f"NOT {tolerated}", tolerated)
    )
    violations, difference, forgiven, forgiven_sum = connection.execute(f"SELECT {counts} FROM {table}").fetchall()[0]
    listed = ", ".join(names)
    largest = f"SELECT {listed} FROM {table} WHERE NOT {tolerated} ORDER BY abs(difference_amount) DESC, {listed} LIMIT {DETAILS_KEPT}"
    rows = connection.execute(largest).fetchall() if violations else []
    return replace(
        _outcome(rule, checked, settings),
        violations=int(violations),
        difference=str(difference),
        details=tuple({name: str(value) for name, value in zip(names, row, strict=True)} for row in rows),
        tolerated=int(forgiven),
        tolerated_difference=str(forgiven_sum),
    )


def _outcome(rule: Rule, checked: int, settings: ControlSettings) -> Control:
    """Return the outcome of a control that finds nothing."""
    said = tuple(_said(one) for one in settings.tolerances_of(rule))
    return Control(
        rule.code, rule.name_zh, rule.name_en, settings.severity(rule), checked, 0, "0.00", (), tolerances=said, tolerated_difference="0.00"
    )


def _tolerated(tolerances: Sequence[Tolerance], names: Sequence[str]) -> str:
    """Return the condition under which a difference is tolerated; one without a day is never."""
    if not tolerances or "business_date" not in names:
        return "false"
    held = " OR ".join(
        f"(abs(difference_amount) <= CAST({one.amount} AS DECIMAL(38,2)) "
        f"AND business_date >= '{one.valid_from}' AND business_date < '{one.valid_until}')"
        for one in tolerances
    )
    return f"({held})"


def _said(one: Tolerance) -> str:
    until = "" if one.valid_until == date.max else f" until {one.valid_until}"
    return f"{one.amount.quantize(Decimal('0.01'))} tolerated by {one.decided_by} from {one.valid_from}{until}: {one.reason}"
