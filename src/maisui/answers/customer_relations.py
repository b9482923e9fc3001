"""Whom a customer is connected with: kin and control, household, guarantees, group, payments; and how two customers are connected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maisui.warehouse.reader import Reader

MOST_RELATIONS = 60
MOST_PAYERS = 12
DEEPEST = 4
MOST_FRONTIER = 2000
PAYMENT_DAYS = 365


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a customer with another.

    `kind` is that of the tie (kin, legal_representative, …), or household, guarantor (the other guarantees for him),
    guaranteed (he guarantees for the other), group or payment; `detail` is the delivered word for it. Amounts are what is
    guaranteed, or what went to and fro within PAYMENT_DAYS days.
    """

    other_number: str
    kind: str
    detail: str | None
    since: date | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class NamedParty:
    """Who a customer is: name, kind and home."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_code: str
    home_organisation_name: str


_EDGES = """
  SELECT first_party_key AS one, second_party_key AS other, tie_kind AS kind, tie_type AS detail, valid_from AS since,
    CAST(NULL AS DECIMAL(38,2)) AS amount
  FROM customer_tie WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
  UNION ALL
  SELECT guarantor_number, borrower_number, 'guarantee', guarantee_type, min(valid_from), sum(guarantee_amount)
  FROM guarantee_link
  WHERE NOT is_self AND guarantor_number IS NOT NULL AND borrower_number IS NOT NULL
    AND valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
  GROUP BY guarantor_number, borrower_number, guarantee_type
  UNION ALL
  SELECT a.customer_number, b.customer_number, 'household', coalesce(b.kin_to_head, a.kin_to_head),
    greatest(a.valid_from, b.valid_from), NULL
  FROM household_member AS a
  INNER JOIN household_member AS b ON b.household_code = a.household_code AND b.customer_number <> a.customer_number
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day)
  WHERE a.valid_from <= $day AND (a.valid_until IS NULL OR a.valid_until > $day)
  UNION ALL
  SELECT a.customer_number, b.customer_number, 'group', a.group_name, greatest(a.valid_from, b.valid_from), NULL
  FROM customer_group_member AS a
  INNER JOIN customer_group_member AS b ON b.group_number = a.group_number AND b.customer_number <> a.customer_number
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day)
  WHERE a.valid_from <= $day AND (a.valid_until IS NULL OR a.valid_until > $day)
"""
_MIRRORED = ("household", "group")
"""Kinds whose edges stand in both directions already."""


def customer_relations(reader: Reader, customer_number: str) -> tuple[Relation, ...]:
    """Return whom a customer is connected with at the reporting date, at most MOST_RELATIONS, payments by size last."""
    found = list[Relation]()
    for one, other, kind, detail, since, amount in _edges_of(reader, [customer_number]):
        is_first = one == customer_number
        if kind in _MIRRORED and not is_first:
            continue
        shown = kind if kind != "guarantee" else ("guaranteed" if is_first else "guarantor")
        found.append(Relation(other if is_first else one, shown, detail, since, amount))
    found.sort(key=lambda relation: (relation.kind, relation.other_number, relation.detail or ""))
    return (*found[:MOST_RELATIONS], *_payments(reader, customer_number))


def parties(reader: Reader, numbers: Iterable[str]) -> dict[str, NamedParty]:
    """Return who the customers under `numbers` are; those that are no customers are left out."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    rows = reader.rows(
        "SELECT c.customer_number, c.customer_name, c.customer_kind, c.home_organisation_code, "
        "coalesce(o.organisation_name, c.home_organisation_code) FROM customer AS c "
        "LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code "
        "WHERE c.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))",
        [wanted],
    )
    return {row[0]: NamedParty(*row) for row in rows}


def path_between(reader: Reader, first: str, last: str) -> tuple[Relation, ...] | None:
    """Return the shortest way from one customer to another, one relation a step; None where there is none of at most DEEPEST steps.

    Payments are no way. The search widens step by step and gives up where it meets more than MOST_FRONTIER customers at once.
    """
    came: dict[str, tuple[str, Relation]] = {first: ("", Relation(first, "", None, None, None))}
    frontier = [first]
    for _ in range(DEEPEST):
        met = dict[str, tuple[str, Relation]]()
        for one, other, kind, detail, since, amount in sorted(_edges_of(reader, frontier), key=repr):
            for here, there in ((one, other), (other, one)):
                if here in came and there not in came and there not in met:
                    shown = kind if kind != "guarantee" else ("guaranteed" if here == one else "guarantor")
                    met[there] = (here, Relation(there, shown, detail, since, amount))
        came |= met
        if last in came:
            return _steps(came, first, last)
        frontier = sorted(met)
        if not frontier or len(frontier) > MOST_FRONTIER:
            return None
    return None


def _steps(came: dict[str, tuple[str, Relation]], first: str, last: str) -> tuple[Relation, ...]:
    steps, here = list[Relation](), last
    while here != first:
        before, relation = came[here]
        steps.append(relation)
        here = before
    return tuple(reversed(steps))


def _edges_of(reader: Reader, numbers: Sequence[str]) -> list[tuple[str, str, str, str | None, date | None, Decimal | None]]:
    edges = _EDGES.replace("$day", f"DATE '{reader.manifest.reporting_date.isoformat()}'")
    places = ", ".join("?" for _ in numbers)
    query = f"SELECT one, other, kind, detail, since, amount FROM ({edges}) AS edges"
    return reader.rows(f"{query} WHERE (one IN ({places}) OR other IN ({places})) AND one <> other", [*numbers, *numbers])


def _payments(reader: Reader, customer_number: str) -> tuple[Relation, ...]:
    since = reader.manifest.reporting_date - timedelta(days=PAYMENT_DAYS)
    numbers = [row[0] for row in reader.rows("SELECT account_number FROM account WHERE customer_number = ?", [customer_number])]
    if not numbers:
        return ()
    rows = reader.rows(
        "WITH paid AS (SELECT counterparty_account, sum(amount) AS amount, max(posted_on) AS last_on FROM account_transaction "
        f"WHERE account_number IN ({', '.join('?' for _ in numbers)}) AND posted_on > ? AND account_kind = 'deposit' "
        "AND counterparty_account IS NOT NULL AND NOT is_reversal AND transaction_type IN ('transfer', 'payroll') GROUP BY 1) "
        "SELECT a.customer_number, 'payment', NULL, max(p.last_on), sum(p.amount) FROM paid AS p "
        "INNER JOIN (SELECT DISTINCT account_number, customer_number FROM account) AS a ON a.account_number = p.counterparty_account "
        "WHERE a.customer_number <> ? AND a.customer_number <> 'none' GROUP BY 1 ORDER BY 5 DESC, 1 LIMIT ?",
        [*numbers, since, customer_number, MOST_PAYERS],
    )
    return tuple(Relation(*row) for row in rows)
