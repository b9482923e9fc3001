"""How long the batch keeps a table: until all steps that read it have run."""

from maisui.pipeline.controls import tables_controlled
from maisui.pipeline.plan import Plan
from maisui.steps.step import Step
from maisui.tables import BY_NAME


def step(name: str, *reads: str) -> Step:
    """Return a step that writes the table of this name."""
    return Step(name=f"write_{name}", writes=BY_NAME[name], reads=reads, query="SELECT 1 AS one")


def test_a_table_is_kept_until_every_step_that_reads_it_has_run() -> None:
    """What nobody reads is used by the step that writes it alone; what is published or controlled stays, and so do tables that no step writes."""
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
    assert plan.users({"account_balance", "customer"}) == {
        "reversal": {"write_reversal"},
        "balance_point": {"write_balance_point", "write_account", "write_account_balance"},
        "account": {"write_account", "write_account_balance", "write_customer"},
    }
    assert plan.users(set(BY_NAME)) == {}


def test_what_controls_read_is_known() -> None:
    """The tables of their SELECTs, under joins and in both of their queries."""
    assert {"product_day", "account_month", "balance_break", "delivery"} <= tables_controlled()
