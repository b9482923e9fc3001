"""What a rule of key focus is: one SELECT of cases, whose subject it is, and what its evidence means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maisui.steps.step import Step, union_all
from maisui.tables.alert_case import ALERT_CASE

PREFIX = "alert."
"""How the parameters of thresholds begin; behind the threshold's name a dot and an organisation may follow."""


class SubjectKind(StrEnum):
    """What a case is about; it decides who may see it.

    Cases of customers, accounts, loans and circles are for who may see customers of the home outlet; those of staff only
    for who may see customers of the whole bank; those of organisations and series for who may see its figures; those of
    data for who looks after the data of the bank.
    """

    CUSTOMER = "customer"
    ACCOUNT = "account"
    LOAN = "loan"
    CIRCLE = "circle"
    STAFF = "staff"
    ORGANISATION = "organisation"
    SERIES = "series"
    DATA = "data"


OF_CUSTOMERS = frozenset({SubjectKind.CUSTOMER, SubjectKind.ACCOUNT, SubjectKind.LOAN, SubjectKind.CIRCLE, SubjectKind.STAFF})
"""Kinds whose cases tell something of a customer."""


class Severity(StrEnum):
    """How soon somebody should look, the most urgent first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Fact:
    """What a column of evidence means in the cases of one rule."""

    column: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `query` is a portable SELECT that gives `subject_key`, `period_on`, `severity_code`, `organisation_code`,
    `customer_number` where the subject is a customer's, `at_stake_amount`, and the columns that `facts` name.
    `thresholds` are the names of its parameters without their beginning.
    """

    code: str
    name_zh: str
    name_en: str
    meaning_zh: str
    meaning_en: str
    subject: SubjectKind
    thresholds: tuple[str, ...]
    facts: tuple[Fact, ...]
    reads: tuple[str, ...]
    query: str

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns that the query gives."""
        fixed = {"subject_key", "period_on", "severity_code", "organisation_code", "at_stake_amount"}
        customer = {"customer_number"} if self.subject in OF_CUSTOMERS else set[str]()
        return frozenset(fixed | customer | {fact.column for fact in self.facts})

    def cases(self) -> str:
        """Return the SELECT of the rule's cases in the columns of `alert_case`, without who manages the customer."""
        given = self.columns
        columns = ",\n  ".join(
            f"q.{c.name}" if c.name in given else f"CAST(NULL AS {c.type}) AS {c.name}"
            for c in ALERT_CASE.columns
            if c.name not in ("legal_entity_code", "rule_code", "case_code", "employee_number")
        )
        return f"SELECT\n  '{self.code}' AS rule_code,\n  {columns}\nFROM (\n{self.query.strip()}\n) AS q"


def limit(alias: str, threshold: str, organisation: str, day: str) -> str:
    """Return SQL that joins the value of `threshold` for an organisation on a day, under `alias`."""
    return (
        f"INNER JOIN alert_threshold AS {alias} ON {alias}.threshold_code = '{threshold}' AND {alias}.organisation_code = {organisation}\n"
        f"    AND {day} >= {alias}.valid_from AND ({alias}.valid_until IS NULL OR {day} < {alias}.valid_until)"
    )


def within_window(day: str, alias: str = "w") -> str:
    """Return SQL that holds for a day no further back than the window joined under `alias` reaches."""
    return f"{day} <= $reporting_date AND date_diff('day', {day}, $reporting_date) < {alias}.threshold_value"


def yuan(alias: str) -> str:
    """Return SQL for the threshold joined under `alias`, which is in ten thousands of yuan, as money."""
    return f"CAST({alias}.threshold_value * 10000 AS DECIMAL(18,2))"


def fill(rules: tuple[Rule, ...], name: str = "fill_alert_case") -> Step:
    """Return the step that fills `alert_case` with the cases of `rules`, one below the other.

    A customer's case belongs to his home outlet, and to the manager who has him on the reporting date: the one with the
    longest term still ahead, then the lowest number.
    """
    united = tuple(rule.cases() for rule in rules)
    plain = [c.name for c in ALERT_CASE.columns if c.name not in ("legal_entity_code", "case_code", "organisation_code", "employee_number")]
    listed = ",\n  ".join(f"f.{column}" for column in plain)
    reads = dict.fromkeys(table for rule in rules for table in rule.reads)
    query = f"""
WITH found AS (
{union_all(united)}
),
managers AS (
  SELECT customer_number, employee_number
  FROM managed_customer_month
  WHERE business_date <= $reporting_date AND managed_until > $reporting_date
  QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY managed_until DESC, employee_number) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  md5(concat(f.rule_code, '|', f.subject_key, '|', CAST(f.period_on AS VARCHAR))) AS case_code,
  coalesce(c.home_organisation_code, f.organisation_code) AS organisation_code,
  m.employee_number,
  {listed}
FROM found AS f
LEFT JOIN customer AS c ON c.customer_number = f.customer_number
LEFT JOIN managers AS m ON m.customer_number = coalesce(c.person_customer_number, f.customer_number)
"""
    return Step(name, ALERT_CASE, tuple(dict.fromkeys((*reads, "customer", "managed_customer_month"))), query, united=united)
