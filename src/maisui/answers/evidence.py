"""Which delivered rows stand behind a mart's figure: the files, how many rows, from which line to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

from maisui.metrics import Measure
from maisui.metrics.measure_sql import Scope, Window, subtree_condition
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One delivered file behind a figure: rows of it that count, out of all, and their line range."""

    table: str
    source: str
    feed: str
    file_name: str
    file_id: str
    business_date: str
    rows: int
    rows_in_file: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class _Trail:
    """A delivered table behind a mart; `since_report` reaches back to the report before the window.

    `organisation` is the column by which rows of a subtree are told; None where the table names none.
    `told` gives columns of the mart that its step fills by an expression over the delivered row, and
    `where` says which rows the step takes at all.
    """

    table: str
    day: str
    organisation: str | None
    since_report: bool
    told: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


_ATTEMPTS = _Trail(
    "attempt_agency", "attempted_on", "organisation_code", False, {"is_financial": "transaction_type NOT IN ('enquiry', 'log_in')"}
)
_OVERDRAFTS = _Trail(
    "credit_card_account_snapshot",
    "reported_on",
    "organisation_code",
    True,
    {
        "product_code": "'信用卡透支'",
        "loan_status": "CASE WHEN overdue_since IS NULL THEN 'current' ELSE 'overdue' END",
        "is_agriculture": "false",
        "is_inclusive_small_micro": "false",
    },
    "overdraft_balance <> 0",
)
_BALANCES = (
    _Trail("account_snapshot", "reported_on", "organisation_code", True),
    _Trail("account_transaction", "posted_on", "holding_organisation_code", True),
)
_PRICES = _Trail("transfer_price", "effective_from", None, True)
_UNIT_COSTS = _Trail("unit_cost", "effective_from", None, True)
_CONTRIBUTION = (
    *_BALANCES,
    _Trail("loan_snapshot", "reported_on", "organisation_code", True),
    _Trail("fee_charge", "charged_on", "organisation_code", False),
    _PRICES,
    _UNIT_COSTS,
)
_TRAILS: dict[str, tuple[_Trail, ...]] = {
    "contribution_month": _CONTRIBUTION,
    "service_cost_month": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False), _UNIT_COSTS),
    "profit_bridge_month": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True), *_CONTRIBUTION),
    "product_day": _BALANCES,
    "account_month": _BALANCES,
    "customer_month": _BALANCES,
    "customer_day": _BALANCES,
    "organisation_day": (
        _Trail("organisation_snapshot", "reported_on", "organisation_code", True),
        _Trail("employee_snapshot", "reported_on", "organisation_code", True),
    ),
    "channel_day": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False),),
    "channel_hour_month": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False),),
    "queue_hour_month": (_Trail("queue_ticket", "taken_on", "organisation_code", False),),
    "customer_channel_month": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False),),
    "loan_flow_day": (
        _Trail("account_transaction", "posted_on", "holding_organisation_code", False),
        _Trail("loan_snapshot", "disbursed_on", "organisation_code", False),
    ),
    "channel_attempt_day": (_ATTEMPTS,),
    "terminal_day": (_Trail("terminal_snapshot", "reported_on", "organisation_code", True), _ATTEMPTS),
    "terminal_month": (_Trail("terminal_snapshot", "reported_on", "organisation_code", True), _ATTEMPTS, _UNIT_COSTS),
    "merchant_month": (_Trail("merchant_trade_day", "traded_on", None, False),),
    "teller_day": (
        _Trail("teller_journal", "handled_on", "organisation_code", False),
        _Trail("staff_error", "occurred_on", "organisation_code", False),
    ),
    "teller_duty_day": (_Trail("attendance", "worked_on", "organisation_code", False),),
    "target_period": (_Trail("target", "period_from", "organisation_code", False),),
    "manager_day": _BALANCES,
    "managed_customer_month": _BALANCES,
    "managed_standing": _BALANCES,
    "agency_business_day": (_Trail("agency_sale", "traded_on", "organisation_code", False),),
    "loan_class_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True), _OVERDRAFTS),
    "asset_day": _BALANCES,
    "maturity_day": (_Trail("account_snapshot", "reported_on", "organisation_code", True),),
    "market_month": (_Trail("market_total", "month_end_on", None, True),),
    "concentration_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True),),
    "loan_migration_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True),),
    "loan_vintage_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True),),
    "loan_roll_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True),),
    "write_off_day": (_Trail("write_off_snapshot", "reported_on", "organisation_code", True),),
    "customer_characteristic": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False),),
    "customer_label_day": _BALANCES,
    "customer_base_day": _BALANCES,
    "tier_migration_day": _BALANCES,
    "product_holder_day": _BALANCES,
    "product_customer_month": _BALANCES,
    "dormant_account_day": _BALANCES,
    "regulatory_day": (_Trail("regulatory_input", "measured_on", None, True),),
    "repayment_day": (
        _Trail("repayment_schedule", "due_on", None, False),
        _Trail("repayment_receipt", "received_on", None, False),
    ),
    "ledger_line_day": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True),),
    "income_day": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True),),
    "interest_day": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True),),
    "ledger_day": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True),),
    "ledger_tie": (
        _Trail("account_snapshot", "reported_on", "organisation_code", True),
        _Trail("ledger_snapshot", "reported_on", "organisation_code", True),
    ),
}
"""For every mart but `delivery` (which is itself the list of files) the delivered tables behind it that readers of a version can see."""


def source_files(reader: Reader, measure: Measure, window: Window, scope: Scope) -> tuple[SourceFile, ...]:
    """Return the delivered files behind `measure` in `window` and `scope`, oldest first.

    A balance rests on the last report on or before the window begins and on everything since; a
    flow on the rows posted within its period.
    """
    if measure.mart == "delivery":
        return _files(reader, "delivery", _deliveries_query(window))
    found: list[SourceFile] = []
    for trail in _TRAILS[measure.mart]:
        found.extend(_files(reader, trail.table, _trail_query(reader, trail, measure, window, scope)))
    return tuple(found)


def _files(reader: Reader, table: str, query: str) -> tuple[SourceFile, ...]:
    rows = reader.rows(
        f"SELECT d.source_code, d.feed_code, d.file_name, d.source_file_id, CAST(d.business_date AS VARCHAR), b.n, d.loaded_count, "
        f"b.first_line, b.last_line FROM ({query}) AS b INNER JOIN delivery AS d ON d.source_file_id = b.source_file_id "
        "ORDER BY d.business_date, d.source_code, d.feed_code, d.file_name"
    )
    return tuple(SourceFile(table, *row) for row in rows)


def _deliveries_query(window: Window) -> str:
    return (
        "SELECT source_file_id, quarantined_count AS n, first_line, last_line FROM delivery "
        f"WHERE quarantined_count > 0 AND business_date BETWEEN DATE '{window.period_start}' AND DATE '{window.day}'"
    )


def _trail_query(reader: Reader, trail: _Trail, measure: Measure, window: Window, scope: Scope) -> str:
    first = f"DATE '{window.period_start}'"
    if trail.since_report:
        starts_on = window.period_start if measure.timing.value in ("period", "average") else window.day
        reports, day = ("account_snapshot", "reported_on") if trail.table == "account_transaction" else (trail.table, trail.day)
        reported = reader.rows(f"SELECT CAST(max({day}) AS VARCHAR) FROM {reports} WHERE {day} <= DATE '{starts_on}'")[0][0]
        first = f"DATE '{reported}'" if reported else f"DATE '{reader.manifest.first_date}'"
        if reported and trail.table == "account_transaction":
            first = f"CAST({first} + 1 AS DATE)"
    wheres = [f"{trail.day} >= {first}", f"{trail.day} <= DATE '{window.day}'", *_shared_conditions(measure, trail)]
    if trail.where:
        wheres.append(trail.where)
    if scope.organisation is not None and trail.organisation is not None:
        wheres.append(subtree_condition(scope, f"{trail.table}.{trail.organisation}", f"{trail.table}.{trail.day}"))
    return (
        f"SELECT source_file_id, count(*) AS n, min(source_line) AS first_line, max(source_line) AS last_line "
        f"FROM {trail.table} WHERE {' AND '.join(wheres)} GROUP BY source_file_id"
    )


def _shared_conditions(measure: Measure, trail: _Trail) -> list[str]:
    """Return those of the measure's conditions that the delivered rows can tell, by what they say or by their account."""
    if not measure.where:
        return []
    own = (set(BY_NAME[trail.table].column_names) - _LEFT_TO_THE_ACCOUNT) | set(trail.told)
    of_account = set(BY_NAME["account"].column_names)
    whole = sqlglot.parse_one(f"SELECT 1 WHERE {measure.where}", read="duckdb").find(exp.Where)
    if whole is None:
        return []
    found: list[str] = []
    for part in list(whole.this.flatten()) if isinstance(whole.this, exp.And) else [whole.this]:
        named = {column.name for column in part.find_all(exp.Column)}
        if named <= own:
            found.append(part.transform(_as_told, trail.told).sql(dialect="duckdb"))
        elif named <= of_account and "account_number" in own:
            found.append(f"account_number IN (SELECT account_number FROM account WHERE {part.sql(dialect='duckdb')})")
    return found


def _as_told(node: exp.Expr, told: Mapping[str, str]) -> exp.Expr:
    return sqlglot.parse_one(f"({told[node.name]})", read="duckdb") if isinstance(node, exp.Column) and node.name in told else node


_LEFT_TO_THE_ACCOUNT = frozenset(("product_group",))
"""Columns that a delivered row may leave empty because its account is told later what it is."""
