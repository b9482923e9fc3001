"""When a SELECT surely has no rows: because tables that it cannot do without have none.

A small bank fills a quarter of the tables. What an engine would plan for the others takes longer than all work on rows, so the runner
asks here first. The answer goes by the text alone and errs on one side: False means that the query has to be run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from sqlglot import exp

from maisui.steps.parsed import parsed

_KEEPS_LEFT = ("LEFT", "ANTI")
_NEEDS_BOTH = ("", "INNER", "CROSS", "SEMI")
_SETS = (exp.GroupingSets, exp.Rollup, exp.Cube, exp.Tuple)


@dataclass(frozen=True, slots=True)
class _Table:
    """Nothing comes of a table that is empty."""

    name: str

    def holds(self, empty: Collection[str]) -> bool:
        return self.name in empty


@dataclass(frozen=True, slots=True)
class _Any:
    """Nothing comes of parts of which one gives nothing; without parts there is always something."""

    parts: tuple[_Condition, ...] = ()

    def holds(self, empty: Collection[str]) -> bool:
        return any(part.holds(empty) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _All:
    """Nothing comes of parts that all give nothing; without parts there is never anything."""

    parts: tuple[_Condition, ...] = ()

    def holds(self, empty: Collection[str]) -> bool:
        return all(part.holds(empty) for part in self.parts)


_Condition = _Table | _Any | _All
_UNKNOWN = _Any()
_Names = Mapping[str, _Condition]


def learn(query: str) -> None:
    """Read `query` now, so that `is_surely_empty` need not later: cheap while its tree is at hand from another question.

    Raises:
        sqlglot.errors.SqlglotError: when `query` cannot be parsed.
    """
    _condition(query)


def is_surely_empty(query: str, empty: Collection[str]) -> bool:
    """Tell whether `query`, in the portable subset, has no rows whatever the tables hold that are not `empty`."""
    return _condition(query).holds(empty)


@cache
def _condition(query: str) -> _Condition:
    """Read a text once a process: the steps of the product are the same in every batch."""
    return _of(parsed(query)[0], {})


def _of(node: exp.Expr | None, names: _Names) -> _Condition:
    """Return when `node`, a query or what stands in FROM, has no rows; `names` are those of WITH around it."""
    match node:
        case exp.Select():
            return _of_select(node, _with(node, names))
        case exp.SetOperation():
            inner = _with(node, names)
            return _of_both(node, _of(node.left, inner), _of(node.right, inner))
        case exp.Subquery() if not _alters_rows(node):
            return _of(node.this, names)
        case exp.Table() if isinstance(node.this, exp.Identifier) and not node.db and not _alters_rows(node):
            return names.get(node.name.lower(), _Table(node.name.lower()))
        case _:
            return _UNKNOWN


def _with(node: exp.Query, names: _Names) -> _Names:
    """Return `names` and those that `node` itself gives to queries; what follows itself is unknown."""
    clause = node.args.get("with_")
    if clause is None:
        return names
    known = dict(names)
    for one in clause.expressions:
        known[one.alias.lower()] = _UNKNOWN if clause.args.get("recursive") else _of(one.this, known)
    return known


def _of_select(select: exp.Select, names: _Names) -> _Condition:
    if _always_has_a_line(select):
        return _UNKNOWN
    where = select.args.get("where")
    source = select.args.get("from_")
    if source is None:
        return _All() if where is not None and isinstance(where.this, exp.Boolean) and not where.this.this else _UNKNOWN
    found = _of(source.this, names)
    for join in select.args.get("joins") or ():
        found = _joined(found, join, names)
    there = _asked_to_exist(where, names)
    return _Any((found, *there)) if there else found


def _asked_to_exist(where: exp.Where | None, names: _Names) -> list[_Condition]:
    """Return when each query has no rows of which WHERE asks, whatever else it asks, that some exist."""
    if where is None:
        return []
    asked = where.this.flatten() if isinstance(where.this, exp.And) else [where.this]
    return [_of(one.this, names) for one in asked if isinstance(one, exp.Exists)]


def _of_both(node: exp.SetOperation, left: _Condition, right: _Condition) -> _Condition:
    if isinstance(node, exp.Union):
        return _All((left, right))
    return _Any((left, right)) if isinstance(node, exp.Intersect) else left


def _joined(left: _Condition, join: exp.Join, names: _Names) -> _Condition:
    side = join.side or join.kind
    if join.method or join.kind not in ("", "INNER", "OUTER", "CROSS", "SEMI", "ANTI"):
        return _UNKNOWN
    if side in _KEEPS_LEFT:
        return left
    right = _of(join.this, names)
    if side in _NEEDS_BOTH:
        return _Any((left, right))
    return right if side == "RIGHT" else _All((left, right))


def _always_has_a_line(select: exp.Select) -> bool:
    """Tell whether sums over no rows at all make a line of their own: without GROUP BY, or with a group of everything."""
    group = select.args.get("group")
    if group is not None:
        says_more = any(value for name, value in group.args.items() if name != "expressions")
        return says_more or not group.expressions or any(isinstance(each, _SETS) for each in group.expressions)
    places = [select.expressions, *(select.args.get(name) for name in ("having", "qualify", "order"))]
    parts = [part for place in places if place for part in (place if isinstance(place, list) else [place])]
    return any(_may_sum_rows(node) for part in parts for node in part.find_all(exp.AggFunc, exp.Anonymous, exp.AnonymousAggFunc))


def _may_sum_rows(node: exp.Expr) -> bool:
    """Tell whether a function may be a sum over rows; one over a window has a line only where there is a row."""
    above = node.parent
    while isinstance(above, exp.Filter | exp.IgnoreNulls | exp.RespectNulls):
        node, above = above, above.parent
    return not (isinstance(above, exp.Window) and above.this is node)


def _alters_rows(node: exp.Expr) -> bool:
    """Tell whether more than a name is said of what stands in FROM."""
    return any(node.args.get(name) for name in ("pivots", "joins", "laterals"))
