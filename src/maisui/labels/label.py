"""What a label is: a family of labels with their reasons, and one SELECT that says who bears which, for which reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label is borne; the sentences may name {amount}, {base} (both in yuan) and {count} (days, months or cases)."""

    code: str
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class Label:
    """One label with its rule in words; the figures in the rule are parameters of the family `labels`."""

    code: str
    name_zh: str
    name_en: str
    rule_zh: str
    rule_en: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LabelFamily:
    """Labels that belong together.

    `select` yields `label_code`, `reason_code`, `reason_amount`, `base_amount` and `day_count` beside the columns KEYS from
    `facts AS f` (customer_fact_month with what the customer's record says) and `limits AS l` (the parameters in force on the
    row's day, each under its code, and `has_moved`: whether any own transaction of the last three months came, without which
    nobody is called idle); it may hold UNION ALL. At most one label of an exclusive family falls on a customer and
    month end, exactly one of an exhaustive one: a control holds both.
    """

    code: str
    name_zh: str
    name_en: str
    labels: tuple[Label, ...]
    select: str
    is_exclusive: bool = False
    is_exhaustive: bool = False


KEYS = "f.customer_number, f.business_date, f.organisation_code, f.customer_kind"
FROM = "FROM facts AS f INNER JOIN limits AS l ON l.business_date = f.business_date"


def share_of(amount: str, share: str) -> str:
    """Return SQL for an amount times a share, to the cent."""
    return f"CAST(round(CAST({amount} AS DECIMAL(20,2)) * {share}, 2) AS DECIMAL(38,2))"


def one_label(label: str, reason: str, condition: str, *, amount: str, base: str = "CAST(NULL AS DECIMAL(38,2))", count: str = "") -> str:
    """Return the SELECT of those who bear `label` for `reason`: everyone for whom `condition` holds."""
    counted = count or "CAST(NULL AS BIGINT)"
    return f"""SELECT
    {KEYS}, '{label}' AS label_code, '{reason}' AS reason_code,
    CAST({amount} AS DECIMAL(38,2)) AS reason_amount, CAST({base} AS DECIMAL(38,2)) AS base_amount, CAST({counted} AS BIGINT) AS day_count
  {FROM}
  WHERE {condition}"""
