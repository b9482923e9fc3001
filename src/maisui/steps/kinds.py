"""What a piece of SQL is as far as its text tells: by literals, casts and the suffix grammar of column names."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

INTEGERS = ("TINYINT", "SMALLINT", "INT", "BIGINT", "INT128")
KIND_OF_TYPE = {
    **dict.fromkeys(INTEGERS, "integer"),
    "DECIMAL": "decimal",
    "TEXT": "text",
    "VARCHAR": "text",
    "DATE": "date",
    "BOOLEAN": "flag",
}
KIND_OF_NAME = (
    (re.compile(r".*_(on|until|from|date)$|^day$"), "date"),
    (re.compile(r".*(amount|balance|_rate|_share)$|.*(balance|amount)_\w+$"), "decimal"),
    (re.compile(r".*_count$"), "integer"),
    (re.compile(r".*_(code|name|id|currency|number)$"), "text"),
    (re.compile(r"^(is|has)_.*"), "flag"),
)


def kind(node: exp.Expr | None) -> str | None:
    """Return "date", "decimal", "integer", "text" or "flag" where the text of `node` tells, else None."""
    return next((tell(node) for classes, tell in KINDS if isinstance(node, classes)), None)


def _kind_of_literal(node: exp.Expr) -> str:
    return "text" if node.is_string else "decimal" if "." in node.name else "integer"


def _kind_of_name(node: exp.Expr) -> str | None:
    return next((name for pattern, name in KIND_OF_NAME if pattern.match(node.name.lower())), None)


def _kind_of_case(node: exp.Expr) -> str | None:
    return next(filter(None, (kind(branch.args["true"]) for branch in node.args["ifs"])), None)


def _kind_of_sum(node: exp.Expr) -> str | None:
    sides = {kind(node.this), kind(node.expression)}
    return next((name for name in ("date", "decimal", "integer") if name in sides), None)


KINDS: tuple[tuple[tuple[type[exp.Expr], ...], Callable[[exp.Expr], str | None]], ...] = (
    ((exp.TryCast,), lambda _: None),
    ((exp.Cast,), lambda node: KIND_OF_TYPE.get(node.args["to"].this.name)),
    ((exp.Literal,), _kind_of_literal),
    ((exp.Column, exp.Placeholder), _kind_of_name),
    ((exp.Case,), _kind_of_case),
    ((exp.Add, exp.Sub, exp.Mul), _kind_of_sum),
    ((exp.Round,), lambda node: kind(node.this) if node.args.get("decimals") else "integer"),
    ((exp.Alias, exp.Paren, exp.Neg, exp.Abs, exp.Nullif, exp.Coalesce, exp.Greatest, exp.Least), lambda node: kind(node.this)),
    ((exp.Min, exp.Max, exp.Sum, exp.Filter, exp.Window, exp.IgnoreNulls), lambda node: kind(node.this)),
    ((exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue), lambda node: kind(node.this)),
    ((exp.LastDay, exp.StrToTime, exp.TimestampTrunc, exp.DateTrunc, exp.DateFromParts), lambda _: "date"),
    ((exp.Count, exp.CountIf, exp.RowNumber, exp.DateDiff, exp.Year, exp.Month, exp.Day, exp.Length), lambda _: "integer"),
    ((exp.IntDiv, exp.Floor, exp.Ceil), lambda _: "integer"),
    ((exp.Concat, exp.ConcatWs, exp.DPipe, exp.Upper, exp.Lower, exp.Trim, exp.Substring, exp.TimeToStr, exp.Replace), lambda _: "text"),
)
