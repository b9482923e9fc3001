"""The users of the example bank have worked before anybody opens it: nobody sees empty desks, and nothing was written past the rules."""

from __future__ import annotations

import sqlite3

import pytest
from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")
_DESKS = (
    "customer_group", "campaign", "campaign_member", "customer_contact", "customer_fact", "customer_task", "customer_need", "handled_case",
    "customer_follow", "payment_promise", "score_judgement", "manual_work", "correction_ticket", "figure_note", "settlement", "page_subscription",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(demo: Demo) -> sqlite3.Connection:
    """The operational database of the example bank, to be read."""
    return sqlite3.connect(f"file:{demo.home / 'operational.sqlite3'}?mode=ro", uri=True)


def test_no_desk_is_empty(desk: sqlite3.Connection) -> None:
    assert [table for table in _DESKS if not desk.execute(f"SELECT count(*) FROM {table}").fetchone()[0]] == []


def test_what_needs_a_second_person_was_decided_by_another_or_waits(desk: sqlite3.Connection) -> None:
    ((state, owner, decided_by, percent),) = desk.execute("SELECT state, owner_id, decided_by_id, control_percent FROM campaign").fetchall()
    assert (state, percent) == ("started", 30)
    assert owner != decided_by
    members = [row[0] for row in desk.execute("SELECT is_control FROM campaign_member")]
    assert 0.15 < sum(members) / len(members) < 0.45  # a hash assigns about three in ten
    assert {row[0] for row in desk.execute("SELECT state FROM settlement UNION ALL SELECT state FROM manual_work")} == {"waiting"}


def test_the_manager_wrote_of_his_own_outlet_alone_and_each_deed_is_in_the_log(desk: sqlite3.Connection, demo: Demo) -> None:
    (outlet,) = [
        row[0]
        for row in desk.execute(
            "SELECT g.organisation_code FROM staff_role_grant AS g JOIN staff_user AS u ON u.id = g.user_id WHERE u.username = 'customer-manager'"
        )
    ]
    assert {row[0] for row in desk.execute("SELECT organisation_code FROM customer_need")} == {outlet}
    written = desk.execute("SELECT count(*) FROM customer_contact").fetchone()[0]
    logged = desk.execute("SELECT count(*) FROM audit_record WHERE action = 'customer_contact_write' AND result = 'allowed'").fetchone()[0]
    assert written == logged > 0
    assert demo.ask("audit", "verify").code == 0
