"""What the data lack: facts of customers, how old their records are, words nobody knows, keys that hang in the air and their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.errors import QuestionError
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader

KINDS = ("personal", "corporate")
AGE_BUCKETS = (31, 92, 366)
"""Days up to which a record counts as of the last month, quarter and year; older ones and those never delivered come after."""
_MOST_FILES, _SHOWN_LINES = 100, 5


@dataclass(frozen=True, slots=True)
class Completeness:
    """One fact of one kind of customers: how many have it, of how many it can be judged, of how many it is right."""

    kind: str
    fact: str
    customers: int
    filled: int
    checked: int
    valid: int

    @property
    def filled_share(self) -> Decimal | None:
        """Return the share of customers of whom the fact is filled."""
        return Decimal(self.filled) / self.customers if self.customers else None

    @property
    def valid_share(self) -> Decimal | None:
        """Return the share of right values among those that can be judged; None where none can."""
        return Decimal(self.valid) / self.checked if self.checked else None

    @property
    def empty(self) -> int:
        """Return the customers of whom it is empty."""
        return self.customers - self.filled

    @property
    def wrong(self) -> int:
        """Return the customers of whom it is filled, can be judged and is not right."""
        return self.checked - self.valid

    @property
    def lacking(self) -> int:
        """Return the customers of whom the fact is empty or wrong."""
        return self.empty + self.wrong


@dataclass(frozen=True, slots=True)
class HomeCompleteness:
    """One fact at one home outlet."""

    organisation: str
    name: str | None
    found: Completeness


@dataclass(frozen=True, slots=True)
class RecordAges:
    """How long ago the records of one kind of customers were last delivered: one count a bucket, then older, then never."""

    kind: str
    customers: int
    within: tuple[int, ...]
    older: int
    never: int


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """One coded column with words that no mapping knows, or that say only other."""

    table: str
    column: str
    rows: int
    unknown: int
    other: int
    first_on: date | None
    last_on: date | None

    @property
    def table_title(self) -> tuple[str, str]:
        """Return what the table is called, Chinese and English."""
        return _title(self.table)

    @property
    def column_meaning(self) -> tuple[str, str]:
        """Return what the column is, Chinese and English, without the list of its words."""
        column = next(column for column in BY_NAME[self.table].columns if column.name == self.column)
        return _before_words(column.meaning_zh), _before_words(column.meaning_en)

    @property
    def unknown_share(self) -> Decimal | None:
        """Return the share of rows with an unknown word."""
        return Decimal(self.unknown) / self.rows if self.rows else None


@dataclass(frozen=True, slots=True)
class OrphanKind:
    """One kind of key: which column of which table names it, and which table should explain it."""

    code: str
    from_table: str
    column: str
    to_table: str

    @property
    def titles(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return what the naming and the explaining table are called, Chinese and English."""
        return _title(self.from_table), _title(self.to_table)


def _title(table: str) -> tuple[str, str]:
    return BY_NAME[table].title_zh, BY_NAME[table].title_en


def _before_words(meaning: str) -> str:
    return re.split("[:;,(：；，（]", meaning)[0].strip()


ORPHAN_KINDS = (
    OrphanKind("account_customer", "account_snapshot", "customer_number", "customer_snapshot"),
    OrphanKind("loan_account", "loan_snapshot", "account_number", "account_snapshot"),
    OrphanKind("transaction_account", "account_transaction", "account_number", "account_snapshot"),
    OrphanKind("teller_employee", "teller_snapshot", "employee_number", "employee_snapshot"),
    OrphanKind("officer_employee", "loan_snapshot", "officer_number", "employee_snapshot"),
    OrphanKind("terminal_merchant", "terminal_snapshot", "merchant_number", "merchant"),
    OrphanKind("organisation", "account_snapshot", "organisation_code", "organisation_snapshot"),
)
"""The kinds of keys that the control looks for; organisations are also looked for in loans and the ledger."""


@dataclass(frozen=True, slots=True)
class OrphanKeys:
    """Keys of one kind that one organisation names and nobody explains."""

    kind: OrphanKind
    organisation: str
    name: str | None
    keys: int
    rows: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class OrphanFile:
    """One delivered file with lines that name such keys: how many, and the numbers of the first of them; never the keys."""

    file_id: str
    feed: str
    file_name: str
    business_date: date
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DataQuality:
    """Everything the published version says of its own gaps."""

    completeness: tuple[Completeness, ...]
    ages: tuple[RecordAges, ...]
    unknown: tuple[UnknownWords, ...]
    orphans: tuple[OrphanKeys, ...]


def data_quality(reader: Reader) -> DataQuality:
    """Return what the version lacks: facts, fresh records, known words, explained keys."""
    return DataQuality(completeness(reader), record_ages(reader), unknown_words(reader), orphan_keys(reader))


def completeness(reader: Reader) -> tuple[Completeness, ...]:
    """Return every fact of persons, then of firms, those that lack most first."""
    rows = reader.rows(
        "SELECT customer_kind, fact_code, CAST(sum(customer_count) AS BIGINT), CAST(sum(filled_count) AS BIGINT), "
        "CAST(sum(checked_count) AS BIGINT), CAST(sum(valid_count) AS BIGINT) FROM customer_completeness GROUP BY ALL"
    )
    return tuple(sorted((Completeness(*row) for row in rows), key=lambda one: (KINDS.index(one.kind), -one.lacking, one.fact)))


def completeness_by_home(reader: Reader, *, kind: str, fact: str) -> tuple[HomeCompleteness, ...]:
    """Return one fact of one kind of customers at each home outlet, those that lack most first."""
    rows = reader.rows(
        "SELECT q.organisation_code, o.organisation_name, q.customer_kind, q.fact_code, q.customer_count, q.filled_count, "
        "q.checked_count, q.valid_count FROM customer_completeness AS q "
        "LEFT JOIN organisation AS o ON o.organisation_code = q.organisation_code WHERE q.customer_kind = ? AND q.fact_code = ?",
        [kind, fact],
    )
    found = [HomeCompleteness(row[0], row[1], Completeness(*row[2:])) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.found.lacking, one.organisation)))


def record_ages(reader: Reader) -> tuple[RecordAges, ...]:
    """Return how long before the reporting date the records of each kind of customers were last delivered."""
    age = f"DATE '{reader.manifest.reporting_date}' - last_reported_on"
    limits = (-1, *AGE_BUCKETS)
    within = ", ".join(f"count(*) FILTER ({age} > {low} AND {age} <= {high})" for low, high in zip(limits, AGE_BUCKETS, strict=False))
    rows = reader.rows(
        f"SELECT customer_kind, count(*), {within}, count(*) FILTER ({age} > {AGE_BUCKETS[-1]}), "
        "count(*) FILTER (last_reported_on IS NULL) FROM customer GROUP BY customer_kind ORDER BY count(*) DESC, customer_kind"
    )
    return tuple(RecordAges(row[0], row[1], tuple(row[2:-2]), row[-2], row[-1]) for row in rows)


def unknown_words(reader: Reader) -> tuple[UnknownWords, ...]:
    """Return the coded columns that hold unknown words or words that say only other, the most rows first."""
    rows = reader.rows(
        "SELECT table_name, column_name, row_count, unknown_count, other_count, first_unknown_on, last_unknown_on FROM unknown_word "
        "WHERE unknown_count > 0 OR other_count > 0 ORDER BY unknown_count DESC, other_count DESC, table_name, column_name"
    )
    return tuple(UnknownWords(*row) for row in rows)


def orphan_keys(reader: Reader) -> tuple[OrphanKeys, ...]:
    """Return the keys that hang in the air by kind and organisation, the most rows first."""
    kinds = {kind.code: kind for kind in ORPHAN_KINDS}
    rows = reader.rows(
        "SELECT k.check_code, k.organisation_code, o.organisation_name, k.key_count, k.row_count, k.first_seen_on, k.last_seen_on "
        "FROM orphan_key AS k LEFT JOIN organisation AS o ON o.organisation_code = k.organisation_code "
        "ORDER BY k.row_count DESC, k.check_code, k.organisation_code"
    )
    return tuple(OrphanKeys(kinds[row[0]], *row[1:]) for row in rows)


def orphan_files(reader: Reader, *, check: str, organisation: str) -> tuple[OrphanFile, ...]:
    """Return the delivered files and lines in which `organisation` names keys of the kind `check` that nobody explains, newest first.

    Raises:
        QuestionError: when there is no such kind.
    """
    if check not in _LINES:
        raise QuestionError("there is no such kind of key", where="check", next_step="choose one from the list of keys")
    lines = _LINES[check]
    rows = reader.rows(
        "SELECT d.source_file_id, d.feed_code, d.file_name, d.business_date, count(*), "
        f"list(n.source_line ORDER BY n.source_line)[1:{_SHOWN_LINES}] "
        f"FROM ({lines}) AS n INNER JOIN delivery AS d ON d.source_file_id = n.source_file_id "
        "GROUP BY ALL ORDER BY d.business_date DESC, d.feed_code, d.file_name, d.source_file_id LIMIT ?",
        [*[organisation] * lines.count("?"), _MOST_FILES],
    )
    return tuple(OrphanFile(*row[:5], lines=tuple(row[5])) for row in rows)


def _unexplained(table: str, key: str, explaining: str, explaining_key: str, place: str = "organisation_code", further: str = "") -> str:
    return (
        f"SELECT f.source_file_id, f.source_line FROM {table} AS f WHERE coalesce(f.{place}, 'none') = ? AND f.{key} IS NOT NULL {further}"
        f" AND NOT EXISTS (SELECT 1 FROM {explaining} AS k WHERE k.{explaining_key} = f.{key})"
    )


_REPORTED_CUSTOMERS = "(SELECT customer_number FROM customer WHERE last_reported_on IS NOT NULL)"
_LINES = {
    "account_customer": _unexplained("account_snapshot", "customer_number", _REPORTED_CUSTOMERS, "customer_number"),
    "loan_account": _unexplained("loan_snapshot", "account_number", "account_snapshot", "account_number"),
    "transaction_account": _unexplained(
        "account_transaction", "account_number", "account_snapshot", "account_number", "holding_organisation_code"
    ),
    "teller_employee": _unexplained(
        "teller_snapshot", "employee_number", "employee_snapshot", "employee_number", further="AND coalesce(f.is_physical, true)"
    ),
    "officer_employee": _unexplained("loan_snapshot", "officer_number", "employee_snapshot", "employee_number"),
    "terminal_merchant": _unexplained("terminal_snapshot", "merchant_number", "merchant", "merchant_number"),
    "organisation": " UNION ALL ".join(
        f"SELECT source_file_id, source_line FROM {table} WHERE coalesce(organisation_code, 'none') = ?"
        for table in ("account_snapshot", "ledger_snapshot", "loan_snapshot")
    ),
}
"""For each kind of key the delivered lines of an organisation that name an unexplained one, out of published tables."""
