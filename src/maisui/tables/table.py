"""What a canonical table is: typed columns with meaning, unit and privacy class, and one grain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MONEY = "DECIMAL(18,2)"
MONEY_SUM = "DECIMAL(38,2)"
RATE = "DECIMAL(12,6)"
TEXT = "VARCHAR"
DATE = "DATE"
COUNT = "BIGINT"
FLAG = "BOOLEAN"
TYPES = (MONEY, MONEY_SUM, RATE, TEXT, DATE, COUNT, FLAG)


class Privacy(StrEnum):
    """JR/T 0171 class of a column: C2 identifies a person or shows his money, C1 is internal."""

    INTERNAL = "C1"
    PERSONAL = "C2"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, portable SQL type, meaning in both languages, unit and privacy class.

    `older` is the word under which rows stand that were published before there was the column: a column of the grain needs one.
    `older_from` is the column of the same table whose value stands for it in such rows.
    """

    name: str
    type: str
    meaning_zh: str
    meaning_en: str
    unit: str = ""
    privacy: Privacy = Privacy.INTERNAL
    nullable: bool = True
    older: str | None = None
    older_from: str | None = None

    def __post_init__(self) -> None:
        """Refuse unknown types and names outside the suffix grammar.

        Raises:
            ValueError: for a type or name that is not allowed.
        """
        if self.type not in TYPES:
            raise ValueError(f"column {self.name}: type {self.type} is not one of {TYPES}")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"column name {self.name!r} is not snake_case")
        if self.type in (MONEY, MONEY_SUM) and not self.unit:
            raise ValueError(f"column {self.name}: money needs a unit")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the canonical model, named by its grain.

    `grain` names the columns of which there is one row each; `month_of` names the date column by
    whose month the published table is cut into parts (None: the table is small and kept whole; rows
    that have no such date stand with those);
    `published` tells whether readers of a version see it. `settled_by` names the date column of a
    table whose rows follow only from what was delivered up to the end of their month: a later batch
    takes them over (docs/adr/0014) instead of computing them again; where nobody but steps of such
    tables reads it, it need not be published, and its earlier rows are not made at all. Intervals
    (from `valid_from` until `valid_until`, without a gap where there is a next one) settle by
    `valid_until`: once they have ended nothing new changes them. `begins_by`
    names the date from which a row of another published table says something: whether it says the
    same of earlier months as before is looked at before any of them is taken over.
    """

    name: str
    title_zh: str
    title_en: str
    meaning_zh: str
    meaning_en: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    month_of: str | None = None
    published: bool = True
    settled_by: str | None = None
    begins_by: str | None = None

    def __post_init__(self) -> None:
        """Refuse a grain or a part column that is not among the columns.

        Raises:
            ValueError: for a repeated column or a grain outside the columns.
        """
        names = self.column_names
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: a column is listed twice")
        missing = [name for name in (*self.grain, *([self.month_of] if self.month_of else [])) if name not in names]
        if missing or not self.grain:
            raise ValueError(f"table {self.name}: grain columns {missing} are not columns")
        if self.settled_by and (self.month_of not in (None, self.settled_by) or not (self.is_of_intervals or self._needs(self.settled_by))):
            raise ValueError(f"table {self.name}: a table settles by a required date, that of its parts where it has any")
        if self.begins_by and (self.settled_by or not self.published or not self._needs(self.begins_by)):
            raise ValueError(f"table {self.name}: what does not settle and is published begins by a required date")

    @property
    def is_of_intervals(self) -> bool:
        """Tell whether the rows are intervals that settle when they end."""
        return self.settled_by == "valid_until" and "valid_from" in self.grain

    def _needs(self, name: str) -> bool:
        return not self.column(name).nullable

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of all columns in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called `name`.

        Raises:
            KeyError: when there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


def legal_entity() -> Column:
    """Return the first column of every key: the legal entity (county bank) the row belongs to."""
    return Column("legal_entity_code", TEXT, "法人机构代码", "Code of the legal entity (county bank)", nullable=False)


def provenance() -> tuple[Column, Column]:
    """Return the two columns that lead a row back to the delivered file and its physical line."""
    return (
        Column("source_file_id", TEXT, "来源文件标识", "Identifier of the delivered file the row comes from", nullable=False),
        Column("source_line", COUNT, "来源行号", "Physical line number in that file", nullable=False),
    )
