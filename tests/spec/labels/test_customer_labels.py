"""Each label on drawn facts, each figure one cent on either side of its threshold, against what the rule says in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from drawn_tables import load_tables, run

from maisui.engines.engine import Engine
from maisui.labels import FAMILIES
from maisui.labels.assign_customer_labels import ASSIGN_CUSTOMER_LABELS, CUSTOMER_LABEL_DAY_MART, LIMITS
from maisui.parameters import product_lines

DAY = "2026-06-30"
FACTS = {
    "customer_kind": "personal",
    "is_holder": "yes",
    "first_held_on": "2020-01-01",
    "held_month_count": "77",
    "tier_code": "ordinary",
    "is_quality": "no",
    "is_tier_by_hand": "no",
    "is_effective": "yes",
    "product_group_count": "1",
    "asset_average_balance": "3000.00",
    "recent_asset_balance": "3000.00",
    "earlier_asset_balance": "3000.00",
    "deposit_average_balance": "3000.00",
    "idle_day_count": "1",
    "transaction_count": "1",
}
"""A customer about whom there is nothing to say; what is not named is nothing."""
ZEROS = [
    "loan_balance",
    "inflow_amount",
    "outflow_amount",
    "payroll_amount",
    "own_elsewhere_amount",
    "maturing_deposit_amount",
    "overdue_balance",
    "bad_loan_balance",
    "guaranteed_amount",
    "contribution_amount",
    "year_contribution_amount",
    "year_expected_loss_amount",
]
COUNTS = ["overdue_day_count", "loan_class_rank", "previous_loan_class_rank", "complaint_count"]


def facts(*rows: dict[str, str]) -> str:
    """Return facts drawn as a table: each row the plain customer with what is named changed."""
    plain = FACTS | dict.fromkeys(ZEROS, "0.00") | dict.fromkeys(COUNTS, "0") | {"business_date": DAY}
    whole = [plain | row for row in rows]
    columns = list(dict.fromkeys(name for row in whole for name in row))
    lines = [" | ".join(columns), "-+-".join("-" for _ in columns)]
    return "\n".join([*lines, *(" | ".join(row[name] for name in columns) for row in whole)])


def labels(
    engine: Engine, *rows: dict[str, str], customer: str = "", day: str = DAY
) -> dict[str, dict[str, tuple[Decimal, Decimal | None, int | None]]]:
    """Return by customer and `label/reason` the amount, the base and the count of the day's labels; numbers are P1, P2, …"""
    numbered = [{"customer_number": f"P{place}"} | row for place, row in enumerate(rows, 1)]
    load_tables(engine, customer_fact_month=facts(*numbered), **({"customer": customer} if customer else {}))
    run(engine, ASSIGN_CUSTOMER_LABELS, reporting_date=day)
    query = f"SELECT customer_number, label_code, reason_code, reason_amount, base_amount, day_count FROM customer_label WHERE business_date = DATE '{day}'"
    found: dict[str, dict[str, tuple[Decimal, Decimal | None, int | None]]] = {}
    for number, label, reason, *said in engine.fetch(query):
        found.setdefault(number, {})[label if label == reason else f"{label}/{reason}"] = tuple(said)
    return found


def borne(engine: Engine, *rows: dict[str, str]) -> list[set[str]]:
    """Return what each of the customers bears, without the life stage of everybody."""
    found = labels(engine, *rows)
    return [set(found[f"P{place}"]) - {"mature"} for place in range(1, len(rows) + 1)]


def test_everybody_is_in_exactly_one_life_stage(engine: Engine) -> None:
    """The first rule that holds decides: without account, gone, new, dormant, declining, growing, and mature who is none of these."""
    found = labels(
        engine,
        {"is_holder": "no", "first_held_on": "", "held_month_count": "0"},
        {"is_holder": "no"},
        {"held_month_count": "5", "earlier_asset_balance": "0.00", "recent_asset_balance": "90000.00"},
        {"held_month_count": "6", "idle_day_count": "180", "asset_average_balance": "99.99"},
        {"idle_day_count": "180", "asset_average_balance": "100.00"},
        {"idle_day_count": "180", "asset_average_balance": "99.99", "loan_balance": "0.01"},
        {"earlier_asset_balance": "5000.00", "recent_asset_balance": "2500.00"},
        {"earlier_asset_balance": "5000.00", "recent_asset_balance": "2500.01"},
        {"earlier_asset_balance": "4999.99", "recent_asset_balance": "1.00"},
        {"earlier_asset_balance": "5000.00", "recent_asset_balance": "6000.00"},
        {"earlier_asset_balance": "5000.01", "recent_asset_balance": "6000.00"},
        {"earlier_asset_balance": "", "recent_asset_balance": "6000.00"},
    )
    stages = {label.code for label in FAMILIES[0].labels}
    expected = ["prospect", "lost", "new", "dormant", "mature", "mature", "declining", "mature", "mature", "growing", "mature", "mature"]
    assert [[code for code in found[f"P{place}"] if code in stages] for place in range(1, 13)] == [[stage] for stage in expected]
    assert found["P3"]["new"] == (Decimal("90000.00"), Decimal("0.00"), 5)
    assert found["P7"]["declining"] == (Decimal("2500.00"), Decimal("5000.00"), 1)


def test_where_the_bank_delivers_no_transactions_nobody_is_called_idle(engine: Engine) -> None:
    """Days without a transaction are then those of the files, not of the customer; one transaction of anybody tells that they come."""
    idle = {"idle_day_count": "180", "asset_average_balance": "99.99", "transaction_count": "0"}
    assert set(labels(engine, idle, idle)["P1"]) == {"mature"}
    assert set(labels(engine, idle, {})["P1"]) == {"dormant", "silently_leaving/idle_remainder"}


def test_important_contribution_begins_at_the_parameter(engine: Engine) -> None:
    found = labels(
        engine, {"year_contribution_amount": "1000.00", "asset_average_balance": "70.00"}, {"year_contribution_amount": "999.99"}
    )
    assert found["P1"]["important_contribution/year_contribution"] == (Decimal("1000.00"), Decimal("70.00"), None)
    assert "important_contribution/year_contribution" not in found["P2"]


def test_a_contribution_of_released_loss_says_so(engine: Engine) -> None:
    """A tenth of 2,000.00 is 200.00: from there on the reason names what was released; what was charged is no release."""
    much = {"year_contribution_amount": "2000.00", "asset_average_balance": "70.00"}
    found = labels(
        engine,
        much | {"year_expected_loss_amount": "-200.00"},
        much | {"year_expected_loss_amount": "-199.99"},
        much | {"year_expected_loss_amount": "900.00"},
        {"year_contribution_amount": "999.99", "year_expected_loss_amount": "-5000.00"},
    )
    important = [{code: said for code, said in found[f"P{place}"].items() if code.startswith("important")} for place in range(1, 5)]
    plain = {"important_contribution/year_contribution": (Decimal("2000.00"), Decimal("70.00"), None)}
    assert important == [{"important_contribution/released_loss": (Decimal("2000.00"), Decimal("200.00"), None)}, plain, plain, {}]


def test_borrowers_who_keep_little_could_be_more(engine: Engine) -> None:
    """5 % of 50,000.00 is 2,500.00; a bad loan or a tier of quality ends it."""
    loan = {"loan_balance": "50000.00", "deposit_average_balance": "2500.00"}
    assert borne(
        engine,
        loan,
        loan | {"deposit_average_balance": "2500.01"},
        loan | {"loan_balance": "49999.99"},
        loan | {"bad_loan_balance": "0.01"},
        loan | {"is_quality": "yes"},
    ) == [{"potential_quality/loans_without_deposits"}, set(), set(), set(), {"quality/tier_reached"}]


def test_who_is_of_quality_by_a_tier_set_by_hand_is_told_apart(engine: Engine) -> None:
    by_hand = {"is_tier_by_hand": "yes", "own_elsewhere_amount": "10000.00"}
    assert borne(engine, by_hand | {"is_quality": "yes"}, by_hand | {"is_quality": "no"}) == [
        {"quality/tier_set_by_hand"},
        {"potential_quality/money_elsewhere"},
    ]


def test_money_elsewhere_payroll_and_turnover_are_signs_of_more(engine: Engine) -> None:
    assert borne(
        engine,
        {"own_elsewhere_amount": "10000.00"},
        {"own_elsewhere_amount": "9999.99"},
        {"payroll_amount": "15000.00"},
        {"payroll_amount": "14999.99"},
        {"inflow_amount": "60000.00"},
        {"inflow_amount": "60000.00", "asset_average_balance": "3000.01"},
        {"inflow_amount": "49999.99", "asset_average_balance": "1.00"},
    ) == [
        {"potential_quality/money_elsewhere"},
        set(),
        {"potential_quality/good_payroll"},
        set(),
        {"potential_quality/turnover_without_balance"},
        set(),
        set(),
    ]


def test_assets_that_rise_by_enough_are_a_sign_of_more(engine: Engine) -> None:
    """From 40,000.00 by 10,000.00 is a quarter more; from 60,000.00 it is less than a fifth."""
    found = labels(
        engine,
        {"earlier_asset_balance": "40000.00", "recent_asset_balance": "50000.00"},
        {"earlier_asset_balance": "60000.00", "recent_asset_balance": "70000.00"},
    )
    assert found["P1"]["potential_quality/rising_balance"] == (Decimal("10000.00"), Decimal("40000.00"), None)
    assert "potential_quality/rising_balance" not in found["P2"]


def test_attention_is_drawn_by_six_things(engine: Engine) -> None:
    """Half of 19,999.99 is less than 10,000.00, but nothing below 20,000.00 is looked at."""
    fallen = {"earlier_asset_balance": "20000.00", "recent_asset_balance": "10000.00"}
    both = {"overdue_balance": "70.00", "overdue_day_count": "31", "loan_balance": "70.00", "complaint_count": "2"}
    assert borne(
        engine,
        {"previous_loan_class_rank": "1", "loan_class_rank": "2"},
        {"previous_loan_class_rank": "2", "loan_class_rank": "2"},
        {"previous_loan_class_rank": "0", "loan_class_rank": "3"},
        {"guaranteed_amount": "100000.00"},
        {"guaranteed_amount": "99999.99"},
        {"maturing_deposit_amount": "50000.00"},
        {"maturing_deposit_amount": "49999.99"},
        fallen,
        fallen | {"earlier_asset_balance": "19999.99", "recent_asset_balance": "9000.00"},
    ) == [
        {"attention/class_fallen"},
        set(),
        set(),
        {"attention/guarantee_circle"},
        set(),
        {"attention/large_maturity"},
        set(),
        {"attention/assets_falling", "declining"},
        {"declining"},
    ]
    found = labels(engine, both)["P1"]
    assert found["attention/overdue"] == (Decimal("70.00"), None, 31)
    assert found["attention/complaint"] == (Decimal("3000.00"), None, 2)


def test_who_leaves_silently_keeps_the_account(engine: Engine) -> None:
    """A fifth of 5,000.00 is 1,000.00. Who owes something, came lately or is no holder left no idle remainder behind."""
    left = {"earlier_asset_balance": "5000.00", "recent_asset_balance": "1000.00"}
    assert borne(
        engine,
        left,
        left | {"recent_asset_balance": "1000.01"},
        left | {"is_holder": "no"},
        {"idle_day_count": "180", "asset_average_balance": "99.99"},
    ) == [{"silently_leaving/assets_left", "declining"}, {"declining"}, {"lost"}, {"silently_leaving/idle_remainder", "dormant"}]
    idle = {"idle_day_count": "180", "asset_average_balance": "99.99"}
    for kept_by in ({"loan_balance": "0.01"}, {"held_month_count": "0"}, {"is_holder": "no"}):
        (found,) = borne(engine, idle | kept_by)
        assert "silently_leaving/idle_remainder" not in found


CUSTOMERS = """
    customer_number | customer_kind | customer_type  | customer_name        | industry_code | size_class | is_farmer
    ----------------+---------------+----------------+----------------------+---------------+------------+----------
    P1              | personal      | 普通个人客户   | 张三                 |               |            | yes
    P2              | personal      | 普通个人客户   | 李四                 |               |            | yes
    P3              | personal      | 普通个人客户   | 王五                 |               |            | yes
    P4              | personal      | 个体工商户     | 赵六                 |               |            | yes
    P5              | corporate     | 农民专业合作社 | 麦川农资             | A0190         | 微型企业   |
    P6              | corporate     | 企业法人       | 麦川种植合作社       | A0190         | 小型企业   |
    P7              | corporate     | 企业法人       | 麦川红土家庭农场     | A0190         | 小型企业   |
    P8              | corporate     | 企业法人       | 麦川食品             | C1399         | 小型企业   |
    P9              | corporate     | 企业法人       | 麦川小食品           | C1399         | 微型企业   |
    P10             | corporate     | 企业法人       | 麦川机械             | C3511         | 小型企业   |
    P11             | personal      | 普通个人客户   | 孙七                 |               |            | no
    P12             | personal      | 家庭农场       | 周八                 |               |            | no
"""


def test_everybody_is_in_one_rural_group_at_most(engine: Engine) -> None:
    """A farmer with 100,000.00 of loans or 60,000.00 of inflow is a big one; whoever is in none has no such label."""
    firm = {"customer_kind": "corporate"}
    found = labels(
        engine,
        {
            "loan_balance": "99999.99",
            "inflow_amount": "59999.99",
            "deposit_average_balance": "90000.00",
            "asset_average_balance": "90000.00",
        },
        {"loan_balance": "100000.00", "deposit_average_balance": "90000.00"},
        {"inflow_amount": "60000.00", "asset_average_balance": "90000.00"},
        {},
        *(firm for _ in range(6)),
        {},
        {},
        customer=CUSTOMERS,
    )
    groups = {label.code for label in FAMILIES[-1].labels}
    expected = {
        "P1": ["ordinary_farmer"],
        "P2": ["big_farmer"],
        "P3": ["big_farmer"],
        "P4": ["self_employed"],
        "P5": ["cooperative"],
        "P6": ["cooperative"],
        "P7": ["family_farm"],
        "P12": ["family_farm"],
        "P8": ["leading_firm"],
        "P9": [],
        "P10": [],
        "P11": [],
    }
    assert {number: [code for code in found[number] if code in groups] for number in expected} == expected


def test_a_label_is_held_since_the_month_from_which_it_was_never_lost(engine: Engine) -> None:
    """In arrears in March, April, June and July: in July since June."""
    months = ("2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31")
    rows = [{"business_date": day, "overdue_balance": "0.00" if day == "2026-05-31" else "9.00"} for day in months]
    load_tables(engine, customer_fact_month=facts(*({"customer_number": "P1"} | row for row in rows)))
    run(engine, ASSIGN_CUSTOMER_LABELS, reporting_date="2026-07-31")
    found = engine.fetch("SELECT business_date, held_since FROM customer_label WHERE label_code = 'attention' ORDER BY business_date")
    march, april, june, july = (date.fromisoformat(day) for day in months if day != "2026-05-31")
    assert [tuple(row) for row in found] == [(march, march), (april, march), (june, june), (july, june)]


def test_the_largest_reason_is_the_main_one_and_only_it_is_counted(engine: Engine) -> None:
    """70.00 in arrears and 100,000.00 guaranteed: the guarantee; of two customers the day counts 200,000.00 and one overdue."""
    load_tables(
        engine,
        customer_fact_month=facts(
            {"customer_number": "P1", "organisation_code": "B10", "overdue_balance": "70.00", "guaranteed_amount": "100000.00"},
            {"customer_number": "P2", "organisation_code": "B10", "guaranteed_amount": "100000.00"},
            {"customer_number": "P3", "organisation_code": "B10", "overdue_balance": "5.00"},
        ),
    )
    run(engine, ASSIGN_CUSTOMER_LABELS, reporting_date=DAY)
    run(engine, CUSTOMER_LABEL_DAY_MART, reporting_date=DAY)
    ranks = engine.fetch(
        "SELECT reason_code, reason_rank FROM customer_label WHERE customer_number = 'P1' AND label_code = 'attention' ORDER BY 2"
    )
    assert [tuple(row) for row in ranks] == [("guarantee_circle", 1), ("overdue", 2)]
    counted = engine.fetch(
        "SELECT reason_code, customer_count, reason_amount FROM customer_label_day WHERE label_code = 'attention' ORDER BY 1"
    )
    assert [tuple(row) for row in counted] == [("guarantee_circle", 2, Decimal("200000.00")), ("overdue", 1, Decimal("5.00"))]


def test_every_threshold_of_a_rule_is_a_parameter_of_the_product() -> None:
    assert set(LIMITS) == {line["code"] for line in product_lines() if line["code"].startswith("label_")}
    assert all(limit in "".join(family.select for family in FAMILIES) for limit in LIMITS), "a parameter decides nothing"
