"""The catalogue and its specification name the same metrics."""

import ast
from pathlib import Path

from maisui.metrics import BY_CODE, CATALOGUE, DIMENSION_BY_CODE, Additivity
from maisui.tables import BY_NAME, MARTS


def specified() -> set[str]:
    """Return the codes that a test in this folder holds against a figure computed by hand."""
    codes: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for test in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                calls = [node for node in ast.walk(test) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
                codes |= {node.args[0].value for node in calls if node.func.id == "figure" and isinstance(node.args[0], ast.Constant)}
    return codes


def test_every_metric_of_the_catalogue_has_a_drawn_example() -> None:
    """A new metric enters the catalogue together with a drawn example and a figure computed by hand."""
    assert specified() == set(BY_CODE)


def test_every_metric_is_told_in_both_languages_and_owned() -> None:
    """Names, meaning, formula and owner are never left empty, and no code is used twice."""
    assert len(BY_CODE) == len(CATALOGUE)
    for metric in CATALOGUE:
        told = (metric.name_zh, metric.name_en, metric.meaning_zh, metric.meaning_en, metric.formula_zh, metric.formula_en, metric.owner)
        assert all(told), metric.code


def test_every_measure_reads_a_published_table_and_states_its_additivity() -> None:
    """A figure comes from a mart that readers see, can be split by something, and says how it adds up over each dimension."""
    marts = {table.name for table in MARTS} | {"organisation_day", "delivery"}
    for metric in CATALOGUE:
        for measure in filter(None, (metric.numerator, metric.denominator)):
            assert measure.mart in marts, metric.code
            assert BY_NAME[measure.mart].published, metric.code
        assert metric.dimensions, metric.code
        for dimension in DIMENSION_BY_CODE:
            applies = metric.additivity(dimension) is not Additivity.NOT_APPLICABLE
            assert applies == (dimension in metric.dimensions), (metric.code, dimension)
