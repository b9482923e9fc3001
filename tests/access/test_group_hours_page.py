"""The hours of a group on its page, in its file and by program, beside everybody's; few are withheld.

Movements of this bank name no customer: they are everybody's, and no group's.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from customers_home import customers_home
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from web_home import signed_in_browser, token_of

from maisui.answers import EVERYBODY, Bank, Selection
from maisui.answers.group_hours import HourLine, Hours, all_hours
from maisui.web import gateway
from maisui.web.groups import hours as hours_in_web
from maisui.web.groups.hours import Place, ShownHours
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.customer_groups.hours import HoursState, apart, heat_of

if TYPE_CHECKING:
    from maisui.web.staff.models import StaffUser

pytestmark = pytest.mark.django_db
HOLDERS = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "is_holder", "is": "yes"}]}
PERSONS = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "customer_kind", "is": "is", "value": "personal"}]}
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
    group = keep(client, "个人", PERSONS)
    teller = signed_in_browser("teller1", ("teller", "B1"))
    plain = teller.get(f"/customer-groups/{group.pk}/?view=hours&months=12")
    assert 'id="hours-own-title"' in plain.content.decode()
    refused = teller.get(f"/customer-groups/{group.pk}/?view=hours&months=12&channel=atm").content.decode()
    assert "会透露少于 5 户的指标不显示" in refused


def test_by_program_squares_come_beside_those_of_everybody(bank: Bank) -> None:
    from maisui.web.staff.models import StaffUser

    client = signed_in_browser("president1", ("bank_president", ""))
    group = keep(client, "个人", PERSONS)
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


@pytest.fixture
def pencil(monkeypatch: pytest.MonkeyPatch) -> dict[Place, set[str]]:
    """Let customers move in these squares, once each; a group's hours and everybody's come from it, and nothing is kept."""
    came: dict[Place, set[str]] = {}

    def who(selection: Selection) -> dict[Place, set[str]]:
        return {place: {one for one in there if selection == EVERYBODY or one in selection.frozen} for place, there in came.items()}

    def hours(selection: Selection) -> Hours:
        return _hours(*((day, hour, len(there)) for (day, hour), there in who(selection).items() if there))

    monkeypatch.setattr(hours_in_web, "group_hours", lambda _reader, selection, *_: hours(selection))
    monkeypatch.setattr(hours_in_web, "all_hours", lambda *_: hours(EVERYBODY))
    monkeypatch.setattr(
        hours_in_web, "customers_by_hour", lambda _reader, selection, *_: {place: len(on) for place, on in who(selection).items() if on}
    )
    monkeypatch.setattr(gateway._CACHE, "get", lambda _key, compute: compute())
    return came


def frozen(name: str, numbers: list[str]) -> CustomerGroup:
    """Return a list of customers that the president shares with everybody."""
    from maisui.web.staff.models import StaffUser

    owner = StaffUser.objects.get(username="president1")
    return CustomerGroup.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code, name=name, owner=owner, rule=HOLDERS, members=numbers, is_shared=True
    )


def leader_user() -> StaffUser:
    from maisui.web.staff.models import StaffUser

    return StaffUser.objects.get(username="leader1")


def everybodys_numbers(bank: Bank) -> list[str]:
    with bank.reader() as reader:
        return [number for (number,) in reader.rows("SELECT DISTINCT customer_number FROM customer_fact_month ORDER BY 1")]


def test_hours_that_differ_by_few_customers_are_refused_to_who_sees_figures_only(bank: Bank, pencil: dict[Place, set[str]]) -> None:
    """Everybody's hours less those of all but one are that one's; so are the hours of two groups, one of which lacks one of the other."""
    president, leader = signed_in_browser("president1", ("bank_president", "")), signed_in_browser("leader1", ("union_leader", ""))
    numbers = everybodys_numbers(bank)
    pencil["1", "09"] = set(numbers)
    but_one, many, more = (frozen(*one) for one in (("少一户", numbers[1:]), ("多数", numbers[10:]), ("多一户", numbers[9:])))
    for group, other, is_shown in (
        (but_one, None, False), (many, but_one, False), (many, more, False), (more, many, False), (many, None, True), (more, None, True),
    ):  # fmt: skip
        page, token = f"/customer-groups/{group.pk}/?view=hours", token_of(leader_user())
        address = f"/api/groups/{group.pk}/hours"
        if other is not None:
            page, address = f"{page}&with={other.pk}", f"{address}?against={other.pk}"
        drawn = 'id="hours-own-title"'
        assert (drawn in leader.get(page).content.decode()) is is_shown, (group.name, other)
        assert drawn in president.get(page).content.decode(), "who may see customers sees everything"
        answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == (200 if is_shown else 400), (group.name, other)


def test_squares_of_all_but_few_are_withheld_in_the_group_and_in_everybody(bank: Bank, pencil: dict[Place, set[str]]) -> None:
    """On Monday at nine all but three of those who came are of the group: with everybody beside it, it would tell of the three."""
    president, leader = signed_in_browser("president1", ("bank_president", "")), signed_in_browser("leader1", ("union_leader", ""))
    numbers = everybodys_numbers(bank)
    inside, beside = numbers[10:], numbers[:10]
    pencil["1", "09"] = {*inside[:8], *beside[:3]}
    pencil["2", "10"] = {*inside[:10], *beside[:6]}
    pencil["3", "11"] = {*inside[:20], *beside[:6]}
    group = frozen("多数", inside)
    page = f"/customer-groups/{group.pk}/?view=hours"
    assert [row[1][9].value for heat in president.get(page).context["heats"] for row in heat.rows[:1]] == [8, 11]
    shown = leader.get(page)
    for heat in shown.context["heats"]:
        rows = [(row[1][hour], row[2]) for row, hour in zip(heat.rows[:3], (9, 10, 11), strict=True)]
        assert rows[:2] == [(None, None), (None, None)], "Tuesday at ten would otherwise give Monday's away"
        assert rows[2][0] is not None
    assert "会透露少于 5 户的格子" in shown.content.decode()
    answer = Client().get(f"/api/groups/{group.pk}/hours", headers={"Authorization": f"Bearer {token_of(leader_user())}"})
    assert [(one["weekday"], one["transaction_count"], one["base_transaction_count"]) for one in answer.json()["squares"]] == [(3, 20, 26)]


def test_squares_that_nested_groups_tell_apart_by_few_are_withheld(bank: Bank, pencil: dict[Place, set[str]]) -> None:
    """One group lies within the other and lacks ten of it; of those ten two came on Monday at nine."""
    signed_in_browser("president1", ("bank_president", ""))
    leader = signed_in_browser("leader1", ("union_leader", ""))
    numbers = everybodys_numbers(bank)
    wide, narrow, outside = numbers[6:], numbers[16:], numbers[:6]
    pencil["1", "09"] = {*narrow[:8], *numbers[6:8], *outside}
    pencil["2", "10"] = {*narrow[:10], *numbers[6:12], *outside}
    pencil["3", "11"] = {*narrow[:20], *numbers[6:16], *outside}
    group, other = frozen("窄", narrow), frozen("宽", wide)
    heats = leader.get(f"/customer-groups/{group.pk}/?view=hours&with={other.pk}").context["heats"]
    for heat in heats:
        assert [heat.rows[0][1][9], heat.rows[1][1][10]] == [None, None]
        assert heat.rows[2][1][11] is not None


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
