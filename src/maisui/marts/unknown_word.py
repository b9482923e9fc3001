"""Which words the mappings did not know, or gave although nobody knows them: counted by table and column, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.steps.step import Step
from maisui.tables.unknown_word import UNKNOWN_WORD


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A column whose words come from a mapping or a catalogue of codes, and the day its rows are of.

    Where `known` lists its words, any other one is unknown; so is, with `is_product_group`, one that is no group of products.
    Elsewhere only the word `unknown` itself is.
    """

    table: str
    column: str
    day: str = "reported_on"
    known: tuple[str, ...] = ()
    is_product_group: bool = False


_CONTENTS = (
    "transfer cash_withdrawal cash_deposit purchase payroll direct_debit bill_payment interest batch loan_disbursement loan_principal "
    "loan_interest securities investment fee other"
)
_CHANNELS = "counter atm vtm pos internet_bank mobile_bank telephone_bank third_party union_pay other none"


def _closed(table: str, column: str, known: str, day: str = "reported_on") -> CodedColumn:
    return CodedColumn(table, column, day, tuple(known.split()))


CODED_COLUMNS = (
    _closed("account_transaction", "transaction_type", _CONTENTS, "posted_on"),
    _closed("account_transaction", "channel_code", _CHANNELS, "posted_on"),
    _closed("account_transaction", "account_kind", "deposit loan", "posted_on"),
    _closed("account_transaction", "initiator_code", "customer bank batch", "posted_on"),
    CodedColumn("account_snapshot", "product_code"),
    _closed("account_snapshot", "account_kind", "deposit loan"),
    CodedColumn("account_snapshot", "product_group", is_product_group=True),
    CodedColumn("account_snapshot", "account_status"),
    CodedColumn("loan_snapshot", "product_code"),
    _closed("loan_snapshot", "loan_class", "pass special_mention substandard doubtful loss unclassified"),
    _closed("loan_snapshot", "loan_status", "current overdue settled defaulted written_off transferred other"),
    CodedColumn("loan_contract_snapshot", "product_code"),
    CodedColumn("loan_contract_snapshot", "contract_status"),
    CodedColumn("customer_snapshot", "customer_type"),
    _closed("customer_snapshot", "customer_kind", "personal corporate"),
    _closed("customer_snapshot", "sex", "male female"),
    CodedColumn("customer_snapshot", "certificate_type"),
    CodedColumn("customer_tie_snapshot", "tie_kind"),
    _closed("organisation_snapshot", "organisation_kind", "head_office outlet department virtual other"),
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
    is_unknown, table = f"{one.column} = 'unknown'", one.table
    if one.known:
        is_unknown = f"{one.column} NOT IN ({', '.join(repr(word) for word in one.known)})"
    elif one.is_product_group:
        is_unknown = f"{one.column} IS NOT NULL AND p.level_code IS NULL"
        table += f"\nLEFT JOIN product_level AS p ON p.level_kind = 'group' AND p.level_code = {one.column}"
    return f"""
SELECT
  '{one.table}' AS table_name, '{one.column}' AS column_name, count({one.column}) AS row_count,
  count(CASE WHEN {is_unknown} THEN 1 END) AS unknown_count,
  count(CASE WHEN {one.column} = 'other' OR {one.column} LIKE '其他%' THEN 1 END) AS other_count,
  min(CASE WHEN {is_unknown} THEN {one.day} END) AS first_unknown_on,
  max(CASE WHEN {is_unknown} THEN {one.day} END) AS last_unknown_on
FROM {table}
"""


UNKNOWN_WORD_MART = Step(
    name="count_unknown_words",
    writes=UNKNOWN_WORD,
    reads=(*dict.fromkeys(one.table for one in CODED_COLUMNS), "product_level"),
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
