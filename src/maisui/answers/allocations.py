"""Whose results are whose, as the desk of allocation needs it: the unassigned pool, what one person holds, who holds an object on a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.held_by import IN_CENTS, on_days
from maisui.warehouse.reader import Reader

FEED = "allocation_decision"
UNASSIGNED = "unassigned"
_NO_ORGANISATION = "none"
_HUNDRED = Decimal(100)
_PERCENT = Decimal("0.0001")
_FILE_WORDS = {
    "claim": "认领",
    "transfer": "移交",
    "hand_over": "离职交接",
    "share_out": "再分配",
    "correction": "更正",
    "account": "账户",
    "customer": "客户",
    "village": "村",
    "deposit": "存款",
    "loan": "贷款",
}
_HEADER = (
    "decision_number", "line_number", "decision_kind", "object_kind", "object_number", "business_line", "employee_number", "share_percent",
    "valid_from", "valid_until", "proposed_by", "approved_by", "decision_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """One thing whose results belong to people: an account, a customer or a village, of deposits or of loans."""

    object_kind: str
    object_number: str
    account_kind: str


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One account with its whole balance and the share of it that is asked about: what belongs to nobody, or to somebody.

    `part` is the share of the balance to the cent, as the batch splits it.
    """

    account_number: str
    currency: str
    account_kind: str
    customer_number: str
    customer_name: str | None
    customer_kind: str
    organisation_code: str
    opened_on: date
    balance: Decimal
    result_share: Decimal
    part: Decimal
    rule_code: str
    decision_number: int | None


@dataclass(frozen=True, slots=True)
class Pool:
    """One page of accounts, the largest balances first, with count and the sums of their parts, deposits and loans."""

    day: date
    lines: tuple[PoolLine, ...]
    count: int
    deposits: Decimal
    loans: Decimal


@dataclass(frozen=True, slots=True)
class HeldObject:
    """What somebody holds of an object: his share, since when, where the object stands, and whose customer it is."""

    holding: Holding
    result_share: Decimal
    valid_from: date
    organisation_code: str
    customer_number: str | None


_SHARED = f"""
WITH asked AS (
  SELECT DISTINCT s.account_number, s.currency
  FROM account_allocation AS s
  WHERE list_contains(?, s.employee_number) AND s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day){{where}}
),{IN_CENTS},
shared AS MATERIALIZED (
  SELECT
    r.account_number, r.currency, a.account_kind, a.customer_number, a.opened_on, r.organisation_code, r.balance, r.result_share, r.cents,
    r.rule_code, r.decision_number
  FROM in_cents AS r
  INNER JOIN account AS a ON a.account_number = r.account_number AND a.currency = r.currency
  WHERE list_contains(?, r.employee_number)
),
sums AS (
  SELECT account_kind, count(*) AS accounts, sum(cents) AS cents FROM shared GROUP BY account_kind
),
listed AS (
  SELECT * FROM shared WHERE list_contains(?, account_kind) ORDER BY abs(balance) DESC, account_number, currency LIMIT ? OFFSET ?
)
SELECT
  (SELECT list([account_kind, CAST(accounts AS VARCHAR), CAST(cents AS VARCHAR)]) FROM sums),
  o.account_number, o.currency, o.account_kind, o.customer_number, c.customer_name, coalesce(c.customer_kind, 'unknown'),
  o.organisation_code, o.opened_on, o.balance, o.result_share, CAST(o.cents * CAST('0.01' AS DECIMAL(3,2)) AS DECIMAL(18,2)),
  o.rule_code, o.decision_number
FROM (SELECT 1) AS always
LEFT JOIN listed AS o ON true
LEFT JOIN customer AS c ON c.customer_number = o.customer_number
ORDER BY abs(o.balance) DESC, o.account_number, o.currency"""
"""One page of the accounts shared, and on each row the count and the cents of all of them by kind of account."""


def shared_accounts(
    reader: Reader,
    day: date,
    employees: Sequence[str],
    organisations: Collection[str] | None,
    *,
    account_kind: str = "",
    offset: int = 0,
    size: int = 50,
) -> Pool:
    """Return one page of the accounts of which `employees` (or `UNASSIGNED`) have a share on `day`, in `organisations` (None: anywhere)."""
    where, values = _within("s.organisation_code", organisations)
    people = list(employees)
    chosen = [account_kind] if account_kind else ["deposit", "loan"]
    rows = reader.rows(on_days(_SHARED.format(where=where), day=day), [people, *values, people, chosen, size, offset])
    totals = {kind: (int(count), Decimal(cents).scaleb(-2)) for kind, count, cents in rows[0][0] or ()}
    nothing = (0, Decimal("0.00"))
    count = sum(totals.get(kind, nothing)[0] for kind in chosen)
    return Pool(
        day,
        tuple(PoolLine(*row[1:]) for row in rows if row[1] is not None),
        count,
        totals.get("deposit", nothing)[1],
        totals.get("loan", nothing)[1],
    )


def accounts_named(reader: Reader, numbers: Sequence[str]) -> dict[str, HeldObject]:
    """Return each account of `numbers` that exists, under its number: kind, opening day, outlet and customer; a share of one."""
    rows = reader.rows(
        "SELECT account_number, min(account_kind), min(opened_on), min(organisation_code), min(customer_number) FROM account "
        "WHERE list_contains(?, account_number) GROUP BY account_number",
        [list(numbers)],
    )
    return {
        number: HeldObject(Holding("account", number, kind), Decimal(1), opened_on, organisation, customer)
        for number, kind, opened_on, organisation, customer in rows
    }


def held_objects(reader: Reader, employees: Sequence[str], day: date) -> tuple[HeldObject, ...]:
    """Return everything that belongs to the holder of `employees` on `day` or later, each object once, from its first day."""
    rows = reader.rows(
        """
SELECT m.object_kind, m.object_number, m.account_kind, arg_min(m.result_share, m.valid_from), min(m.valid_from)
FROM assignment_in_force AS m
WHERE list_contains(?, m.employee_number) AND (m.valid_until IS NULL OR m.valid_until > ?)
GROUP BY m.object_kind, m.object_number, m.account_kind
ORDER BY m.object_kind, m.object_number, m.account_kind
""",
        [list(employees), day],
    )
    places = places_of(reader, [Holding(*row[:3]) for row in rows])
    return tuple(HeldObject(Holding(*row[:3]), row[3], row[4], *places[Holding(*row[:3])]) for row in rows)


def objects_of_customers(reader: Reader, numbers: Sequence[str], day: date) -> tuple[Holding, ...]:
    """Return by what customers are looked after on `day`: each of `numbers` himself, and whatever else of him is assigned by itself.

    That is another number of the same person, or an account of his, which an assignment of its own keeps from following him.
    """
    asked = list(numbers)
    rows = reader.rows(
        """
WITH people AS (
  SELECT p.customer_number, list_contains($1, p.customer_number) AS is_asked FROM customer AS p
  WHERE p.person_customer_number IN (SELECT person_customer_number FROM customer WHERE list_contains($1, customer_number))
),
own AS (
  SELECT 'customer' AS object_kind, customer_number AS object_number FROM people WHERE NOT is_asked
  UNION
  SELECT 'account', a.account_number FROM account AS a INNER JOIN people AS p ON p.customer_number = a.customer_number
)
SELECT 'customer', p.customer_number, k.account_kind
FROM people AS p CROSS JOIN (VALUES ('deposit'), ('loan')) AS k(account_kind) WHERE p.is_asked
UNION
SELECT m.object_kind, m.object_number, m.account_kind
FROM assignment_in_force AS m INNER JOIN own AS o ON o.object_kind = m.object_kind AND o.object_number = m.object_number
WHERE m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until > $2)
ORDER BY 1, 2, 3
""",
        [asked, day],
    )
    return tuple(Holding(*row) for row in rows)


def places_of(reader: Reader, holdings: Iterable[Holding]) -> dict[Holding, tuple[str, str | None]]:
    """Return for each object that exists the organisation in which it stands and whose customer it is.

    A village stands in no single organisation: only who decides for the whole bank decides about it.
    """
    asked = list(holdings)
    numbers = {kind: [one.object_number for one in asked if one.object_kind == kind] for kind in ("account", "customer", "village")}
    accounts = accounts_named(reader, numbers["account"])
    customers = dict(
        reader.rows(
            "SELECT customer_number, coalesce(home_organisation_code, 'none') FROM customer WHERE list_contains(?, customer_number)",
            [numbers["customer"]],
        )
    )
    villages = {
        row[0]
        for row in reader.rows(
            "SELECT DISTINCT village_code FROM village_roster_snapshot WHERE list_contains(?, village_code)", [numbers["village"]]
        )
    }
    found: dict[Holding, tuple[str, str | None]] = {}
    for one in asked:
        if one.object_kind == "account" and one.object_number in accounts:
            account = accounts[one.object_number]
            found[one] = (account.organisation_code, account.customer_number)
        elif one.object_kind == "customer" and one.object_number in customers:
            found[one] = (customers[one.object_number], one.object_number)
        elif one.object_number in villages:
            found[one] = (_NO_ORGANISATION, None)
    return found


def shares_on(reader: Reader, holdings: Iterable[Holding], day: date) -> dict[Holding, dict[str, Decimal]]:
    """Return who holds each object on `day` with which share: of an account whoever its results go to, by whatever rule.

    Before an account's first day its first holders are told. What belongs to nobody stands under nobody.
    """
    asked = list(holdings)
    found: dict[Holding, dict[str, Decimal]] = {one: {} for one in asked}
    accounts = {one.object_number: one for one in asked if one.object_kind == "account"}
    for number, employee, share in reader.rows(
        """
WITH stretches AS (
  SELECT
    account_number, min(currency) AS currency, coalesce(max(valid_from) FILTER (WHERE valid_from <= ?), min(valid_from)) AS valid_from
  FROM account_allocation WHERE list_contains(?, account_number) GROUP BY account_number
)
SELECT s.account_number, s.employee_number, s.result_share FROM account_allocation AS s
INNER JOIN stretches AS x ON x.account_number = s.account_number AND x.currency = s.currency AND x.valid_from = s.valid_from
WHERE s.employee_number <> 'unassigned'
""",
        [day, list(accounts)],
    ):
        found[accounts[number]][employee] = Decimal(share)
    others = sorted({one.object_number for one in asked if one.object_kind != "account"})
    for kind, number, account_kind, employee, share in reader.rows(
        "SELECT object_kind, object_number, account_kind, employee_number, result_share FROM assignment_in_force "
        "WHERE object_kind <> 'account' AND list_contains(?, object_number) AND valid_from <= ? "
        "AND (valid_until IS NULL OR valid_until > ?)",
        [others, day, day],
    ):
        one = Holding(kind, number, account_kind)
        if one in found:
            found[one][employee] = Decimal(share)
    return found


def shares_by_village(reader: Reader, holdings: Iterable[Holding], day: date) -> dict[Holding, dict[str, Decimal]]:
    """Return who holds customers on `day` because their village is assigned: what counts where the customer himself is not."""
    asked = {(one.object_number, one.account_kind): one for one in holdings if one.object_kind == "customer"}
    found: dict[Holding, dict[str, Decimal]] = {}
    for number, account_kind, employee, share in reader.rows(
        """
WITH living AS (
  SELECT customer_number, min(village_code) AS village_code FROM household_member
  WHERE list_contains($1, customer_number) AND valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)
  GROUP BY customer_number
)
SELECT h.customer_number, m.account_kind, m.employee_number, m.result_share
FROM living AS h INNER JOIN assignment_in_force AS m ON m.object_kind = 'village' AND m.object_number = h.village_code
WHERE m.valid_from <= $2 AND (m.valid_until IS NULL OR m.valid_until > $2)
""",
        [sorted({number for number, _ in asked}), day],
    ):
        if (number, account_kind) in asked:
            found.setdefault(asked[number, account_kind], {})[employee] = Decimal(share)
    return found


def decision_file(
    number: int,
    kind: str,
    objects: Iterable[tuple[Holding, date, date | None, dict[str, Decimal]]],
    *,
    proposed_by: str,
    approved_by: str,
    reason: str,
) -> bytes:
    """Return an approved decision as a file of the feed: for each object everybody who holds it from a day until another, in percent.

    An object left to nobody has one line without an employee.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    line = 0
    for holding, day, until, shares in objects:
        for employee, share in sorted(shares.items()) or [("", Decimal(0))]:
            line += 1
            percent = (share * _HUNDRED).quantize(_PERCENT)
            writer.writerow((
                number, line, _FILE_WORDS[kind], _FILE_WORDS[holding.object_kind], holding.object_number, _FILE_WORDS[holding.account_kind],
                employee, f"{percent:f}", f"{day:%Y%m%d}", f"{until:%Y%m%d}" if until else "", proposed_by, approved_by, reason,
            ))  # fmt: skip
    return text.getvalue().encode()


def counted_decisions(reader: Reader) -> dict[int, tuple[int, int]]:
    """Return for each decision that the version holds how many of its lines are in force and how many were refused."""
    rows = reader.rows(
        "SELECT decision_number, count(*) FILTER (WHERE is_accepted), count(*) FILTER (WHERE NOT is_accepted) FROM allocation_decision "
        "GROUP BY decision_number"
    )
    return {number: (accepted, refused) for number, accepted, refused in rows}


def _within(column: str, organisations: Collection[str] | None) -> tuple[str, list[object]]:
    return ("", []) if organisations is None else (f" AND list_contains(?, {column})", [sorted(organisations)])
