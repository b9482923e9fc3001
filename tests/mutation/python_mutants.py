"""Mutants of a Python file: one comparison, boundary, constant, condition, filter, decorator, statement or result changed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
NARROWING = ("filter", "exclude", "get")
"""Calls whose keywords narrow the rows of a query."""
HARMLESS = ("cache", "property", "dataclass", "staticmethod", "classmethod")
"""Decorators that are speed, or without which nothing runs at all."""

Change = tuple[str, int, Callable[[], None]]
"""What is done, in which line, and how."""


@dataclass(frozen=True)
class PythonMutant:
    """One fault of a file: its name without a line number, which would move, the line, and its place among all of the file."""

    name: str
    line: int
    place: int


def python_mutants(source: str) -> list[PythonMutant]:
    """Return every mutant of a file in the order of its lines; the same change twice in one function is numbered."""
    found: list[PythonMutant] = []
    seen: dict[str, int] = {}
    for place, (what, line, _) in enumerate(_Walk(ast.parse(source)).changes()):
        seen[what] = seen.get(what, 0) + 1
        found.append(PythonMutant(what if seen[what] == 1 else f"{what} #{seen[what]}", line, place))
    return found


def python_mutant(source: str, place: int) -> ast.Module:
    """Return the tree of a file after the change at `place`."""
    tree = ast.parse(source)
    list(_Walk(tree).changes())[place][2]()
    return ast.fix_missing_locations(tree)


class _Walk:
    """Goes through a tree and offers each change; nothing is changed before it is asked for."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree

    def changes(self) -> Iterator[Change]:
        yield from self._of(self.tree, "")

    def _of(self, node: ast.AST, inside: str) -> Iterator[Change]:
        for what, change in self._here(node):
            yield f"{inside or 'module'}: {what}", getattr(node, "lineno", 0), change
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inside = f"{inside}.{node.name}" if inside else node.name
        for what, change in _statements(node):
            yield f"{inside or 'module'}: {what}", getattr(node, "lineno", 0), change
        for child in _children(node):
            yield from self._of(child, inside)

    def _here(self, node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
        match node:
            case ast.Compare(ops=[operator]) if type(operator) in FLIPPED:
                yield _altered(node, "ops", [FLIPPED[type(operator)]()])
            case ast.BoolOp(op=operator):
                yield _altered(node, "op", ast.Or() if isinstance(operator, ast.And) else ast.And())
            case ast.UnaryOp(op=ast.Not()):
                yield _altered(node, "op", ast.UAdd(), "without its not")
            case ast.Constant(value=bool() as value):
                yield _altered(node, "value", not value)
            case ast.Constant(value=int() as value):
                yield _altered(node, "value", value + 1)
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                yield _altered(node, "value", ast.Constant(None))
            case _:
                yield from _wider(node)


def _wider(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """Return the changes of whole conditions, filters and tables."""
    match node:
        case ast.If() | ast.IfExp() | ast.While():
            yield (
                f"not {_short(node.test)}",
                lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test)),
            )
        case ast.comprehension(ifs=[_, *_]):
            yield f"dropped if {_short(node.ifs[0])}", lambda: node.ifs.pop(0)
        case ast.Call(func=ast.Attribute(attr=name)) if name in NARROWING:
            for keyword in node.keywords:
                yield f"dropped {_short(keyword)} of {_short(node.func)}", _without(node.keywords, keyword)
        case ast.Assign(value=ast.Tuple() | ast.List() | ast.Set() | ast.Dict() as value) if not _short(node).startswith("__"):
            yield from _elements(value)
        case _:
            pass


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may be mutated below `node`: neither annotations nor the words of errors."""
    if isinstance(node, ast.Raise) or (isinstance(node, ast.If) and _short(node.test) == "TYPE_CHECKING"):
        return
    left_out = {"annotation", "returns", "decorator_list", "bases", "op", "ops"}
    for name, value in ast.iter_fields(node):
        if name not in left_out:
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, ast.AST))


def _statements(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if not _short(decorator).startswith(HARMLESS):
                yield f"without @{_short(decorator)} on {node.name}", _without(node.decorator_list, decorator)
    for field in ("body", "orelse"):
        block = getattr(node, field, None)
        for statement in block if isinstance(block, list) else ():
            if isinstance(statement, (ast.Raise, ast.AugAssign)) or (
                isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
            ):
                yield f"dropped {_short(statement)}", _passed(block, statement)


def _elements(value: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[tuple[str, Callable[[], None]]]:
    if isinstance(value, ast.Dict):
        for key in value.keys:
            if key is not None and len(value.keys) > 1:
                yield f"dropped entry {_short(key)}", _without_entry(value, key)
    elif len(value.elts) > 1:
        for element in value.elts:
            yield f"dropped element {_short(element)}", _without(value.elts, element)


def _altered(node: ast.AST, field: str, value: object, instead: str = "") -> tuple[str, Callable[[], None]]:
    before, shown = getattr(node, field), _short(node)
    setattr(node, field, value)
    after = instead or _short(node)
    setattr(node, field, before)
    return f"{shown} → {after}", lambda: setattr(node, field, value)


def _without(block: list, one: ast.AST) -> Callable[[], None]:
    return lambda: block.remove(one)


def _without_entry(value: ast.Dict, key: ast.expr) -> Callable[[], None]:
    def change() -> None:
        place = value.keys.index(key)
        del value.keys[place], value.values[place]

    return change


def _passed(block: list, statement: ast.stmt) -> Callable[[], None]:
    def change() -> None:
        block[block.index(statement)] = ast.copy_location(ast.Pass(), statement)

    return change


def _short(node: ast.AST) -> str:
    shown = " ".join(ast.unparse(node).split())
    return shown if len(shown) <= 90 else f"{shown[:60]} … {shown[-27:]}"
