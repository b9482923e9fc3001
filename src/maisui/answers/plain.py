"""Answers as plain values, the same for `--json` and for the REST interface; decimals stay decimals until they are written as text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers.data_quality import AGE_BUCKETS, DataQuality
from maisui.answers.delivery_calendar import DayState, DeliveryCalendar
from maisui.answers.drivers import Movement
from maisui.answers.explain import Explanation
from maisui.answers.freshness import Freshness
from maisui.answers.organisations import OrganisationNode
from maisui.answers.question import Answer
from maisui.answers.trend import Trend
from maisui.metrics import Metric


def metric_json(metric: Metric) -> dict[str, Any]:
    """Return one metric's definition as plain values."""
    return {
        "code": metric.code,
        "name_zh": metric.name_zh,
        "name_en": metric.name_en,
        "unit": metric.unit.value,
        "meaning_zh": metric.meaning_zh,
        "meaning_en": metric.meaning_en,
        "formula_zh": metric.formula_zh,
        "formula_en": metric.formula_en,
        "numerator_table": metric.numerator.mart,
        "denominator_table": metric.denominator.mart if metric.denominator else None,
        "timing": metric.numerator.timing.value,
        "more_is_better": metric.more_is_better,
        "owner": metric.owner,
        "dimensions": {code: metric.additivity(code).value for code in metric.dimensions},
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain values; decimals become text when printed."""
    compared = answer.base_window is not None
    result: dict[str, Any] = {
        "metric": answer.metric.code,
        "name_zh": answer.metric.name_zh,
        "name_en": answer.metric.name_en,
        "unit": answer.metric.unit.value,
        "date": answer.window.day,
        "period": answer.question.period.value,
        "period_start": answer.window.period_start,
        "organisation": answer.question.organisation,
        "view": answer.question.view.value,
        "version": answer.version,
        "notes": [note.en for note in answer.notes],
        "rows": [],
    }
    if answer.base_window is not None and answer.question.comparison is not None:
        result["comparison"] = answer.question.comparison.value
        result["base_date"] = answer.base_window.day
    for row in answer.rows:
        line: dict[str, Any] = {
            "dimensions": row.dimensions,
            "numerator": _plain(row.numerator),
            "denominator": _plain(row.denominator),
            "value": _plain(row.value),
        }
        if compared:
            line |= {"base_value": _plain(row.base_value), "change": _plain(row.change), "change_rate": _plain(row.change_rate)}
        result["rows"].append(line)
    return result


def movement_json(moved: Movement, answer: Answer, base: Answer) -> dict[str, Any]:
    """Return what moved a figure between two answers as plain values."""
    *within, split = answer.question.by
    return {
        "metric": moved.metric.code,
        "unit": moved.metric.unit.value,
        "date": answer.window.day,
        "base_date": base.window.day,
        "organisation": answer.question.organisation,
        "version": answer.version,
        "narrowed_by": within,
        "split": split,
        "base": _plain(moved.base),
        "value": _plain(moved.value),
        "change": _plain(moved.change),
        "drivers": [
            {
                "code": one.code,
                "base": _plain(one.base),
                "value": _plain(one.value),
                "effect": _plain(one.effect),
                "mix": _plain(one.mix),
                "rate": _plain(one.rate),
            }
            for one in moved.drivers
        ],
    }


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as plain values."""
    metric = explanation.metric
    return {
        "metric": metric.code,
        "name_zh": metric.name_zh,
        "name_en": metric.name_en,
        "meaning_zh": metric.meaning_zh,
        "meaning_en": metric.meaning_en,
        "formula_zh": metric.formula_zh,
        "formula_en": metric.formula_en,
        "unit": metric.unit.value,
        "owner": metric.owner,
        "date": explanation.window.day,
        "period_start": explanation.window.period_start,
        "organisation": explanation.organisation,
        "view": explanation.view.value,
        "numerator": explanation.numerator,
        "denominator": explanation.denominator,
        "value": explanation.value,
        "version": explanation.version,
        "code_version": explanation.code_version,
        "parameter_version": explanation.parameter_version,
        "last_delivery_on": explanation.last_delivery_on,
        "parameters": [{"code": p.code, "valid_from": p.valid_from, "value": p.value} for p in explanation.parameters],
        "tie_outs": [
            {"code": c.code, "severity": c.severity, "checked": c.checked, "violations": c.violations, "difference": c.difference}
            for c in explanation.controls
        ],
        "additivity": {code: metric.additivity(code).value for code in metric.dimensions},
        "notes": [note.en for note in explanation.notes],
        "parts": [
            {
                "role": part.role,
                "table": part.mart,
                "expression": part.expression,
                "filters": list(part.conditions),
                "sql": part.sql,
                "amount": part.amount,
                "inputs": [{"column": name, "meaning_zh": zh, "meaning_en": en} for name, zh, en in part.inputs],
                "source_columns": list(part.origins),
                "source_files": [
                    {
                        "table": f.table,
                        "source": f.source,
                        "feed": f.feed,
                        "file": f.file_name,
                        "file_id": f.file_id,
                        "business_date": f.business_date,
                        "rows": f.rows,
                        "rows_in_file": f.rows_in_file,
                        "first_line": f.first_line,
                        "last_line": f.last_line,
                    }
                    for f in part.files
                ],
            }
            for part in explanation.parts
        ],
    }


def trend_json(found: Trend) -> dict[str, Any]:
    """Return a trend as plain values."""
    return {
        "metric": found.metric.code,
        "name_zh": found.metric.name_zh,
        "name_en": found.metric.name_en,
        "unit": found.metric.unit.value,
        "organisation": found.organisation,
        "version": found.version,
        "points": [{"date": day, "value": _plain(value)} for day, value in found.points],
    }


def organisation_json(node: OrganisationNode) -> dict[str, Any]:
    """Return one organisation as plain values."""
    return {
        "code": node.code,
        "name": node.name,
        "kind": node.kind,
        "parent_code": node.parent_code,
        "depth": node.depth,
        "is_open": node.is_open,
    }


def freshness_json(found: Freshness) -> dict[str, Any]:
    """Return the stamp of the published version as plain values."""
    return {
        "version": found.version,
        "reporting_date": found.reporting_date,
        "first_date": found.first_date,
        "last_delivery_on": found.last_delivery_on,
        "published_at": found.published_at,
        "code_version": found.code_version,
        "parameter_version": found.parameter_version,
        "tie_outs_ok": found.tie_outs_ok,
    }


def data_quality_json(found: DataQuality) -> dict[str, Any]:
    """Return what a version lacks as plain values."""
    return {
        "completeness": [
            {
                "customer_kind": one.kind,
                "fact": one.fact,
                "customers": one.customers,
                "filled": one.filled,
                "checked": one.checked,
                "valid": one.valid,
            }
            for one in found.completeness
        ],
        "record_ages": [
            {
                "customer_kind": one.kind,
                "customers": one.customers,
                "within_days": dict(zip(map(str, AGE_BUCKETS), one.within, strict=True)),
                "older": one.older,
                "never": one.never,
            }
            for one in found.ages
        ],
        "unknown_words": [
            {
                "table": one.table,
                "column": one.column,
                "rows": one.rows,
                "unknown": one.unknown,
                "other": one.other,
                "first_on": one.first_on,
                "last_on": one.last_on,
            }
            for one in found.unknown
        ],
        "orphan_keys": [
            {
                "kind": one.kind.code,
                "from_table": one.kind.from_table,
                "column": one.kind.column,
                "to_table": one.kind.to_table,
                "organisation": one.organisation,
                "keys": one.keys,
                "rows": one.rows,
                "first_on": one.first_on,
                "last_on": one.last_on,
            }
            for one in found.orphans
        ],
    }


def delivery_calendar_json(found: DeliveryCalendar) -> dict[str, Any]:
    """Return a month of deliveries as plain values; days on which a feed neither came nor was due are left out."""
    return {
        "month": found.month,
        "feeds": [
            {
                "source": row.source,
                "feed": row.feed,
                "days": [
                    {"date": cell.day, "state": cell.state.value, "files": cell.files, "quarantined": cell.quarantined}
                    for cell in row.cells
                    if cell.state is not DayState.NOT_DUE
                ],
            }
            for row in found.rows
        ],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
