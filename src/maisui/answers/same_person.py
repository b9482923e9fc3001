"""Who else a customer is: his other numbers, with evidence, days and state, his household, and the log of all merges.

A merge stands in `customer_merge` with its days; who ended it stands in the decision of the day on which it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maisui.warehouse.reader import Reader

MOST_NUMBERS = 50
MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Merge:
    """Why and when two numbers are one person, and who decided so or undid it; `valid_until` is None while it holds."""

    certificate_group: str
    valid_from: date
    valid_until: date | None
    decided_by: str | None
    decision_reason: str | None
    undone_by: str | None
    undone_reason: str | None


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """Another number of the same person; `is_surviving` tells whether it is the one that stands for him."""

    customer_number: str
    home_organisation_code: str
    home_organisation_name: str
    is_surviving: bool
    merge: Merge


@dataclass(frozen=True, slots=True)
class HouseholdMember:
    """Another customer who belongs to the same household at the reporting date."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_code: str
    home_organisation_name: str
    is_head: bool
    kin_to_head: str | None
    evidence: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class LoggedMerge:
    """One line of the merge log."""

    customer_number: str
    surviving_number: str
    merge: Merge


@dataclass(frozen=True, slots=True)
class MergeLog:
    """One page of all merges, the newest first; why there are none, where merging is disabled."""

    day: date
    page: int
    count: int
    in_force_count: int
    disabled_zh: str | None
    disabled_en: str | None
    rows: tuple[LoggedMerge, ...]


_DECIDED = """
  SELECT
    m.customer_number, m.surviving_number, m.certificate_group, m.valid_from, m.valid_until, m.decided_by, m.decision_reason,
    d.decided_by AS undone_by, d.decision_reason AS undone_reason
  FROM customer_merge AS m
  LEFT JOIN (
    SELECT customer_number, decided_on, decided_by, decision_reason
    FROM customer_merge_decision
    WHERE merge_decision = 'undo'
    QUALIFY row_number() OVER (PARTITION BY customer_number, decided_on ORDER BY decision_number DESC, decided_by, decision_reason) = 1
  ) AS d ON d.customer_number = m.customer_number AND d.decided_on = m.valid_until
"""
_OTHERS = f"""
WITH decided AS ({_DECIDED}),
own AS (
  SELECT * FROM decided WHERE customer_number = ?
),
others AS (
  SELECT
    surviving_number AS other_number, true AS is_surviving, certificate_group, valid_from, valid_until, decided_by, decision_reason,
    undone_by, undone_reason
  FROM own
  UNION ALL
  SELECT
    customer_number, false, certificate_group, valid_from, valid_until, decided_by, decision_reason, undone_by, undone_reason
  FROM decided
  WHERE surviving_number = ?
  UNION ALL
  SELECT
    s.customer_number, false, s.certificate_group, greatest(s.valid_from, o.valid_from), least(s.valid_until, o.valid_until), s.decided_by,
    s.decision_reason, s.undone_by, s.undone_reason
  FROM own AS o
  INNER JOIN decided AS s
    ON s.surviving_number = o.surviving_number AND s.customer_number <> o.customer_number
    AND (o.valid_until IS NULL OR s.valid_from < o.valid_until) AND (s.valid_until IS NULL OR s.valid_until > o.valid_from)
)
SELECT
  o.other_number, coalesce(c.home_organisation_code, 'none'), coalesce(g.organisation_name, c.home_organisation_code, 'none'),
  o.is_surviving, o.certificate_group, o.valid_from, o.valid_until, o.decided_by, o.decision_reason, o.undone_by, o.undone_reason
FROM others AS o
LEFT JOIN customer AS c ON c.customer_number = o.other_number
LEFT JOIN organisation AS g ON g.organisation_code = c.home_organisation_code
ORDER BY o.valid_until IS NOT NULL, o.is_surviving DESC, o.valid_from DESC, o.other_number LIMIT {MOST_NUMBERS}
"""
_HOUSEHOLD = f"""
WITH today AS (
  SELECT * FROM household_member WHERE valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
)
SELECT
  t.customer_number, c.customer_name, c.customer_kind, c.home_organisation_code, coalesce(g.organisation_name, c.home_organisation_code),
  t.is_head, t.kin_to_head, t.evidence, t.valid_from
FROM today AS own
INNER JOIN today AS t ON t.household_code = own.household_code AND t.customer_number <> own.customer_number
INNER JOIN customer AS c ON c.customer_number = t.customer_number
LEFT JOIN organisation AS g ON g.organisation_code = c.home_organisation_code
WHERE own.customer_number = ?
ORDER BY t.is_head DESC, t.customer_number LIMIT {MOST_MEMBERS}
"""


def other_numbers(reader: Reader, customer_number: str) -> tuple[OtherNumber, ...]:
    """Return the other numbers that are or were merged with a customer's, those in force first; at most MOST_NUMBERS."""
    rows = reader.rows(_OTHERS, [customer_number, customer_number])
    return tuple(OtherNumber(*row[:4], merge=Merge(*row[4:])) for row in rows)


def household_members(reader: Reader, customer_number: str) -> tuple[HouseholdMember, ...]:
    """Return who else belongs to a customer's household at the reporting date; at most MOST_MEMBERS."""
    day = reader.manifest.reporting_date
    return tuple(HouseholdMember(*row) for row in reader.rows(_HOUSEHOLD, [day, day, customer_number]))


def merge_log(reader: Reader, *, page: int, page_size: int) -> MergeLog:
    """Return one page of all merges, the newest first; a page after the last is the last."""
    count, in_force = reader.rows("SELECT count(*), count(*) FILTER (valid_until IS NULL) FROM customer_merge")[0]
    disabled = reader.rows(
        "SELECT reason_zh, reason_en FROM capability WHERE capability_code = 'customer_merge' AND NOT is_enabled",
    )
    number = min(max(page, 1), max(1, -(-count // page_size)))
    rows = reader.rows(
        f"SELECT * FROM ({_DECIDED}) ORDER BY valid_from DESC, customer_number LIMIT ? OFFSET ?", [page_size, (number - 1) * page_size]
    )
    return MergeLog(
        day=reader.manifest.reporting_date,
        page=number,
        count=count,
        in_force_count=in_force,
        disabled_zh=disabled[0][0] if disabled else None,
        disabled_en=disabled[0][1] if disabled else None,
        rows=tuple(LoggedMerge(row[0], row[1], Merge(*row[2:])) for row in rows),
    )
