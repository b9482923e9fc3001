"""Where a column comes from: every output column of a step followed to the table columns it is made of.

The walk goes once over the parsed query, from the FROM clause outwards, so that all columns together
cost a few milliseconds. What decides which rows there are (conditions, join keys, HAVING, QUALIFY)
stands under the name `*`, together with the same of every sub-query the rows pass through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

Source = tuple[str, str]
Sources = frozenset[Source]
Schema = Mapping[str, Mapping[str, str]]
Lineage = dict[str, Sources]

ROWS = "*"
NOTHING: Sources = frozenset()


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one column of one table comes from, over all steps.

    `origins` are the columns no step writes: those of delivered feeds. `edges` are all steps of the
    way, from each column written to the columns it is directly made of.
    """

    origins: Sources
    edges: Mapping[Source, Sources]


def columns_read(query: str, schema: Schema) -> dict[str, Sources]:
    """Return for each output column of `query` the (table, column) pairs it depends on, and the rows' under `*`.

    `schema` gives the columns of every table that may be read. What cannot be resolved is left out
    here and reported by `unknown_columns`.

    Raises:
        sqlglot.errors.SqlglotError: when `query` cannot be parsed.
    """
    return _Walk(schema).run(query)[0]


def unknown_columns(query: str, schema: Schema) -> list[str]:
    """Return one sentence for each table or column `query` names that does not exist or is ambiguous.

    Raises:
        sqlglot.errors.SqlglotError: when `query` cannot be parsed.
    """
    return _Walk(schema).run(query)[1]


def tables_read(query: str) -> frozenset[str]:
    """Return the names of the tables `query` reads; its own WITH names are not among them.

    Raises:
        sqlglot.errors.SqlglotError: when `query` cannot be parsed.
    """
    walk = _Walk({})
    walk.run(query)
    return frozenset(walk.tables)


def trace(table: str, column: str, one_level: Mapping[str, Mapping[str, Sources]]) -> Trace:
    """Return the origins of `column` of `table`, where `one_level` is `columns_read` of each table's step.

    A table without an entry in `one_level` was delivered. `*` as column asks for what decides the rows.
    """
    edges: dict[Source, Sources] = {}
    origins: set[Source] = set()
    waiting: list[Source] = [(table, column)]
    while waiting:
        here = waiting.pop()
        if here in edges or here in origins:
            continue
        step = one_level.get(here[0])
        if step is None:
            origins.add(here)
            continue
        edges[here] = step.get(here[1], NOTHING)
        waiting.extend(edges[here])
    return Trace(frozenset(origins), edges)


@dataclass(slots=True)
class _Relation:
    """What a FROM item offers: its columns; None for a table nobody declared, which has any column."""

    columns: Lineage | None
    table: str = ""
    rows: Sources = NOTHING
    hidden: bool = False

    def get(self, name: str) -> Sources | None:
        """Return the sources of column `name`, or None when there is no such column."""
        if self.columns is None:
            return frozenset({(self.table, name)})
        return self.columns.get(name)


@dataclass(slots=True)
class _Scope:
    """What a name inside one SELECT may mean."""

    relations: dict[str, _Relation] = field(default_factory=dict[str, _Relation])
    merged: set[str] = field(default_factory=set[str])
    aliases: Lineage = field(default_factory=dict[str, Sources])
    outer: _Scope | None = None

    def visible(self) -> Iterator[_Relation]:
        """Yield the relations whose columns may be selected."""
        return (relation for relation in self.relations.values() if not relation.hidden)


Names = dict[str, _Relation]


class _Walk:
    """One walk over one query; gathers the tables read and the names that lead nowhere."""

    def __init__(self, schema: Schema) -> None:
        self._schema = {table.lower(): {name.lower(): kind for name, kind in columns.items()} for table, columns in schema.items()}
        self.tables: set[str] = set()
        self.problems: dict[str, None] = {}

    def run(self, query: str) -> tuple[Lineage, list[str]]:
        """Return the lineage and the problems of `query`."""
        tree = sqlglot.parse_one(query, read="duckdb")
        columns, rows = self._query(tree, {}, None)
        return {**columns, ROWS: rows}, list(self.problems)

    def _query(self, query: exp.Expr, names: Names, outer: _Scope | None) -> tuple[Lineage, Sources]:
        """Return the output columns of `query` and what decides its rows."""
        names = self._with(query, names, outer)
        if isinstance(query, exp.Subquery | exp.CTE | exp.Lateral):
            return self._query(query.this, names, outer)
        if isinstance(query, exp.SetOperation):
            left, left_rows = self._query(query.left, names, outer)
            right, right_rows = self._query(query.right, names, outer)
            return _united(left, right), left_rows | right_rows
        if isinstance(query, exp.Select):
            return self._select(query, names, outer)
        if isinstance(query, exp.Values):
            return self._values(query, names, outer), NOTHING
        self._problem(f"{type(query).__name__} is not a query this lineage can follow")
        return {}, NOTHING

    def _with(self, query: exp.Expr, names: Names, outer: _Scope | None) -> Names:
        clause = query.args.get("with_")
        if not isinstance(clause, exp.With):
            return names
        names = dict(names)
        for item in clause.expressions:
            name = item.alias.lower()
            if clause.args.get("recursive") and isinstance(item.this, exp.SetOperation):
                names[name] = self._recursive(item, name, names, outer)
            else:
                columns, rows = self._query(item.this, names, outer)
                names[name] = _Relation(_renamed(columns, item.args.get("alias")), rows=rows)
        return names

    def _recursive(self, item: exp.CTE, name: str, names: Names, outer: _Scope | None) -> _Relation:
        """Return the relation of a recursive WITH: the start, then the step until nothing new is found."""
        union, alias = item.this, item.args.get("alias")
        columns, rows = self._query(union.left, names, outer)
        found = _Relation(_renamed(columns, alias), rows=rows)
        while True:
            step, step_rows = self._query(union.right, {**names, name: found}, outer)
            grown = _Relation(_united(found.columns or {}, step), rows=found.rows | step_rows)
            if grown == found:
                return found
            found = grown

    def _select(self, select: exp.Select, names: Names, outer: _Scope | None) -> tuple[Lineage, Sources]:
        scope = _Scope(outer=outer)
        rows = NOTHING
        source = select.args.get("from_")
        if source is not None:
            rows |= self._add(source.this, scope, names)
        for join in select.args.get("joins") or ():
            rows |= self._join(join, scope, names)
        for lateral in select.args.get("laterals") or ():
            rows |= self._add(lateral, scope, names)
        outputs: Lineage = {}
        for position, expression in enumerate(select.expressions):
            named = self._output(expression, position, scope, names)
            outputs.update(named)
            scope.aliases.update(named)
        for clause in ("where", "having", "qualify", "distinct"):
            rows |= self._sources(select.args.get(clause), scope, names)
        if select.args.get("limit") or select.args.get("offset"):
            rows |= self._sources(select.args.get("order"), scope, names)
        # Grouping and sorting change no value, but their names must exist all the same.
        for clause in ("group", "order", "windows"):
            self._each(select.args.get(clause), scope, names)
        return outputs, rows

    def _output(self, expression: exp.Expr, position: int, scope: _Scope, names: Names) -> Lineage:
        """Return the output column of one item of the SELECT list, or several for a star."""
        if isinstance(expression, exp.Star) or (isinstance(expression, exp.Column) and isinstance(expression.this, exp.Star)):
            relations = scope.visible()
            if isinstance(expression, exp.Column):
                relations = iter([self._relation(expression.table.lower(), scope) or _Relation({})])
            return {name: sources for relation in relations for name, sources in (relation.columns or {}).items()}
        name = expression.alias_or_name.lower() or f"column{position}"
        return {name: self._sources(expression, scope, names)}

    def _join(self, join: exp.Join, scope: _Scope, names: Names) -> Sources:
        before = list(scope.relations.values())
        rows = self._add(join.this, scope, names)
        joined = [relation for relation in scope.relations.values() if not any(relation is known for known in before)]
        for key in join.args.get("using") or ():
            name = key.name.lower()
            scope.merged.add(name)
            for relation in scope.relations.values():
                rows |= relation.get(name) or NOTHING
        rows |= self._sources(join.args.get("on"), scope, names)
        if join.kind in ("SEMI", "ANTI"):
            for relation in joined:
                relation.hidden = True
        return rows

    def _add(self, item: exp.Expr, scope: _Scope, names: Names) -> Sources:
        """Add one FROM item to `scope` and return what decides its rows."""
        alias = item.args.get("alias")
        name = (item.alias or item.name).lower()
        if isinstance(item, exp.Table):
            relation = self._table(item, names)
            relation = _Relation(_renamed(relation.columns, alias), relation.table, relation.rows)
        elif isinstance(item, exp.Unnest):
            sources = frozenset[Source]().union(*(self._sources(value, scope, names) for value in item.expressions))
            columns = [column.name.lower() for column in alias.columns] if isinstance(alias, exp.TableAlias) else []
            relation = _Relation(dict.fromkeys(columns or ["unnest"], sources), rows=sources)
        elif isinstance(item, exp.Lateral):
            columns, rows = self._query(item.this, names, scope)
            relation = _Relation(_renamed(columns, alias), rows=rows)
        else:
            columns, rows = self._query(item, names, scope.outer)
            relation = _Relation(_renamed(columns, alias), rows=rows)
        for pivot in item.args.get("pivots") or ():
            relation = self._pivoted(relation, pivot, names)
            name = (pivot.alias or name).lower()
        scope.relations[name or f"item{len(scope.relations)}"] = relation
        rows = relation.rows
        for join in item.args.get("joins") or ():
            rows |= self._join(join, scope, names)
        return rows

    def _table(self, item: exp.Table, names: Names) -> _Relation:
        name = item.name.lower()
        if name in names and not item.db:
            return names[name]
        self.tables.add(name)
        declared = self._schema.get(name)
        if declared is None:
            self._problem(f"table {name} is not known")
            return _Relation(None, name)
        return _Relation({column: frozenset({(name, column)}) for column in declared}, name)

    def _pivoted(self, relation: _Relation, pivot: exp.Pivot, names: Names) -> _Relation:
        scope = _Scope({"": relation})
        outputs = dict(relation.columns or {})
        turned = [column.name.lower() for entry in pivot.args.get("fields") or () for column in entry.expressions]
        keys = [entry.this.name.lower() for entry in pivot.args.get("fields") or ()]
        if pivot.args.get("unpivot"):
            values = frozenset[Source]().union(*(outputs.pop(name, NOTHING) for name in turned))
            outputs.update(dict.fromkeys([*keys, *(value.name.lower() for value in pivot.expressions)], values))
            return _Relation(outputs, rows=relation.rows | values)
        values = frozenset[Source]().union(*(self._sources(value, scope, names) for value in pivot.expressions))
        values |= frozenset[Source]().union(*(outputs.pop(key, NOTHING) for key in keys))
        for aggregate in pivot.expressions:
            for column in aggregate.find_all(exp.Column):
                outputs.pop(column.name.lower(), None)
        outputs.update(dict.fromkeys([column.name.lower() for column in pivot.args.get("columns") or ()], values))
        return _Relation(outputs, rows=relation.rows)

    def _values(self, values: exp.Values, names: Names, outer: _Scope | None) -> Lineage:
        scope = _Scope(outer=outer)
        columns: Lineage = {}
        for row in values.expressions:
            for position, value in enumerate(row.expressions if isinstance(row, exp.Tuple) else [row]):
                name = f"column{position}"
                columns[name] = columns.get(name, NOTHING) | self._sources(value, scope, names)
        return columns

    def _sources(self, expression: exp.Expr | None, scope: _Scope, names: Names) -> Sources:
        """Return all table columns that `expression` depends on, those of its sub-queries included."""
        if not isinstance(expression, exp.Expr):
            return NOTHING
        sources: set[Source] = set()
        for node in expression.walk(prune=_ends_the_walk):
            if isinstance(node, exp.Query):
                columns, rows = self._query(node, names, scope)
                sources.update(rows, *columns.values())
            elif isinstance(node, exp.Column) and not isinstance(node.this, exp.Star):
                sources.update(self._resolved(node, scope))
        return frozenset(sources)

    def _each(self, clause: exp.Expr | list[exp.Expr] | None, scope: _Scope, names: Names) -> None:
        for expression in clause if isinstance(clause, list) else [clause]:
            self._sources(expression, scope, names)

    def _resolved(self, column: exp.Column, scope: _Scope) -> Sources:
        name, table = column.name.lower(), column.table.lower()
        if table:
            relation = self._relation(table, scope)
            found = relation.get(name) if relation else None
            if found is None:
                self._problem(f"{table} has no column {name}" if relation else f"{table}.{name}: nothing here is called {table}")
            return found or NOTHING
        here: _Scope | None = scope
        while here is not None:
            offers = [sources for relation in here.visible() if (sources := relation.get(name)) is not None]
            if len(offers) > 1 and name not in here.merged:
                self._problem(f"{name} is ambiguous: {len(offers)} tables here have it")
            if offers:
                return NOTHING.union(*offers)
            if name in here.aliases:
                return here.aliases[name]
            here = here.outer
        self._problem(f"no table here has a column {name}")
        return NOTHING

    def _relation(self, name: str, scope: _Scope | None) -> _Relation | None:
        while scope is not None:
            if name in scope.relations:
                return scope.relations[name]
            scope = scope.outer
        return None

    def _problem(self, text: str) -> None:
        self.problems[text] = None


def _ends_the_walk(node: exp.Expr) -> bool:
    """Tell whether what is below `node` is resolved as a whole: a column, or a sub-query with its own names."""
    return isinstance(node, exp.Query | exp.Column)


def _united(left: Lineage, right: Lineage) -> Lineage:
    """Return the columns of `left`, each with the sources of the column of `right` in its place added."""
    others = [*right.values(), *[NOTHING] * len(left)]
    return {name: sources | other for (name, sources), other in zip(left.items(), others, strict=False)}


def _renamed(columns: Lineage | None, alias: exp.Expr | None) -> Lineage | None:
    """Return `columns` under the names an alias like t(a, b) gives them in order."""
    given = [column.name.lower() for column in alias.columns] if isinstance(alias, exp.TableAlias) else []
    if columns is None or not given:
        return columns
    kept = list(columns)[len(given) :]
    return dict(zip([*given, *kept], columns.values(), strict=False))
