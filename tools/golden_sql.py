"""The Spark SQL of every step, as sqlglot and our corrections give it today."""

from __future__ import annotations

from datetime import date

from maisui import reconciliation
from maisui.own_steps import OWN_STEPS
from maisui.integration.deliver_table import delivered_steps
from maisui.sources.loader import BUILTIN, load_builtin
from maisui.steps.portable import to_spark
from maisui.steps.step import BatchContext, Step, typed

SQL_FOLDER = "tests/golden/spark"
CONTEXT = BatchContext("BANK", date(2026, 10, 31))


def golden_sql() -> dict[str, str]:
    """Return file name and Spark SQL of every step, of every control, and of every table a built-in source delivers."""
    files = {
        f"{step.name}.sql": _spark(step) for step in OWN_STEPS
    }
    for step in OWN_STEPS:
        if step.again is not None:
            files[f"{step.name}_again.sql"] = to_spark(CONTEXT.fill(typed(step.writes, step.again))) + "\n"
    for rule in reconciliation.RULES:
        files[f"control_{rule.code}.sql"] = to_spark(rule.violations) + "\n"
    for code in BUILTIN:
        source = load_builtin(code)
        for step in delivered_steps((source,)):
            if step.writes.name in source.mappings:
                files[f"{code}/{step.name}.sql"] = _spark(step)
    return files


def _spark(step: Step) -> str:
    """Return the SQL that the Spark engine executes for a step: filled in, typed, translated."""
    return to_spark(CONTEXT.fill(typed(step.writes, step.query))) + "\n"
