"""Alike outlets, output a head and staff: every figure by hand."""

from decimal import Decimal

from maisui.answers.branch_advice import Advice, Silence, Suggestion, counter_advice, manager_advice, peak_of
from maisui.answers.branch_peers import Character, character_by_area, character_by_customers, efficiency, likenesses
from maisui.answers.branches import QueueHour

D = Decimal
WEIGHTS = {"size": D(1), "farm": D(3)}
FEATURES = {
    "A": {"size": D(2), "farm": D("0.2"), "same": D(7)},
    "B": {"size": D(4), "farm": D("0.2"), "same": D(7)},
    "C": {"size": D(6), "farm": D("0.8"), "same": D(7)},
    "D": {"size": D(8), "farm": None, "same": D(7)},
}


def test_the_distance_is_the_root_of_the_weighted_mean_of_squared_deviations() -> None:
    """Sizes 2 4 6 8: mean 5, deviation √5; farm 0.2 0.2 0.8: mean 0.4, deviation √0.08.

    A to B: size differs by 2/√5, so 4/5 weighs 1, and farm by 0: √(0.8 ÷ 4) = 0.4472. A to C: 16/5 and 0.36/0.08 × 3: √(16.7 ÷ 4) = 2.0433.
    A to D: size alone, 36/5: √7.2 = 2.6833.
    """
    found = {one.organisation: one for one in likenesses("A", FEATURES, WEIGHTS, {}, 5)}
    assert {place: one.distance for place, one in found.items()} == {"B": D("0.4472"), "C": D("2.0433"), "D": D("2.6833")}
    assert [gap.code for gap in found["C"].gaps] == ["farm", "size"]
    assert [gap.share for gap in found["C"].gaps] == [D("0.8084"), D("0.1916")]
    assert [gap.code for gap in found["D"].gaps] == ["size"]


def test_outlets_of_the_same_grade_come_first_however_far_and_a_feature_all_share_says_nothing() -> None:
    grades = {"A": "二级", "C": "二级", "B": "一级"}
    found = likenesses("A", FEATURES, {**WEIGHTS, "same": D(9)}, grades, 2)
    assert [(one.organisation, one.is_same_grade) for one in found] == [("C", True), ("B", False)]
    assert all(gap.code != "same" for one in found for gap in one.gaps)


def test_output_a_head_is_held_against_the_best_and_losses_count_as_none() -> None:
    """A: 100 ÷ 4 = 25 against B's 90 ÷ 2 = 45: 0.5556, 80 more at B's pace; in profit A is best itself; together 0.6 × 0.5556 + 0.4."""
    outputs = {
        "A": {"deposits": D(100), "profit": D(8), "odd": D(1)},
        "B": {"deposits": D(90), "profit": D(-2), "odd": None},
        "C": {"deposits": None, "profit": D(1)},
    }
    found = efficiency("A", ("B", "C"), outputs, {"A": D(4), "B": D(2), "C": D(1)}, {"deposits": D("0.6"), "profit": D("0.4"), "odd": D(5)})
    assert found is not None
    first, second = found.outputs
    assert (first.best, first.own_each, first.best_each, first.ratio, first.missing) == ("B", D(25), D(45), D("0.5556"), D("80.00"))
    assert (second.best, second.ratio, second.missing) == ("A", D(1), D("0.00"))
    assert found.score == D("0.7334")
    from_b = efficiency("B", ("A",), outputs, {"A": D(4), "B": D(2)}, {"profit": D(1)})
    assert from_b is not None
    assert (from_b.score, from_b.outputs[0].missing) == (D(0), D("6.00"))
    assert efficiency("A", (), outputs, {"A": D(4)}, {"deposits": D(1)}) is None
    assert efficiency("A", ("B",), outputs, {"A": D(4), "B": D(0)}, {"deposits": D(1)}) is None


def test_the_character_of_customers_is_told_by_farm_loans_and_pay() -> None:
    limits = {"from_agriculture": D("0.5"), "from_wage": D("0.3")}
    assert character_by_customers(D("0.5"), D("0.29"), **limits) is Character.VILLAGE
    assert character_by_customers(D("0.49"), D("0.3"), **limits) is Character.COUNTY_SEAT
    assert character_by_customers(D("0.6"), D("0.4"), **limits) is Character.TOWNSHIP
    assert character_by_customers(D("0.1"), D("0.1"), **limits) is Character.TOWNSHIP
    assert character_by_customers(None, D("0.1"), **limits) is None
    assert character_by_area("township") is Character.VILLAGE
    assert character_by_area("") is None


QUEUE = (
    QueueHour("09", 10, 60, 50, 10, 50 * 1200),
    QueueHour("10", 10, 30, 30, 0, 0),
    QueueHour("15", 10, 10, 10, 0, 0),
)


def test_the_peak_is_the_hours_above_the_average_of_hours() -> None:
    """100 tickets over three hours: only nine o'clock has more than a third; 20 minutes on average, a sixth left."""
    peak = peak_of(QUEUE)
    assert peak is not None
    assert (peak.hours, peak.ticket_share, peak.wait_minutes, peak.leave_share) == (("09",), D("0.6"), D("20.0"), D("0.1667"))
    assert peak_of(()) is None


def counter(**changes: object) -> Advice | Silence:
    plain = {
        "workload": D(600),
        "duty_days": D(20),
        "work_days": 10,
        "peer_load": D(20),
        "peak": peak_of(QUEUE),
        "long_wait": D(15),
        "short_wait": D(5),
        "margin": D("0.2"),
    }
    return counter_advice(**(plain | changes))  # type: ignore[arg-type]


def test_one_more_teller_is_suggested_where_customers_wait_and_the_load_is_high() -> None:
    """Two tellers at 30 a day each against 20 elsewhere: with three it would be 20."""
    assert counter() == Advice(Suggestion.ADD, D("2.0"), D("30.00"), D(20), D("20.00"))
    assert counter(peer_load=D(25)) == Advice(Suggestion.SHIFT, D("2.0"), D("30.00"), D(25))


def test_a_teller_is_released_only_where_the_rest_would_not_pass_alike_outlets() -> None:
    """No waits, 30 a day against 60: with one of two it would be 60; against 50 it would pass, so nobody goes."""
    calm = peak_of(QUEUE[1:])
    assert counter(peak=calm, peer_load=D(60)) == Advice(Suggestion.RELEASE, D("2.0"), D("30.00"), D(60), D("60.00"))
    assert counter(peak=calm, peer_load=D(50)) == Advice(Suggestion.KEEP, D("2.0"), D("30.00"), D(50))
    assert counter(peak=calm, peer_load=D(60), duty_days=D(10), workload=D(300)) == Advice(Suggestion.KEEP, D("1.0"), D("30.00"), D(60))


def test_nothing_is_suggested_without_queue_attendance_journal_or_peers() -> None:
    assert counter(peak=None) is Silence.NO_QUEUE
    assert counter(duty_days=None) is Silence.NO_ATTENDANCE
    assert counter(workload=None) is Silence.NO_JOURNAL
    assert counter(peer_load=None) is Silence.NO_PEERS


def manager(customers: str, managers: int, peer_load: str | None = "100", *, is_assigned: bool = True) -> Advice | Silence:
    return manager_advice(
        customers=D(customers),
        managers=managers,
        peer_load=D(peer_load) if peer_load else None,
        is_assigned=is_assigned,
        margin=D("0.2"),
    )


def test_managers_are_suggested_by_customers_a_head() -> None:
    """300 for two is 150 against 100: three would have 100 each; 100 for two is 50: one would have 100; 90 for none asks for one."""
    assert manager("300", 2) == Advice(Suggestion.ADD, D(2), D("150.0"), D(100), D("100.0"))
    assert manager("100", 2) == Advice(Suggestion.RELEASE, D(2), D("50.0"), D(100), D("100.0"))
    assert manager("120", 2) == Advice(Suggestion.KEEP, D(2), D("60.0"), D(100))
    assert manager("90", 0) == Advice(Suggestion.FILL, D(0), None, D(100), D("90.0"))
    assert manager("90", 1, None) is Silence.NO_PEERS
    assert manager("90", 1, is_assigned=False) is Silence.NO_ASSIGNMENTS
