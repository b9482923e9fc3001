"""Rules of this house that no general linter knows; each failure says what to do."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlglot
import typer
from reference_commands import error_classes
from sqlglot import exp

import maisui
from maisui import alerts, errors, integration, labels, marts, metrics, reconciliation, tables
from maisui.cli.main import command_line
from maisui.integration.deliver_table import delivered_steps
from maisui.metrics import CATALOGUE, Metric, Unit
from maisui.own_steps import OWN_STEPS
from maisui.sources.loader import BUILTIN, load_builtin
from maisui.steps import lint
from maisui.steps.step import Step
from maisui.tables import Table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(maisui.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_FILE = 500
LONGEST_FUNCTION = 70

FLOATS_ALLOWED = {
    "models/measures.py": "probabilities and their errors; money does not come here",
    "sources/loader.py": "the quarantine limit is a share of lines, not money",
    "web/staff/sign_in.py": "seconds since a session began",
    "web/pages/overview/drawings.py": "places of a line on the screen",
    "web/pages/one_product/drawings.py": "places of lines in a drawing, never a figure",
    "web/pages/products/drawings.py": "places and sizes of bubbles in a drawing, never a figure",
}
CLOCKS_ALLOWED = ("cli", "web")
NO_STEP_OF_THEIR_OWN = {"deliver_table": "makes one step for each delivered table", "read_feed": "types the feeds that mappings read"}
NO_TOPIC = {"metric": "what a metric is", "measure_sql": "how a measure becomes SQL", "split_sums": "whether splits add up"}


def place(path: Path) -> str:
    """Return a module's path below the package."""
    return path.relative_to(SOURCE).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything a module calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def modules_of(package: ModuleType) -> dict[str, ModuleType]:
    """Return the modules directly inside a package."""
    return {info.name: importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)}


def held(module: ModuleType, kind: type) -> list[object]:
    """Return the objects of a kind that a module defines under a name in capitals."""
    return [value for name, value in vars(module).items() if isinstance(value, kind) and name.isupper()]


# --- files ---


def test_nothing_is_called_utils_helpers_common_or_misc() -> None:
    named = [
        path.relative_to(ROOT).as_posix()
        for folder in ("src", "tests", "tools", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.stem in REFUSED_NAMES and "__pycache__" not in path.parts
    ]
    assert not named, f"{named}: name a file by the noun it holds, or put the function beside its caller"


def test_no_file_is_longer_than_500_lines() -> None:
    long = {place(path): count for path in MODULES if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE}
    assert not long, f"{long}: split the file by its nouns"


def test_no_function_is_longer_than_70_lines() -> None:
    long = [
        f"{place(path)}:{f.name}" for path in MODULES for f in functions(path) if (f.end_lineno or f.lineno) - f.lineno >= LONGEST_FUNCTION
    ]
    assert not long, f"{long}: let the function name its parts"


def test_every_module_says_what_decision_lives_in_it() -> None:
    silent = [place(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent, f"{silent}: a module begins with one line that says what is decided there"


# --- registries ---


@pytest.mark.parametrize(
    ("package", "steps"),
    [(integration, integration.STEPS), (marts, marts.STEPS), (labels, labels.STEPS), (reconciliation, reconciliation.STEPS)],
)
def test_every_step_is_registered(package: ModuleType, steps: tuple[Step, ...]) -> None:
    for name, module in modules_of(package).items():
        defined = held(module, Step)
        assert all(step in steps for step in defined), f"{package.__name__}/{name}.py is not in {package.__name__}.STEPS"
        if package not in (reconciliation, labels) and name not in NO_STEP_OF_THEIR_OWN:
            assert defined, f"{package.__name__}/{name}.py defines no step"


def test_every_family_of_labels_is_registered() -> None:
    defined = [family for module in modules_of(labels).values() for family in held(module, labels.LabelFamily)]
    assert [family.code for family in defined if family not in labels.FAMILIES] == []
    codes = [label.code for family in labels.FAMILIES for label in family.labels]
    assert len(set(codes)) == len(codes)


def test_every_control_is_registered() -> None:
    defined = [rule for module in modules_of(reconciliation).values() for rule in held(module, reconciliation.Rule)]
    assert [rule.code for rule in defined if rule not in reconciliation.RULES] == []
    assert len({rule.code for rule in reconciliation.RULES}) == len(reconciliation.RULES)


def test_every_rule_of_key_focus_is_registered() -> None:
    defined = [rule for module in modules_of(alerts).values() for rule in held(module, alerts.Rule)]
    assert [rule.code for rule in defined if rule not in alerts.RULES] == []
    assert len({rule.code for rule in alerts.RULES}) == len(alerts.RULES)


def test_every_table_is_registered_under_its_file() -> None:
    for name, module in modules_of(tables).items():
        if name == "table":
            continue
        defined = [table for table in held(module, Table) if isinstance(table, Table)]
        assert [table.name for table in defined] == [name], f"tables/{name}.py must define the table {name}, and only that"
        assert defined[0] in (*tables.ALL, *tables.UNION), f"tables/{name}.py is in none of DELIVERED, INTEGRATED, MARTS, UNION"


def test_every_topic_of_metrics_is_registered() -> None:
    for name, module in modules_of(metrics).items():
        if name in NO_TOPIC:
            continue
        assert set(module.METRICS) <= set(CATALOGUE), f"metrics/{name}.py is not in metrics.CATALOGUE"
    codes = [metric.code for metric in CATALOGUE]
    assert len(set(codes)) == len(codes), "a metric is defined twice"


def test_every_verb_is_registered() -> None:
    """A file of cli/ is a verb of that name, or serves the other files of cli/."""
    registered = set(typer.main.get_command(command_line()).commands)  # type: ignore[attr-defined]
    files = {path.stem: path.read_text(encoding="utf-8") for path in (SOURCE / "cli").glob("*.py") if path.stem != "__init__"}
    assert registered <= set(files), "a verb lives in the file of its name"
    lines = "\n".join(path.read_text(encoding="utf-8") for path in (SOURCE / "cli").glob("*.py"))
    serving = {one or other for one, other in re.findall(r"^\s*from maisui\.cli(?:\.(\w+)| import (\w+))", lines, re.MULTILINE)} | {"main"}
    own = {name for name, text in files.items() if f"\ndef {name}_command(" in text}
    assert set(files) <= registered | serving, "a file in cli/ is neither a verb nor used by one"
    assert own <= registered, f"{sorted(own - registered)}: register the verb in cli/main.py"


def test_every_source_folder_is_registered() -> None:
    folders = {path.parent.name for path in (SOURCE / "sources").glob("*/contract.toml")}
    assert folders == set(BUILTIN), "sources/loader.py, BUILTIN lists every source folder"


# --- what code may do ---


def test_no_clock_below_the_command_line() -> None:
    """The reporting date is an argument, so that an old day can be computed again."""
    clocks = re.compile(r"(datetime|date)\.(now|utcnow|today)$|^time\.(time|time_ns|localtime|gmtime)$")
    reading = [
        place(path) for path in MODULES if not place(path).startswith(CLOCKS_ALLOWED) if any(clocks.search(name) for name in calls(path))
    ]
    assert not reading, f"{reading}: take the day or the instant as an argument"


def test_money_never_becomes_a_float() -> None:
    found = [place(path) for path in MODULES if "float" in set(calls(path)) and not place(path).startswith("example_bank/")]
    assert set(found) == set(FLOATS_ALLOWED), f"{found}: use Decimal; what is allowed stands in FLOATS_ALLOWED with its reason"


def test_no_global_chance() -> None:
    found = [
        place(path)
        for path in MODULES
        if re.search(
            r"^\s*(import random\b|from random import)|np\.random\.(seed|rand|choice|shuffle)\(",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert not found, f"{found}: take a generator made from a seed"


def all_steps() -> list[tuple[str, str]]:
    """Return name and query of every step and built-in mapping."""
    own = [(step.name, query) for step in OWN_STEPS for query in step.queries]
    for code in BUILTIN:
        source = load_builtin(code)
        own += [(f"{code}/{name}.sql", mapping.query) for name, mapping in source.mappings.items()]
        own += [(step.name, step.query) for step in delivered_steps((source,))]
    return own


def test_every_query_of_the_product_is_portable() -> None:
    """No batch reads the product's own steps again to find out: what leaves the portable subset is refused here."""
    assert [f"{name}: {fault}" for name, query in all_steps() for fault in lint.violations(query)] == []


def test_no_step_selects_a_star() -> None:
    controls = [(rule.code, rule.violations) for rule in reconciliation.RULES]
    for name, query in [*all_steps(), *controls]:
        stars = [node for node in sqlglot.parse_one(query, read="duckdb").find_all(exp.Star) if not isinstance(node.parent, exp.Count)]
        assert not stars, f"{name}: name the columns"


def test_a_step_reads_what_it_says_and_nothing_else() -> None:
    for step in OWN_STEPS:
        tree = sqlglot.parse_one(step.query, read="duckdb")
        named = {cte.alias for cte in tree.find_all(exp.CTE)}
        read = {table.name for table in tree.find_all(exp.Table)} - named
        assert read == set(step.reads), f"{step.name} reads {sorted(read)}, but declares {sorted(step.reads)}"
        if step.again is not None:
            tree = sqlglot.parse_one(step.again, read="duckdb")
            read = {table.name for table in tree.find_all(exp.Table)} - {cte.alias for cte in tree.find_all(exp.CTE)}
            assert read <= {*step.reads, step.writes.name}, f"{step.name} goes on with {sorted(read)}, but declares {sorted(step.reads)}"


# --- metrics ---


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.code)
def test_a_metric_code_says_its_unit_and_no_period(metric: Metric) -> None:
    """Grammar: the bank's words in snake_case, the kind of figure last; a period is an argument of the question."""
    ends = {
        Unit.YUAN: r"_(balance|amount|difference|increase_since_year_start|income|expense|profit|cost|loss|charge|margin|contribution|value_added)$",
        Unit.SHARE: r"(^market_share_[a-z]+|_ratio|_rate|_share|_deviation|_margin|_spread|_on_assets|_on_equity|_on_lending|_penetration|^raroc)(_without_[a-z_]+)?$",
        Unit.COUNT: r"_count$",
        Unit.COUNT_EACH: r"_per_[a-z]+(_day)?$|_workload$",
        Unit.YUAN_EACH: r"_per_[a-z]+(_day)?$|_unit_cost$",
        Unit.INDEX: r"_hhi$",
    }
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|raroc", metric.code)
    assert re.search(ends[metric.unit], metric.code), f"{metric.code} is a {metric.unit.value}: its code must end in {ends[metric.unit]}"
    assert not re.search(r"(monthly|quarterly|yearly|annual|mtd|qtd|ytd)", metric.code), f"{metric.code}: a period is no part of a code"


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.code)
def test_a_metric_is_complete_in_both_languages(metric: Metric) -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for text in (metric.name_zh, metric.meaning_zh, metric.formula_zh):
        assert han.search(text), f"{metric.code}: {text!r} is not Chinese"
    for text in (metric.name_en, metric.meaning_en, metric.formula_en):
        assert text, f"{metric.code}: an English text is missing"
        assert not han.search(text), f"{metric.code}: {text!r} is not English"
    assert metric.meaning_zh.endswith("。"), f"{metric.code}: the Chinese meaning is a sentence"
    assert metric.meaning_en.endswith("."), f"{metric.code}: the English meaning is a sentence"
    assert metric.owner, f"{metric.code}: somebody owns every figure"


# --- tables ---


@pytest.mark.parametrize("table", [*tables.ALL, *tables.UNION], ids=lambda table: table.name)
def test_a_table_is_complete_in_both_languages(table: Table) -> None:
    han = re.compile("[\u4e00-\u9fff]")
    assert han.search(table.title_zh + table.meaning_zh)
    assert table.title_en
    assert not han.search(table.title_en + table.meaning_en)
    for column in table.columns:
        assert column.meaning_zh, f"{table.name}.{column.name} has no Chinese meaning"
        assert column.meaning_en, f"{table.name}.{column.name} has no English meaning"
        assert not han.search(column.meaning_en), f"{table.name}.{column.name}: {column.meaning_en!r} is not English"


# --- errors ---


def test_every_error_is_drawn_in_the_tree_with_its_exit_code() -> None:
    tree = errors.__doc__ or ""
    for kind in error_classes():
        assert re.search(rf"\b{kind.__name__}\s+{kind.exit_code}\b", tree), (
            f"the tree on top of errors.py lacks {kind.__name__} with {kind.exit_code}"
        )
    codes = [kind.exit_code for kind in error_classes()]
    assert len(set(codes)) == len(codes), "two error classes share an exit code"


@pytest.mark.parametrize("page", ["docs/reference/errors.md", "docs/how-to/operate.md"])
def test_every_error_is_documented_with_its_exit_code(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [kind.__name__ for kind in error_classes() if f"| {kind.exit_code} | `{kind.__name__}` |" not in text]
    assert not missing, f"{page} does not document {missing}: run `make golden`"


# --- the tests themselves ---


@pytest.mark.xdist_group("house")
def test_what_shares_a_costly_fixture_stays_in_one_process(request: pytest.FixtureRequest) -> None:
    """Groups of tests are kept together by their names; a runner that drops the group builds every example bank twice."""
    assert ("PYTEST_XDIST_WORKER" not in os.environ) or request.node.nodeid.endswith("@house"), (
        "run several processes with --dist loadgroup; or pytest and pytest-xdist no longer fit each other"
    )
