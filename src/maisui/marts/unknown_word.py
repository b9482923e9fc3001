"""Which words the mappings did not know: counted by table and column, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.steps.step import Step
from maisui.tables.unknown_word import UNKNOWN_WORD


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A column whose words come from a mapping or a catalogue of codes, and the day its rows are of."""

    table: str
    column: str
    day: str = "reported_on"


CODED_COLUMNS = (
    CodedColumn("account_transaction", "transaction_type", "posted_on"),
    CodedColumn("account_transaction", "channel_code", "posted_on"),
    CodedColumn("account_snapshot", "product_code"),
    CodedColumn("account_snapshot", "account_status"),
    CodedColumn("loan_snapshot", "product_code"),
    CodedColumn("loan_snapshot", "loan_status"),
    CodedColumn("loan_contract_snapshot", "product_code"),
    CodedColumn("loan_contract_snapshot", "contract_status"),
    CodedColumn("customer_snapshot", "customer_type"),
    CodedColumn("customer_snapshot", "certificate_type"),
    CodedColumn("customer_tie_snapshot", "tie_kind"),
    CodedColumn("organisation_snapshot", "organisation_kind"),
    CodedColumn("ledger_subject_snapshot", "business_subclass"),
    CodedColumn("card_snapshot", "card_status"),
    CodedColumn("credit_card_transaction", "transaction_type", "posted_on"),
    CodedColumn("guarantee_contract_snapshot", "guarantee_type"),
    CodedColumn("guarantee_contract_snapshot", "contract_status"),
    CodedColumn("guarantor_snapshot", "contract_status"),
    CodedColumn("collateral_item_snapshot", "contract_status"),
    CodedColumn("credit_limit_snapshot", "limit_status"),
    CodedColumn("agency_sale", "product_code", "traded_on"),
    CodedColumn("wealth_sale", "product_code", "confirmed_on"),
    CodedColumn("wealth_holding_snapshot", "product_code"),
    CodedColumn("channel_attempt", "channel_code", "attempted_on"),
    CodedColumn("channel_attempt", "transaction_type", "attempted_on"),
    CodedColumn("attendance", "attendance_status", "worked_on"),
    CodedColumn("queue_ticket", "rating_type", "taken_on"),
)
"""The coded columns of delivered tables, the most used first."""


def _counted(one: CodedColumn) -> str:
    is_unknown = f"{one.column} = 'unknown'"
    return f"""
SELECT
  '{one.table}' AS table_name, '{one.column}' AS column_name, count({one.column}) AS row_count,
  count(CASE WHEN {is_unknown} THEN 1 END) AS unknown_count,
  count(CASE WHEN {one.column} = 'other' OR {one.column} LIKE '其他%' THEN 1 END) AS other_count,
  min(CASE WHEN {is_unknown} THEN {one.day} END) AS first_unknown_on,
  max(CASE WHEN {is_unknown} THEN {one.day} END) AS last_unknown_on
FROM {one.table}
"""


UNKNOWN_WORD_MART = Step(
    name="count_unknown_words",
    writes=UNKNOWN_WORD,
    reads=tuple(dict.fromkeys(one.table for one in CODED_COLUMNS)),
    query=f"""
WITH counted AS (
{" UNION ALL ".join(_counted(one) for one in CODED_COLUMNS)}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  table_name,
  column_name,
  row_count,
  unknown_count,
  other_count,
  first_unknown_on,
  last_unknown_on
FROM counted
WHERE row_count > 0
""",
)
