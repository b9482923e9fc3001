"""What stands behind the figures of one person: his numbers, the rules that gave him accounts, and his journal line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.metrics import BY_CODE, CATALOGUE, Unit
from maisui.parameters import product_lines
from maisui.warehouse.reader import Reader

_SETTINGS = ("performance_smallest_base", "performance_fewest_peers", "performance_shrinkage_weight")

_WEIGHT = "scheme_weight."
_CLOCK_DIGITS = 6


@dataclass(frozen=True, slots=True)
class PerformanceSettings:
    """The parameters of fairness on a day: smallest base of a ratio, fewest peers to rank, transactions the rate of all counts for."""

    smallest_base: Decimal
    fewest_peers: Decimal
    shrinkage_weight: Decimal


@dataclass(frozen=True, slots=True)
class PersonNumbers:
    """One person with every employee and teller number that was ever his; `person` is the one that stands for him."""

    person: str
    employees: tuple[str, ...]
    tellers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule gave a person on a day, of deposits or of loans: accounts, how many of them he shares, his balance in yuan.

    `decided_count` is how many of the accounts are his by a decision of the desk of allocation, not by the delivered list;
    `derived_balance` is the part of the balance that lies with customers who owe the bank a loan on the day.
    """

    rule_code: str
    account_kind: str
    account_count: int
    shared_count: int
    balance: Decimal
    decided_count: int = 0
    derived_balance: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class JournalProfile:
    """What a teller's journal of a period is made of: all lines, those that moved money, cash and small amounts among them, by hour."""

    total_count: int
    financial_count: int
    cash_count: int
    small_count: int
    hours: tuple[tuple[int, int], ...]
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the teller journal; amount is None where no money moved. No customer stands in it."""

    journal_number: str
    handled_on: date
    handled_time: str
    organisation_code: str
    transaction_code: str
    title: str
    amount: Decimal | None
    checker: str
    authoriser: str

    @property
    def clock(self) -> str:
        """Return the time of day as a clock shows it, HH:MM:SS; as delivered where it is none of six digits."""
        time = self.handled_time
        return f"{time[:2]}:{time[2:4]}:{time[4:]}" if len(time) == _CLOCK_DIGITS and time.isdigit() else time


def judged_by(code: str) -> frozenset[str]:
    """Return the metrics that a parameter of performance marks, ranks, draws towards the rate of all, or turns into points."""
    of_persons = [metric for metric in CATALOGUE if "person" in metric.dimensions and metric.more_is_better is not None]
    if code == "performance_fewest_peers":
        return frozenset(metric.code for metric in of_persons)
    if code == "performance_smallest_base":
        return frozenset(metric.code for metric in of_persons if metric.unit is Unit.SHARE)
    if code.startswith("manual_workload_rate.") or code == "performance_shrinkage_weight":
        return frozenset({"teller_error_rate" if code == "performance_shrinkage_weight" else "teller_converted_workload"})
    if code.startswith(_WEIGHT):
        return frozenset({code.removeprefix(_WEIGHT)})
    if code.startswith("scheme_"):
        weights = (line["code"] for line in product_lines() if line["code"].startswith(_WEIGHT))
        return frozenset(weight.removeprefix(_WEIGHT) for weight in weights)
    return frozenset()


@dataclass(frozen=True, slots=True)
class Scheme:
    """How managers are assessed on a day: weights by metric, most and least completion that counts, yuan for a point."""

    weights: tuple[tuple[str, Decimal], ...]
    cap: Decimal
    floor: Decimal
    point_price: Decimal


def scheme_of(reader: Reader, day: date) -> Scheme:
    """Return the scheme in force on `day`, as the version's parameters state it; those of the product where it holds none.

    A weight of what is no metric counts for nothing.
    """
    rows = reader.rows(
        "SELECT parameter_code, number_value FROM parameter WHERE parameter_code LIKE 'scheme_%' "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) ORDER BY parameter_code",
        [day, day],
    )
    found = dict(rows) or {line["code"]: line["number"] for line in product_lines() if line["code"].startswith("scheme_")}
    weights = ((code.removeprefix(_WEIGHT), Decimal(value).normalize()) for code, value in found.items() if code.startswith(_WEIGHT))
    cap, floor, price = (Decimal(found[code]).normalize() for code in ("scheme_cap", "scheme_floor", "scheme_point_price"))
    return Scheme(tuple((metric, weight) for metric, weight in sorted(weights) if weight > 0 and metric in BY_CODE), cap, floor, price)


def performance_settings(reader: Reader, day: date) -> PerformanceSettings:
    """Return the parameters of fairness in force on `day`; those of the product where the version holds none."""
    found = dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE list_contains(?, parameter_code) "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [list(_SETTINGS), day, day],
        )
    )
    own = {line["code"]: line["number"] for line in product_lines() if line["code"] in _SETTINGS}
    return PerformanceSettings(*(Decimal(int(found.get(code, own[code]))) for code in _SETTINGS))


def person_numbers(reader: Reader, number: str) -> PersonNumbers | None:
    """Return the person to whom an employee number belongs today, with all his numbers; None where nobody has it."""
    persons = reader.rows(
        "SELECT person_number FROM person_number WHERE number_kind = 'employee' AND worker_number = ? AND person_number IS NOT NULL "
        "ORDER BY valid_from DESC LIMIT 1",
        [number],
    )
    if not persons:
        return None
    rows = reader.rows(
        "SELECT DISTINCT number_kind, worker_number FROM person_number WHERE person_number = ? ORDER BY number_kind, worker_number",
        [persons[0][0]],
    )
    of_kind = {kind: tuple(worker for found, worker in rows if found == kind) for kind in ("employee", "teller")}
    return PersonNumbers(persons[0][0], of_kind["employee"], of_kind["teller"])


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Since when an employee number has been today's holder's, called `name`, after reports of it named somebody else.

    `proven_since` counts only those of another certificate. Without certificates another name may be a corrected one: an account that bears
    the holder's name, registered before, tells that it was he all along.
    """

    name: str
    since: date
    proven_since: date | None

    def is_taken_from(self, name: str, registered: date | None) -> bool:
        """Return whether an account of another name was registered for the number before it became today's holder's."""
        return registered is not None and registered < self.since and name != self.name

    def since_of(self, name: str, registered: date | None) -> date | None:
        """Return since when the number has been that of the holder's account; None where it was his all along."""
        return self.proven_since if registered is not None and registered < self.since and name == self.name else self.since


def numbers_passed_on(reader: Reader) -> dict[str, PassedOn]:
    """Return of each employee number that reports gave somebody of another name before, since when it is today's holder's.

    Somebody else has another name and not the same certificate: a corrected certificate or another name alone is the same person.
    """
    rows = reader.rows("""
WITH said AS (
  SELECT
    employee_number, reported_on, trim(coalesce(employee_name, '')) AS name,
    upper(replace(trim(coalesce(certificate_number, '')), ' ', '')) AS certificate
  FROM employee_snapshot
  QUALIFY row_number() OVER (PARTITION BY employee_number, reported_on ORDER BY source_file_id DESC, source_line DESC) = 1
),
holder AS (
  SELECT employee_number, max_by(name, reported_on) AS name, max_by(certificate, reported_on) AS certificate
  FROM said GROUP BY employee_number
)
SELECT
  s.employee_number, h.name, CAST(max(s.reported_on) + INTERVAL 1 DAY AS DATE),
  CAST(max(s.reported_on) FILTER (WHERE s.certificate <> '' AND h.certificate <> '') + INTERVAL 1 DAY AS DATE)
FROM said AS s INNER JOIN holder AS h ON h.employee_number = s.employee_number
WHERE s.name <> h.name AND s.name <> '' AND h.name <> '' AND (s.certificate <> h.certificate OR s.certificate = '')
GROUP BY s.employee_number, h.name
""")
    return {number: PassedOn(*found) for number, *found in rows}


def persons_of_numbers(reader: Reader) -> dict[str, str]:
    """Return for each employee number the one that stands for its holder today."""
    return dict(
        reader.rows(
            "SELECT worker_number, person_number FROM person_number WHERE number_kind = 'employee' AND person_number IS NOT NULL "
            "QUALIFY row_number() OVER (PARTITION BY worker_number ORDER BY valid_from DESC) = 1"
        )
    )


def is_small(amount: str, day: str) -> str:
    """Return the condition that `amount`, in yuan, counts as small by the parameter of channels of its `day`; null where none holds."""
    return (
        f"{amount} <= (SELECT max(limits.number_value) FROM parameter AS limits WHERE limits.parameter_code = 'small_transaction_limit' "
        f"AND limits.valid_from <= {day} AND (limits.valid_until IS NULL OR limits.valid_until > {day}))"
    )


def journal_profile(reader: Reader, tellers: Sequence[str], first: date, last: date, organisation: str | None) -> JournalProfile:
    """Return what the journal of `tellers` from `first` to `last` is made of; small by the limit of each day, cash as posted."""
    where, values = _journal_of(tellers, first, last, organisation)
    counted = reader.rows(
        f"""
SELECT
  count(*), count(j.journal_amount), count(*) FILTER (WHERE p.is_cash),
  count(*) FILTER (WHERE {is_small("j.journal_amount", "j.handled_on")})
FROM teller_journal AS j
LEFT JOIN (
  SELECT transaction_number, posted_on, bool_or(is_cash) AS is_cash FROM account_transaction
  WHERE posted_on BETWEEN ? AND ? AND transaction_number IN (SELECT j.transaction_number FROM teller_journal AS j WHERE {where})
  GROUP BY transaction_number, posted_on
) AS p ON p.transaction_number = j.transaction_number AND p.posted_on = j.handled_on
WHERE {where}
""",
        [first, last, *values, *values],
    )[0]
    hours = reader.rows(
        f"SELECT CAST(substr(j.handled_time, 1, 2) AS INTEGER), count(*) FROM teller_journal AS j "
        f"WHERE j.handled_time IS NOT NULL AND {where} GROUP BY 1 ORDER BY 1",
        values,
    )
    titles = reader.rows(f"SELECT j.transaction_code, max(j.transaction_title) FROM teller_journal AS j WHERE {where} GROUP BY 1", values)
    total, financial, cash, small = counted
    return JournalProfile(total, financial, cash, small, tuple(hours), {code: title or "" for code, title in titles})


def journal_lines(
    reader: Reader, tellers: Sequence[str], first: date, last: date, organisation: str | None, code: str, offset: int, size: int
) -> tuple[int, tuple[JournalLine, ...]]:
    """Return how many lines `tellers` handled from `first` to `last`, of one transaction code where it is named, and one page of them."""
    where, values = _journal_of(tellers, first, last, organisation)
    if code:
        where, values = f"{where} AND j.transaction_code = ?", [*values, code]
    count = reader.rows(f"SELECT count(*) FROM teller_journal AS j WHERE {where}", values)[0][0]
    rows = reader.rows(
        "SELECT j.journal_number, j.handled_on, coalesce(j.handled_time, ''), j.organisation_code, j.transaction_code, "
        "coalesce(j.transaction_title, ''), j.journal_amount, coalesce(j.checker_number, ''), coalesce(j.authoriser_number, '') "
        f"FROM teller_journal AS j WHERE {where} ORDER BY j.handled_on DESC, j.handled_time DESC, j.journal_number DESC LIMIT ? OFFSET ?",
        [*values, size, offset],
    )
    return count, tuple(JournalLine(*row) for row in rows)


def unrated_counts(reader: Reader, person: str, first: date, last: date, organisation: str | None) -> dict[str, int]:
    """Return how many of what a person handled from `first` to `last` had no rate on its day, by transaction code; those with any."""
    rows = reader.rows(
        "SELECT transaction_code, sum(unrated_count) FROM teller_day WHERE person_number = ? AND business_date BETWEEN ? AND ? "
        f"AND {within('organisation_code', organisation)} GROUP BY transaction_code HAVING sum(unrated_count) > 0",
        [person, first, last, *([organisation] if organisation else [])],
    )
    return {code: int(count) for code, count in rows}


def _journal_of(tellers: Sequence[str], first: date, last: date, organisation: str | None) -> tuple[str, list[object]]:
    where = f"list_contains(?, j.teller_number) AND j.handled_on BETWEEN ? AND ? AND {within('j.organisation_code', organisation)}"
    return where, [list(tellers), first, last, *([organisation] if organisation else [])]


def within(column: str, organisation: str | None) -> str:
    """Return the condition that `column` lies in an organisation or below it, whose code fills its `?`; no condition for None."""
    return f"{column} IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)" if organisation else "true"
