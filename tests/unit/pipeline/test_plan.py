"""How long the batch keeps a table: up to the last step that reads it."""

from maisui.pipeline.controls import tables_controlled
from maisui.pipeline.plan import Plan
from maisui.steps.step import Step
from maisui.tables import BY_NAME


def step(name: str, *reads: str) -> Step:
    """Return a step that writes the table of this name."""
    return Step(name=f"write_{name}", writes=BY_NAME[name], reads=reads, query="SELECT 1 AS one")


def test_a_table_is_kept_until_the_last_step_that_reads_it() -> None:
    """What nobody reads goes at once; what is published or controlled stays, and so do tables that no step writes."""
    plan = Plan(
        (),
        (
            step("balance_point", "parameter"),
            step("reversal"),
            step("account", "balance_point"),
            step("account_balance", "balance_point", "account"),
            step("customer", "account"),
        ),
        "hash",
    )
    assert plan.last_reads({"account_balance", "customer"}) == {
        "write_reversal": ("reversal",),
        "write_account_balance": ("balance_point",),
        "write_customer": ("account",),
    }
    assert plan.last_reads(set(BY_NAME)) == {}


def test_what_controls_read_is_known() -> None:
    """The tables of their SELECTs, under joins and in both of their queries."""
    assert {"product_day", "account_month", "balance_break", "delivery"} <= tables_controlled()
