"""The pages of channels: they stand without a channel log, show nobody else's outlet, and record who looks at customers."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, forget_answers, make_person, sign_in, signed_in

from maisui.answers import ChannelList, ChannelListQuery, list_channel_customers
from maisui.answers.channel_customers import ChannelCustomer, ChannelCustomers
from maisui.web import channel_desk
from maisui.web.audit.models import AuditRecord
from maisui.web.channel_desk import ChannelDesk
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.substitution import figures

pytestmark = pytest.mark.django_db
PAGES = ("channels", "substitution", "card-use", "terminals", "merchants", "channel-adoption", "counter-staffing", "catchment")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_and_a_branch_sees_its_own_alone(page: str) -> None:
    assert signed_in("bank_president").get(f"/{page}/").status_code == 200
    manager = Client()
    sign_in(manager, make_person("another", ("branch_manager", BRANCH)))
    assert manager.get(f"/{page}/?org={BRANCH}").status_code == 200
    assert manager.get(f"/{page}/?org={OTHER_BRANCH}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_taken_out_as_it_stands(page: str) -> None:
    given = signed_in("bank_president").get(f"/{page}/export.xlsx")
    assert given.status_code == 200
    assert given["Content-Disposition"].startswith('attachment; filename="maisui-')


def test_the_hours_say_what_they_cannot_be_narrowed_by() -> None:
    president = signed_in("bank_president")
    assert president.get("/channels/?within=channel:counter&split=amount").status_code == 200
    assert "hours cannot be narrowed by" in president.get("/channels/?within=colour:red").content.decode()


@pytest.mark.parametrize("address", ["/substitution/customers/", "/card-use/customers/"])
def test_every_look_at_a_list_of_customers_is_recorded(address: str) -> None:
    before = AuditRecord.objects.filter(action="channel_list").count()
    assert signed_in("branch_manager", BRANCH).get(address).status_code == 200
    assert AuditRecord.objects.filter(action="channel_list").count() == before + 1


@pytest.mark.parametrize("address", ["/substitution/customers/", "/card-use/customers/"])
def test_who_is_to_be_guided_is_shown_with_his_consent(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No consent is delivered in this home: whoever is on the list has not agreed."""
    forget_answers(monkeypatch)
    with settings.BANK.reader() as reader:
        ((number, name, kind),) = reader.rows("SELECT customer_number, customer_name, customer_kind FROM customer ORDER BY 1 LIMIT 1")

    def listed(reader: object, query: ChannelListQuery) -> ChannelCustomers:
        row = ChannelCustomer(number, name, kind, "", 5, 5, LAST_DAY, None)
        return ChannelCustomers(query, LAST_DAY, LAST_DAY, 1, 1, (row,))

    monkeypatch.setattr(channel_desk, "list_channel_customers", listed)
    answer = signed_in("bank_president").get(address)
    assert [str(consent.said) for _, consent in answer.context["rows"]] == ["未同意营销"]
    assert answer.content.decode().count("未同意营销") == 1


@pytest.mark.parametrize(("page", "kind"), [("substitution", ChannelList.COUNTER), ("card-use", ChannelList.ELSEWHERE)])
def test_the_whole_list_becomes_a_group_of_the_very_customers_listed(page: str, kind: ChannelList) -> None:
    president = signed_in("bank_president")
    with settings.BANK.reader() as reader:
        listed = {row.customer_number for row in list_channel_customers(reader, ChannelListQuery(kind, size=200)).rows}
    answer = president.post(f"/{page}/customers/chosen/", {"act": "group", "whole": "yes", "group_name": "名单"})
    if listed:
        group = CustomerGroup.objects.get()
        assert answer["Location"] == f"/customer-groups/{group.pk}/"
        assert set(group.members or ()) == listed
    else:
        assert answer["Location"] == f"/{page}/customers/?"
        assert not CustomerGroup.objects.exists()
    taken = president.post(f"/{page}/customers/chosen/", {"act": "export", "whole": "yes"}, follow=True)
    assert "整份名单请先建群" in taken.content.decode()
    teller = Client()
    sign_in(teller, make_person("another", ("teller", BRANCH)))
    assert teller.post(f"/{page}/customers/chosen/", {"act": "group", "whole": "yes"}).status_code == 403


@pytest.mark.parametrize(("first", "is_short"), [(date(2025, 10, 2), True), (date(2025, 10, 1), False)])
def test_quarters_are_compared_only_where_the_history_holds_both(monkeypatch: pytest.MonkeyPatch, first: date, is_short: bool) -> None:
    """The quarter before that up to March 2026 is October to December 2025: a day less, and customers would seem to have used nothing."""
    monkeypatch.setattr(figures, "first_day_of", lambda _: first)
    monkeypatch.setattr(ChannelDesk, "migration", lambda *_: {("counter", "atm"): 7})
    president = signed_in("bank_president")
    text = president.get("/substitution/").content.decode()
    assert ("前三个月不完整，不能比较主渠道" in text) is is_short
    assert ("离开柜面 7 户" in text) is not is_short
    sheet = load_workbook(BytesIO(president.get("/substitution/export.xlsx").content))["主渠道迁移"]
    assert any("不能比较主渠道" in str(value) for row in sheet.values for value in row) is is_short
