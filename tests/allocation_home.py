"""The home of the desk of allocation: eight accounts, whose they are, targets, and what the tests of the desk and of settlements ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client
from example_home import copy_home, run
from mini_bank import MiniBank, deliver, make_home
from scratch import own_copy, scratch_folder
from web_home import LAST_DAY

from maisui.answers import Bank, Question, ask

BALANCES = {number: Decimal(cents).scaleb(-2) for number, cents in MiniBank().balances(LAST_DAY).items()}
LEAVER, OF_B1, OF_B2 = "E00008", "E00002", "E00003"
# For each account an employee of its outlet; the last one has left. B1 holds the accounts of even numbers, B2 the others.
EMPLOYEES = """
SELECT
  delivered_on AS reported_on, replace(number, 'A', 'E') AS employee_number, org AS organisation_code,
  concat('员工', number) AS employee_name, '客户经理' AS post_name, number <> 'A00008' AS is_on_duty, source_file_id, source_line
FROM mini_acct
"""
ASSIGNED = """object_kind,object_number,employee_number,business_line,share_percent,valid_from,valid_until
账户,A00002,E00008,存款,100,20260101,
客户,C002,E00008,存款,60,20260101,
账户,A00006,E00006,存款,30,20260101,
"""
TARGETS = """holder_kind,holder_code,metric_code,period_from,period_end_on,target_amount,target_rate,organisation_code
员工,E00008,managed_customer_count,20260301,20260331,2,,B1
员工,E00002,managed_customer_count,20260301,20260331,1,,B1
"""


@cache
def allocation_home() -> Path:
    """Return this process's copy of the published home; who wants to write copies it first."""
    return own_copy("allocations", _make)


def _make(path: Path) -> None:
    home = make_home(path, sources=("mini", "supplement"), mappings={"employee_snapshot": EMPLOYEES})
    inbox = home / "inbox" / "supplement"
    (inbox / "MINI01-manager_assignment-20260331.csv").write_text(ASSIGNED, encoding="utf-8")
    (inbox / "MINI01-target-20260331.csv").write_text(TARGETS, encoding="utf-8")
    deliver(home, LAST_DAY)
    run(home, LAST_DAY)


@contextmanager
def writable_home(settings: Any) -> Iterator[Path]:
    """Serve a copy of the home that is gone afterwards."""
    with scratch_folder() as folder:
        path = copy_home(allocation_home(), folder / "home")
        serve(settings, path)
        yield path


def serve(settings: Any, path: Path) -> None:
    """Have the site read a home."""
    settings.BANK = Bank(path)
    settings.HOME = settings.BANK.home


def give(client: Client, **changed: object):
    """Propose that everything of the leaver goes to somebody from 16 March on."""
    said = {"giver": LEAVER, "which": "all", "receivers": OF_B1, "since": "day", "valid_from": "2026-03-16", "reason": "离职交接，由其接手"}
    return client.post("/allocations/give/", said | changed)


def decide(client: Client, number: int, decision: str = "approve", note: str = "") -> int:
    return client.post(f"/allocations/proposal/{number}/decide/", {"decision": decision, "note": note}).status_code


def only_proposal():
    from maisui.web.allocations.models import AllocationProposal

    return AllocationProposal.objects.get()


def held_of(metric: str, split: str = "manager") -> dict[str, Decimal]:
    """Return a figure of each manager (or of what it is split by) from the served home."""
    from django.conf import settings

    with Bank(settings.HOME.path).reader() as reader:
        return {str(row.dimensions[split]): row.value for row in ask(reader, Question(metric, (split,))).rows if row.value}


def sealed(client: Client, address: str = "/allocations/") -> list[str]:
    """Return the names under which the accounts of a page stand in its form."""
    page = client.get(address).content.decode()
    return [part.split('"', 1)[0] for part in page.split('name="account" value="')[1:]]


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
