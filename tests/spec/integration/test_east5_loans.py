"""EAST receipts, discounts and advances: each loan once a day, whichever table names it."""

from datetime import date
from decimal import Decimal

from drawn_tables import LEGAL_ENTITY

from maisui.engines.engine import Engine
from maisui.integration.deliver_table import delivered_steps, feed_schema
from maisui.pipeline.run_step import run_step
from maisui.sources.loader import load_builtin
from maisui.steps.step import BatchContext

EAST5 = load_builtin("east5")
SCHEMA = feed_schema(EAST5)


def draw_feed(engine: Engine, view: str, rows: list[dict[str, object]]) -> None:
    """Make the feed's typed view out of drawn rows; columns that are not drawn are null."""

    def line(row: dict[str, object]) -> str:
        given = {"delivered_on": "2026-06-30", "source_file_id": "F1", "source_line": 1} | row
        values = ", ".join(f"CAST({_literal(given.get(name))} AS {kind}) AS {name}" for name, kind in SCHEMA[view].items())
        return f"SELECT {values}"

    nothing = "SELECT " + ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in SCHEMA[view].items()) + " WHERE false"
    engine.create_table(view, " UNION ALL ".join([nothing, *map(line, rows)]))


def _literal(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"


def deliver(engine: Engine, table: str, **feeds: list[dict[str, object]]) -> None:
    """Run the mappings of one delivered table over drawn feeds."""
    step = next(step for step in delivered_steps((EAST5,)) if step.writes.name == table)
    for view in step.reads:
        draw_feed(engine, view, feeds.get(view, []))
    run_step(engine, step, BatchContext(LEGAL_ENTITY, date(2026, 6, 30)))


RECEIPT = {"NBJGH": "B10", "KHTYBH": "C1", "BZ": "CNY", "DKJE": "100.00", "DKFFRQ": "2026-01-05"}
BILL = {"NBJGH": "B10", "TXRKHTYBH": "C2", "BZ": "CNY", "TXRQ": "2026-05-01", "PJDQRQ": "2026-08-01"}
ADVANCE = {"NBJGH": "B20", "KHTYBH": "C3", "BZ": "CNY", "DKJE": "50.00", "DKRQ": "2026-06-01"}


def test_discounts_and_advances_join_the_receipts_unless_they_are_among_them(engine: Engine) -> None:
    """J2 is reported as a receipt and as a bill: it counts once. Two bills under one receipt number are one loan."""
    deliver(
        engine,
        "loan_snapshot",
        east5_dgxdywjjb=[
            RECEIPT | {"XDJJH": "J1", "DKYE": "90.00", "DKWJFL": "正常", "DKZT": "正常"},
            RECEIPT | {"XDJJH": "J2", "DKYE": "10.00", "XDYWZL": "票据贴现", "DKWJFL": "关注", "DKZT": "正常", "source_line": 2},
        ],
        east5_pjtxb=[
            BILL | {"XDJJH": "J2", "PJHM": "P1", "PMJE": "10.00", "PJZT": "正常"},
            BILL | {"XDJJH": "J3", "PJHM": "P2", "PMJE": "30.00", "PJZT": "正常", "source_line": 2},
            BILL | {"XDJJH": "J3", "PJHM": "P3", "PMJE": "20.00", "PJZT": "已结清", "source_line": 3},
            BILL | {"PJHM": "P4", "PMJE": "5.00", "PJZT": "逾期", "source_line": 4},
            BILL | {"XDJJH": "J6", "PJHM": "P6", "PMJE": "6.00", "PJZT": "未结清", "source_line": 5},
            BILL | {"XDJJH": "J7", "PJHM": "P7", "PMJE": "7.00", "PJZT": "卖出", "source_line": 6},
            BILL | {"XDJJH": "J8", "PJHM": "P8", "PMJE": "8.00", "TXRKHTYBH": None, "source_line": 7},
        ],
        east5_dkdjb=[
            ADVANCE | {"XDJJH": "J4", "DKYE": "40.00", "DKZT": "正常"},
            ADVANCE | {"XDJJH": "J1", "DKYE": "90.00", "DKZT": "正常", "source_line": 2},
            ADVANCE | {"XDJJH": "J5", "DKYE": "0.00", "DKZT": "结清", "source_line": 3},
        ],
    )
    columns = "loan_number, product_code, customer_number, disbursed_amount, balance, loan_class, loan_status"
    found = engine.fetch(f"SELECT {columns} FROM loan_snapshot ORDER BY loan_number")
    yuan = Decimal
    assert found == [
        ("J1", "unknown", "C1", yuan("100.00"), yuan("90.00"), "pass", "current"),
        ("J2", "票据贴现", "C1", yuan("100.00"), yuan("10.00"), "special_mention", "current"),
        ("J3", "票据贴现", "C2", yuan("50.00"), yuan("30.00"), "unclassified", "current"),
        ("J4", "垫款", "C3", yuan("50.00"), yuan("40.00"), "unclassified", "current"),
        ("J5", "垫款", "C3", yuan("50.00"), yuan("0.00"), "unclassified", "settled"),
        ("J6", "票据贴现", "C2", yuan("6.00"), yuan("6.00"), "unclassified", "current"),
        ("J7", "票据贴现", "C2", yuan("7.00"), yuan("0.00"), "unclassified", "transferred"),
        ("P4", "票据贴现", "C2", yuan("5.00"), yuan("5.00"), "unclassified", "overdue"),
    ]


def test_states_of_guarantees_and_limits_are_read_from_many_words(engine: Engine) -> None:
    """A word that says not yet ended is in force; a word nobody knows is unknown and never dropped."""
    words = {
        "有效": "in_force",
        "未结清": "in_force",
        "失效": "ended",
        "已解除": "ended",
        "未生效": "not_yet",
        "其他-甲": "unknown",
        None: "unknown",
    }
    rows = [{"DBHTH": f"G{n}", "BDBHTH": "H1", "DBHTZT": word, "source_line": n} for n, word in enumerate(words)]
    deliver(engine, "guarantee_contract_snapshot", east5_bnwywdbhtb=rows)
    found = engine.fetch("SELECT contract_status FROM guarantee_contract_snapshot ORDER BY source_line")
    assert [row[0] for row in found] == list(words.values())
    limits = [{"KHTYBH": "C1", "SXZT": word, "BZ": "CNY", "source_line": n} for n, word in enumerate(words)]
    deliver(engine, "credit_limit_snapshot", east5_sxxxb=limits)
    found = engine.fetch("SELECT limit_status FROM credit_limit_snapshot ORDER BY source_line")
    assert [row[0] for row in found] == list(words.values())
