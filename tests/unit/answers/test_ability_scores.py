"""Scores of ability, every figure by hand."""

from decimal import Decimal

from maisui.answers.ability_scores import Ability, Measured, PartRule, Without, ability

D = Decimal
RULES = {"pace": PartRule(D("0.5"), D(10), more_is_better=True), "errors": PartRule(D("0.5"), D(100), more_is_better=False)}


def of(pace: str, errors: str | None = None) -> dict[str, Measured]:
    """Ten days at `pace` that vary by 4 from day to day; `errors` in 100."""
    found = {"pace": Measured(D(pace) * 10, D(10), D(4))}
    if errors is not None:
        found["errors"] = Measured(D(errors), D(100))
    return found


def test_a_part_is_standardised_drawn_to_the_mean_and_weighed() -> None:
    """Paces 20 and 30: mean 25, deviation 5; A is −1, drawn by 10 ÷ 20 to −0.5: 45. Standard error √(4 ÷ 10) ÷ 5 × 0.5 = 0.0632: ± 1.24."""
    peers = {"A": of("20"), "B": of("30")}
    found = ability("A", peers, RULES, fewest=D(2), smallest=D(10))
    assert isinstance(found, Ability)
    assert (found.score, found.low, found.high, found.peer_count) == (D("45.0"), D("43.8"), D("46.2"), 2)
    (part,) = found.parts
    assert (part.value, part.mean, part.base, part.deviations, part.drawn) == (D(20), D(25), D(10), D("-1.00"), D("-0.5000"))


def test_fewer_errors_are_better_and_parts_are_averaged_by_weight() -> None:
    """A: pace −0.5 as above; 2 errors in 100 against 6, mean 4 %, deviation 2 %: +1, drawn by half to +0.5; together 50."""
    peers = {"A": of("20", "2"), "B": of("30", "6")}
    found = ability("A", peers, RULES, fewest=D(2), smallest=D(10))
    assert isinstance(found, Ability)
    assert found.score == D("50.0")
    assert [part.drawn for part in found.parts] == [D("-0.5000"), D("0.5000")]
    # errors: √(0.04 × 0.96 ÷ 100) ÷ 0.02 × 0.5 = 0.4899; pace 0.0632; half = 1.96 × 10 × √(0.2449² + 0.0316²) = 4.84
    assert (found.low, found.high) == (D("45.2"), D("54.8"))


def test_nobody_is_scored_among_few_on_small_bases_or_where_all_are_alike() -> None:
    peers = {"A": of("20"), "B": of("30")}
    assert ability("A", peers, RULES, fewest=D(3), smallest=D(10)) is Without.FEW_PEERS
    assert ability("A", peers, RULES, fewest=D(2), smallest=D(11)) is Without.SMALL_BASE
    assert ability("A", {"A": of("20"), "B": of("20")}, RULES, fewest=D(2), smallest=D(10)) is Without.NO_DIFFERENCE
    assert ability("C", peers, RULES, fewest=D(2), smallest=D(10)) is Without.NO_FIGURES


def test_a_part_on_a_small_base_stands_there_and_counts_nothing() -> None:
    peers = {"A": of("20") | {"errors": Measured(D(1), D(5))}, "B": of("30", "6")}
    found = ability("A", peers, RULES, fewest=D(2), smallest=D(10))
    assert isinstance(found, Ability)
    assert found.score == D("45.0")
    assert [(part.code, part.is_counted, part.is_small) for part in found.parts] == [("pace", True, False), ("errors", False, True)]


def test_manual_work_is_in_the_value_and_stands_apart_beside_it() -> None:
    """A: 200 by systems and 50 by hand over ten days: 25 against 30; mean 27.5, deviation 2.5: −1, drawn by half: 45. By hand 5 a day."""
    peers = {"A": {"pace": Measured(D(250), D(10), D(4), D(50))}, "B": of("30")}
    found = ability("A", peers, RULES, fewest=D(2), smallest=D(10))
    assert isinstance(found, Ability)
    (part,) = found.parts
    assert (found.score, part.value, part.mean, part.manual, part.base) == (D("45.0"), D(25), D("27.5"), D(5), D(10))
