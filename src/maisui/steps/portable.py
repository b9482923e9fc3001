"""How portable SQL reaches Spark: sqlglot's translation, with every place where it is silently wrong put right."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlglot
from sqlglot import exp

# What DuckDB's trim() takes away: Unicode's space separators; Spark's takes only U+0020.
SPACE_SEPARATORS = "".join(map(chr, (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))

# Two-digit years are 1969–2068 in DuckDB (POSIX) and 2000–2099 in Spark.
FIRST_TWO_DIGIT_YEAR_OF_1900 = "69"

EXACT_INTEGER = "DECIMAL(38, 0)"


def to_spark(query: str) -> str:
    """Return one query of the portable subset as Spark SQL.

    Raises:
        ValueError: when `query` is not exactly one statement.
        sqlglot.errors.SqlglotError: when it cannot be parsed as DuckDB's dialect.
    """
    tree, *others = sqlglot.parse(query, read="duckdb")
    if tree is None or others:
        raise ValueError(f"expected one statement, found {len(others) + (tree is not None)}")
    for correction in CORRECTIONS:
        tree = tree.transform(correction, copy=False)
    _tell_apart(tree)
    return tree.sql(dialect="spark", pretty=True)


def _tell_apart(tree: exp.Expr) -> None:
    """Give WITH names that stand more than once in `tree` different ones: sqlglot moves all of them to the top for Spark."""
    withs = list(tree.find_all(exp.With))
    taken = {cte.alias for found in withs for cte in found.expressions}
    if len(taken) == sum(len(found.expressions) for found in withs):
        return
    used = set[str]()
    renamed: list[tuple[exp.With, exp.CTE, str]] = []
    for found in sorted(withs, key=lambda one: one.depth):
        for cte in found.expressions:
            name, number = cte.alias, 1
            while name in used or (number > 1 and name in taken):
                number += 1
                name = f"{cte.alias}_{number}"
            used.add(name)
            if number > 1:
                renamed.append((found, cte, name))
    for found, cte, name in reversed(renamed):  # an inner name hides an outer one, so inner ones go first
        old, place = cte.alias, found.parent
        cte.set("alias", exp.TableAlias(this=exp.to_identifier(name), columns=cte.args["alias"].args.get("columns")))
        for table in place.find_all(exp.Table) if place else ():
            if table.name == old and not table.db:
                if not table.alias:
                    table.set("alias", exp.TableAlias(this=exp.to_identifier(old)))
                table.set("this", exp.to_identifier(name))


def div_half_up(numerator: str, denominator: str, scale: int = 2, *, numerator_scale: int = 2, denominator_scale: int = 0) -> str:
    """Return SQL text for `numerator` ÷ `denominator`, rounded half away from zero to `scale` places.

    Both are SQL expressions of exact numbers with at most `numerator_scale` and `denominator_scale`
    decimal places (balance-days ÷ days: 2 and 0). The result is DECIMAL(18, `scale`); it is null when
    the denominator is 0 or either side is null. Only integers are divided, so every engine gives the
    same cent: DuckDB turns a division of decimals into a floating-point one. The integers are 38
    digits wide: 10^16 cents × 366 days, doubled for the rounding, stay far below that.

    Raises:
        ValueError: when a scale is negative.
    """
    if min(scale, numerator_scale, denominator_scale) < 0:
        raise ValueError(f"scales must not be negative: {scale}, {numerator_scale}, {denominator_scale}")
    shift = scale + denominator_scale - numerator_scale
    top = _whole(numerator, numerator_scale, shift)
    bottom = _whole(denominator, denominator_scale, -shift)
    rounded = f"(2 * abs({top}) + abs({bottom})) // nullif(2 * abs({bottom}), 0)"
    # The sign is taken off first because engines agree on integer division only in being towards zero.
    sign = f"CASE WHEN ({top} < 0) <> ({bottom} < 0) THEN -1 ELSE 1 END"
    unit = f"CAST('{_unit(scale)}' AS DECIMAL({scale + 1}, {scale}))"
    return f"CAST({sign} * CAST({rounded} AS DECIMAL(18, 0)) * {unit} AS DECIMAL(18, {scale}))"


def _whole(expression: str, places: int, shift: int) -> str:
    """Return SQL text for `expression` as a whole number of 10^-`places`, times 10^`shift` when that is more than 1."""
    factor = f" * {10**places}" if places else ""
    whole = f"CAST(CAST({expression} AS DECIMAL(38, {places})){factor} AS HUGEINT)"
    return f"({whole} * {10**shift})" if shift > 0 else whole


def _unit(scale: int) -> str:
    return "1" if scale == 0 else "0." + "0" * (scale - 1) + "1"


def _wide_integers(node: exp.Expr) -> exp.Expr:
    """HUGEINT has no name in Spark (sqlglot leaves INT128); the exact decimal holds the same whole numbers."""
    if isinstance(node, exp.DataType) and node.is_type("INT128"):
        return exp.DataType.build(EXACT_INTEGER, dialect="spark")
    return node


def _trimmed_spaces(node: exp.Expr) -> exp.Expr:
    """Name the characters to trim: a full-width space must go on both engines or on neither."""
    if isinstance(node, exp.Trim) and node.expression is None:
        node.set("expression", exp.Literal.string(SPACE_SEPARATORS))
    return node


def _regular_expressions(node: exp.Expr) -> exp.Expr:
    """Make Java read a pattern as RE2 does.

    Java's `$` also matches before a final line break, and its `.` refuses every kind of line break.
    """
    patterned = (exp.RegexpLike, exp.RegexpExtract, exp.RegexpReplace)
    if isinstance(node, patterned) and isinstance(node.expression, exp.Literal):
        node.set("expression", exp.Literal.string(java_pattern(node.expression.this)))
    return node


def java_pattern(pattern: str) -> str:
    r"""Return the RE2 `pattern` for Java: `$` outside classes becomes `\z`, and `.` refuses only `\n`."""
    pieces = re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", pattern, flags=re.DOTALL)
    translated = "".join(r"\z" if piece == "$" else piece for piece in pieces)
    return f"(?d){translated}" if "." in pieces else translated


def _series(node: exp.Expr) -> exp.Expr:
    """Give an empty series when it ends before it starts: Spark counts downwards or fails.

    An exclusive end (`range`) is one day or one number earlier, because sqlglot compares intervals
    with 0, which Spark refuses.
    """
    if not isinstance(node, exp.GenerateSeries) or isinstance(node.parent, exp.If):
        return node
    start, end, step = node.args["start"], node.args["end"], node.args.get("step")
    exclusive = bool(node.args.get("is_end_exclusive"))
    last = exp.Sub(this=_operand(end), expression=exp.Literal.number(1)) if exclusive else end.copy()
    sequence = exp.GenerateSeries(start=start.copy(), end=last, step=step.copy() if step else None)
    comparison = exp.LT if exclusive else exp.LTE
    return exp.Case(ifs=[exp.If(this=comparison(this=_operand(start), expression=_operand(end)), true=sequence)])


def _operand(node: exp.Expr) -> exp.Expr:
    """Return a copy of `node` that can stand beside an operator."""
    alone = isinstance(node, exp.Column | exp.Literal | exp.Paren | exp.Func)
    return node.copy() if alone else exp.paren(node.copy())


def _casts_of_unnested(node: exp.Expr) -> exp.Expr:
    """Cast the array instead of its unnested elements: Spark allows no expression around explode()."""
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Explode):
        array = exp.DataType(this=exp.DType.ARRAY, expressions=[node.to.copy()], nested=True)
        return exp.Explode(this=exp.Cast(this=node.this.this.copy(), to=array))
    return node


def _computed_intervals(node: exp.Expr) -> exp.Expr:
    """Write INTERVAL (x) DAY as x times one day: Spark takes only literals there."""
    if isinstance(node, exp.Interval) and node.this is not None and not isinstance(node.this, exp.Literal):
        one = exp.Interval(this=exp.Literal.string("1"), unit=node.args["unit"].copy())
        return exp.paren(exp.Mul(this=_operand(node.this), expression=one))
    return node


def _attempted_dates(node: exp.Expr) -> exp.Expr:
    """Translate try_strptime, which sqlglot does not know: null for a date that does not exist."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "try_strptime":
        text, pattern = node.expressions
        parsed = exp.StrToTime(this=text.copy(), format=pattern.copy())
        parsed.meta["attempted"] = True
        return parsed
    return node


def _two_digit_years(node: exp.Expr) -> exp.Expr:
    """Write out the century of a leading %y, which Spark would place between 2000 and 2099."""
    if isinstance(node, exp.StrToTime) and isinstance(node.args["format"], exp.Literal) and node.args["format"].this.startswith("%y"):
        text = node.this
        years = exp.func("left", text.copy(), exp.Literal.number(2), dialect="duckdb")
        is_past = exp.GTE(this=years, expression=exp.Literal.string(FIRST_TWO_DIGIT_YEAR_OF_1900))
        century = exp.Case(ifs=[exp.If(this=is_past, true=exp.Literal.string("19"))], default=exp.Literal.string("20"))
        node.set("this", exp.DPipe(this=century, expression=_operand(text)))
        node.set("format", exp.Literal.string("%Y" + node.args["format"].this[2:]))
    return node


def _attempted_parsing(node: exp.Expr) -> exp.Expr:
    """Call Spark's function that gives null instead of an error."""
    if isinstance(node, exp.StrToTime) and node.meta.get("attempted"):
        pattern = exp.Literal.string(java_date_pattern(node.args["format"].this))
        return exp.Anonymous(this="TRY_TO_TIMESTAMP", expressions=[node.this.copy(), pattern])
    return node


def java_date_pattern(pattern: str) -> str:
    """Return a strptime `pattern` in Java's letters.

    A single letter takes one or two digits, as strptime does; where parts touch, only a doubled
    letter tells Java where one ends.
    """
    letters = {"%Y": "yyyy", "%m": "M", "%d": "d", "%H": "H", "%M": "m", "%S": "s"}
    touching = re.search(r"%[YmdHMS]%", pattern) is not None
    double = {"M": "MM", "d": "dd", "H": "HH", "m": "mm", "s": "ss"} if touching else {}
    return re.sub(r"%[YmdHMS]", lambda part: double.get(letters[part[0]], letters[part[0]]), pattern)


def _ordered_lists(node: exp.Expr) -> exp.Expr:
    """Sort a collected list by its own value: sqlglot drops the ORDER BY, and Spark gives [] for no rows."""
    inner = node.this if isinstance(node, exp.Filter) else node
    if not isinstance(inner, exp.ArrayAgg) or (inner is node and isinstance(node.parent, exp.Filter)) or inner.meta.get("sorted"):
        return node
    ordered = inner.this if isinstance(inner.this, exp.Order) else None
    if ordered is not None:
        inner.set("this", ordered.this.copy())
    inner.meta["sorted"] = True
    ascending = ordered is None or not ordered.expressions[0].args.get("desc")
    collected = exp.Anonymous(this="SORT_ARRAY", expressions=[node.copy(), exp.Boolean(this=ascending)])
    return exp.Nullif(this=collected, expression=exp.Anonymous(this="ARRAY", expressions=[]))


Correction = Callable[[exp.Expr], exp.Expr]
CORRECTIONS: tuple[Correction, ...] = (
    _wide_integers,
    _trimmed_spaces,
    _regular_expressions,
    _series,
    _casts_of_unnested,
    _computed_intervals,
    _attempted_dates,
    _two_digit_years,
    _attempted_parsing,
    _ordered_lists,
)
