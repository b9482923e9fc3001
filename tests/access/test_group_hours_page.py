"""The hours of a group on its page, in its file and by program, beside everybody's; few are withheld.

Movements of this bank name no customer: they are everybody's, and no group's.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from customers_home import customers_home
from django.test import Client
from openpyxl import load_workbook
from web_home import signed_in_browser, token_of

from maisui.answers import Bank
from maisui.answers.group_hours import HourLine, Hours, all_hours
from maisui.web.groups.hours import ShownHours
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.hours import HoursState, apart, heat_of

pytestmark = pytest.mark.django_db
HOLDERS = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "is_holder", "is": "yes"}]}
NOBODY = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "loan_balance", "is": "at_least", "value": "999999999"}]}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


def keep(client: Client, name: str, rule: dict[str, object]) -> CustomerGroup:
    assert client.post("/customer-groups/save/", {"rule": json.dumps(rule), "name": name}).status_code == 302
    group = CustomerGroup.objects.get(name=name)
    assert client.post(f"/customer-groups/{group.pk}/share/", {"shared": "yes"}).status_code == 302
    return group


def total(hours: Hours) -> tuple[int, Decimal]:
    return sum(one.count for one in hours.lines), sum((one.amount for one in hours.lines), Decimal(0))


def test_the_page_shows_a_group_beside_everybody_and_another_group(bank: Bank) -> None:
    client = signed_in_browser("president1", ("bank_president", ""))
    group, none = keep(client, "持有人", HOLDERS), keep(client, "没有人", NOBODY)
    page = client.get(f"/customer-groups/{group.pk}/?view=hours&months=12").content.decode()
    with bank.reader() as reader:
        count, _ = total(all_hours(reader, None, 12))
    assert f"{count:,}" in page
    assert "全部客户" in page
    narrowed = client.get(f"/customer-groups/{group.pk}/?view=hours&months=12&channel=atm&with={none.pk}").content.decode()
    assert "没有人" in narrowed
    assert client.get(f"/customer-groups/{group.pk}/?view=hours&months=2").status_code == 400
    assert client.get(f"/customer-groups/{group.pk}/?view=hours&measure=x").status_code == 400
    assert f"/customer-groups/{group.pk}/?view=hours" in client.get("/channels/").content.decode()
    book = load_workbook(BytesIO(client.get(f"/customer-groups/{group.pk}/export.xlsx?view=hours&months=12").getvalue()))
    counts = [row[4] for sheet in book for row in sheet.iter_rows(values_only=True) if len(row) > 4 and str(row[0]).startswith("星期")]
    assert sum(value for value in counts if isinstance(value, (int, float))) == count


def test_whoever_sees_figures_only_narrows_nothing_and_sees_no_square_of_few() -> None:
    client = signed_in_browser("president1", ("bank_president", ""))
    group = keep(client, "持有人", HOLDERS)
    teller = signed_in_browser("teller1", ("teller", "B1"))
    plain = teller.get(f"/customer-groups/{group.pk}/?view=hours&months=12")
    assert plain.status_code == 200
    refused = teller.get(f"/customer-groups/{group.pk}/?view=hours&months=12&channel=atm").content.decode()
    assert "少于 5 户的客户群不显示指标" in refused


def test_by_program_squares_come_beside_those_of_everybody(bank: Bank) -> None:
    from maisui.web.staff.models import StaffUser

    client = signed_in_browser("president1", ("bank_president", ""))
    group = keep(client, "持有人", HOLDERS)
    token = token_of(StaffUser.objects.get(username="president1"))
    answer = Client().get(f"/api/groups/{group.pk}/hours?months=12", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    squares = json.loads(answer.content)["squares"]
    with bank.reader() as reader:
        every = all_hours(reader, None, 12)
    by_place = Counter[tuple[int, str]]()
    for line in every.lines:
        by_place[int(line.weekday), line.hour] += line.count
    shown = {(one["weekday"], one["hour"]): one["base_transaction_count"] for one in squares}
    assert shown
    assert all(by_place[place] == count for place, count in shown.items())
    wrong = Client().get(f"/api/groups/{group.pk}/hours?months=5", headers={"Authorization": f"Bearer {token}"})
    assert wrong.status_code == 400


def test_squares_far_from_the_others_are_named_and_withheld_ones_are_not() -> None:
    """Monday at nine has 3 of 4 here and 1 of 4 there; Tuesday at ten the reverse; what is withheld has no sum of its row either."""
    here = _hours(("1", "09", 3), ("2", "10", 1))
    there = _hours(("1", "09", 1), ("2", "10", 3))
    more, less = apart(ShownHours(here, there, frozenset()), HoursState())
    assert [(one.hour, one.share, one.base_share) for one in more] == [("09", Decimal("0.75"), Decimal("0.25"))]
    assert [(one.hour, one.share, one.base_share) for one in less] == [("10", Decimal("0.25"), Decimal("0.75"))]
    withheld = frozenset({("1", "09")})
    assert apart(ShownHours(here, there, withheld), HoursState())[0] == ()
    heat = heat_of(here, HoursState(), withheld)
    assert heat.rows[0][2] is None
    assert heat.rows[0][1][9] is None
    assert heat.rows[1][2] == Decimal(1)
    assert heat.peak is not None
    assert heat.peak[1:] == ("10", Decimal(1))


def _hours(*lines: tuple[str, str, int]) -> Hours:
    day = date(2026, 6, 30)
    return Hours(
        day.replace(day=1), day, tuple(HourLine(weekday, hour, "atm", "transfer", count, Decimal(count)) for weekday, hour, count in lines)
    )
