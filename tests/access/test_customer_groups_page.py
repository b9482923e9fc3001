"""Customer groups: built, kept, frozen, shared, told why; each reader within his own organisations, few customers withheld."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from customers_home import BY_NUMBER, PEOPLE, customers_home
from django.test import Client
from web_home import make_person, signed_in_browser, token_of, without_tokens

from maisui.answers import Bank
from maisui.web.groups.models import CustomerGroup, GroupState

pytestmark = pytest.mark.django_db
GROUPS, BUILD, SAVE = "/customer-groups/", "/customer-groups/build/", "/customer-groups/save/"
HOLDERS = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "is_holder", "is": "yes"}]}
FIRMS = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "customer_kind", "is": "is", "value": "corporate"}]}


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def records(action: str):
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence"))


def keep(client: Client, rule: dict[str, object], name: str = "第一群", **more: str) -> CustomerGroup:
    """Keep a rule and return the group."""
    answer = client.post(SAVE, {"rule": json.dumps(rule), "name": name, **more})
    assert answer.status_code == 302
    return CustomerGroup.objects.get(name=name)


def share(client: Client, group: CustomerGroup, **said: str) -> None:
    """Share a group."""
    assert client.post(f"{GROUPS}{group.pk}/share/", {"shared": "yes", **said}).status_code == 302


def firms_at_home(*outlets: str) -> list[str]:
    return [person.number for person in PEOPLE if person.kind == "corporate" and person.home in outlets]


def test_a_condition_is_added_by_the_form_and_taken_out_by_a_link() -> None:
    """The form leads to the address of the longer rule; the page there counts, and links to the shorter one."""
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    added = client.get(
        BUILD, {"rule": json.dumps(HOLDERS), "into": "r", "field": "asset_average_balance", "is": "at_least", "value": "1,000"}
    )
    assert added.status_code == 302
    rule = json.loads(parse_qs(urlsplit(added["Location"]).query)["rule"][0])
    assert rule["of"][1] == {"id": "c2", "field": "asset_average_balance", "is": "at_least", "value": "1000"}
    page = client.get(added["Location"]).content.decode()
    assert "金融资产日均不低于 1,000 元" in page
    assert "是：有未销账户" in page
    assert client.get(BUILD, {"part": "inputs", "field": "channel"}).content.count(b"<option") > 5
    assert client.get(BUILD, {"rule": '{"id":"r","join":"all","of":[{"id":"c1","field":"1=1","is":"yes"}]}'}).status_code == 400
    assert client.get(BUILD, {"rule": "{"}).status_code == 400


def test_a_group_is_kept_with_every_state_and_shows_what_the_rows_say(bank) -> None:
    """38 customers hold an account; after the change the eight firms are meant, and both states are kept."""
    del bank
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(client, HOLDERS, purpose="试一试")
    assert GroupState.objects.get(group=group).customer_count == 37
    keep(client, FIRMS, group=str(group.pk))
    assert [(state.number, state.customer_count) for state in GroupState.objects.filter(group=group)] == [(2, 8), (1, 37)]
    assert [json.loads(record.details)["count"] for record in records("group_save")] == [37, 8]
    page = client.get(f"{GROUPS}{group.pk}/").content.decode()
    assert "客户大类 对公" in page
    for view in ("value", "behaviour", "churn", "risk", "flow", "members"):
        assert client.get(f"{GROUPS}{group.pk}/", {"view": view}).status_code == 200
    assert client.get(f"{GROUPS}{group.pk}/", {"view": "nothing"}).status_code == 400
    assert client.get(f"{GROUPS}{group.pk}/export.xlsx").status_code == 200


def test_a_name_a_condition_and_a_rule_that_means_something_are_asked_for() -> None:
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    for name, rule in (("", HOLDERS), ("x" * 61, HOLDERS), ("空群", {"id": "r", "join": "all", "of": []})):
        assert client.post(SAVE, {"rule": json.dumps(rule), "name": name}).status_code == 302
    assert client.post(SAVE, {"rule": "no rule", "name": "群"}).status_code == 400
    assert not CustomerGroup.objects.exists()


def test_a_shared_group_shows_each_reader_his_own_customers_only(bank) -> None:
    """Eight firms in all; the manager of B1 sees those at home in B1 and B3, masked, and they alone are recorded."""
    del bank
    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    manager = signed_in_browser("manager2", ("branch_manager", "B1"))
    assert manager.get(f"{GROUPS}{group.pk}/").status_code == 404, "not shared yet"
    share(owner, group)
    page = manager.get(f"{GROUPS}{group.pk}/", {"view": "members"})
    wanted = firms_at_home("B1", "B3")
    assert 0 < len(wanted) < 8
    assert sorted(json.loads(records("group_list")[-1].details)["customers"]) == sorted(wanted)
    assert not [number for number in BY_NUMBER if number in without_tokens(page.content).decode()]
    assert manager.post(SAVE, {"rule": json.dumps(HOLDERS), "name": "偷改", "group": str(group.pk)}).status_code == 404, "not his own"
    assert manager.post(f"{GROUPS}{group.pk}/forget/").status_code == 404


def test_who_joined_is_shown_within_ones_organisations_masked_and_recorded() -> None:
    """Nobody who may not see customers gets the months; the sheet holds what the screen shows, and every look is recorded first."""
    owner, manager = signed_in_browser("analyst1", ("department_analyst", "")), signed_in_browser("manager2", ("branch_manager", "B1"))
    leader = signed_in_browser("leader1", ("union_leader", ""))
    group = keep(owner, HOLDERS)
    share(owner, group)
    changes = {"view": "changes"}
    page = manager.get(f"{GROUPS}{group.pk}/", changes)
    assert page.status_code == 200
    assert "按月加入与离开" in page.content.decode()
    assert not [number for number in BY_NUMBER if number in without_tokens(page.content).decode()]
    last = json.loads(records("group_list")[-1].details)
    assert last["change"] == "joined"
    assert all(BY_NUMBER[number].home in ("B1", "B3") for number in last["customers"])
    assert owner.get(f"{GROUPS}{group.pk}/export.xlsx", changes).status_code == 200
    assert owner.get(f"{GROUPS}{group.pk}/", {**changes, "month": "1999-01-31"}).status_code == 400
    assert leader.get(f"{GROUPS}{group.pk}/", changes).status_code == 403
    assert owner.post(f"{GROUPS}{group.pk}/freeze/").status_code == 302
    assert "固定名单不随时间变化" in owner.get(f"{GROUPS}{group.pk}/", changes).content.decode()


def test_sharing_ends_at_a_role_and_at_an_organisation(bank) -> None:
    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    offered = owner.get(f"{GROUPS}{group.pk}/").content.decode().partition('name="organisation"')[2].partition("</select>")[0]
    with bank.reader() as reader:
        outlets = [code for (code,) in reader.rows("SELECT organisation_code FROM organisation ORDER BY 1")]
    assert sorted(re.findall(r'value="([^"]+)"', offered)) == outlets, "organisations, and nothing else that rules name"
    of_b1, of_b2 = signed_in_browser("manager2", ("branch_manager", "B1")), signed_in_browser("manager3", ("branch_manager", "B2"))
    share(owner, group, role="customer_manager")
    assert of_b1.get(f"{GROUPS}{group.pk}/").status_code == 404
    share(owner, group, organisation="B1")
    assert of_b1.get(f"{GROUPS}{group.pk}/").status_code == 200
    assert of_b2.get(f"{GROUPS}{group.pk}/").status_code == 404
    assert of_b2.get(GROUPS).content.count(group.name.encode()) == 0
    assert owner.post(f"{GROUPS}{group.pk}/share/", {"shared": "yes", "organisation": "nowhere"}).status_code == 404


def test_saving_the_sharing_says_what_holds() -> None:
    """A role chosen without the tick shares nothing, and was saved without a word."""
    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    address = f"{GROUPS}{keep(owner, FIRMS).pk}/share/"
    assert "未共享，只有本人可见" in owner.post(address, {"role": "customer_manager"}, follow=True).content.decode()
    text = owner.post(address, {"shared": "yes", "role": "customer_manager"}, follow=True).content.decode()
    assert "已共享：同事打开时只见自己辖内的客户" in text
    assert "未共享" not in text


def test_who_may_not_see_customers_sees_no_few_of_them(bank) -> None:
    """The union's leader sees figures of a shared group, no customers, and no line of fewer than five."""
    from maisui.web.gateway import Gateway
    from maisui.web.staff.models import StaffUser
    from maisui.web.staff.viewer import viewer_of

    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    share(owner, group)
    leader = signed_in_browser("leader1", ("union_leader", ""))
    assert leader.get(f"{GROUPS}{group.pk}/").status_code == 200
    assert leader.get(f"{GROUPS}{group.pk}/", {"view": "members"}).status_code == 403
    assert leader.get(BUILD).status_code == 403
    user = StaffUser.objects.get(username="leader1")
    desk = Gateway(bank, viewer_of(user, bank.home.legal_entity_code)).groups(user)
    view = desk.view("composition", desk.selection(group))
    lines = [line for table in view.tables for line in table.lines]
    assert lines
    assert all(line.count == 0 or line.count >= 5 for line in lines)
    keep(owner, FIRMS | {"of": [*FIRMS["of"], {"id": "c2", "field": "organisation", "is": "is", "value": "B3"}]}, name="小群")
    small = CustomerGroup.objects.get(name="小群")
    share(owner, small)
    assert 0 < len(firms_at_home("B3")) < 5
    page = leader.get(f"{GROUPS}{small.pk}/").content.decode()
    assert "少于 5 户" in page
    nearly = keep(owner, HOLDERS, name="几乎全部")
    share(owner, nearly)
    for tab in ("composition", "hours"):
        page = leader.get(f"{GROUPS}{nearly.pk}/", {"view": tab}).content.decode()
        assert page.count("会透露少于 5 户的指标不显示（本群、其余客户，或只在两群之一的客户）") == 2, "37 of 41: the size and the view"
        assert "少于 5 户的客户群" not in page


def test_a_group_of_all_but_few_is_refused_to_who_sees_figures_only(bank) -> None:
    """Everybody's figures less those of all but three are the figures of three; of two groups that differ by three it is the same."""
    from maisui.answers import EVERYBODY, Selection
    from maisui.errors import QuestionError
    from maisui.web.gateway import Gateway
    from maisui.web.staff.viewer import viewer_of

    entity = bank.home.legal_entity_code
    analyst, leader = make_person("analyst1", ("department_analyst", "")).user, make_person("leader1", ("union_leader", "")).user
    seeing, counting = (Gateway(bank, viewer_of(user, entity)).groups(user) for user in (analyst, leader))
    whole = seeing.size(EVERYBODY).customer_count
    numbers = seeing.numbers(EVERYBODY)
    assert len(numbers) == whole > 20
    nearly, fewer = Selection(frozen=numbers[:-3]), Selection(frozen=numbers[:-6])
    assert seeing.size(nearly).customer_count == seeing.view("composition", nearly).count == whole - 3
    for asked in (
        lambda: counting.size(nearly),
        lambda: counting.view("composition", nearly),
        lambda: counting.view("value", fewer, nearly),
    ):
        with pytest.raises(QuestionError, match="fewer than 5"):
            asked()
    assert counting.size(fewer).customer_count == counting.view("composition", fewer).count == whole - 6
    third = Selection(frozen=numbers[:-9])
    assert (counting.size(fewer, third).other_count, seeing.size(fewer, third).other_count) == (None, whole - 9), "they differ by three"
    with pytest.raises(QuestionError, match="fewer than 5"):
        counting.view("composition", fewer, third)


def test_a_frozen_group_keeps_its_numbers_and_a_change_makes_it_living_again(bank) -> None:
    del bank
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(client, FIRMS)
    assert client.post(f"{GROUPS}{group.pk}/freeze/").status_code == 302
    group.refresh_from_db()
    assert sorted(group.members) == sorted(firms_at_home("B1", "B2", "B3"))
    assert group.state_number == 2
    assert "固定名单" in client.get(f"{GROUPS}{group.pk}/").content.decode()
    keep(client, HOLDERS, group=str(group.pk))
    group.refresh_from_db()
    assert group.members is None


def test_why_in_and_why_not_says_each_condition_of_a_customer_in_sight(bank) -> None:
    from maisui.web.access.sealed import reference_of

    del bank
    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    share(owner, group)
    firm, person = firms_at_home("B1")[0], next(one.number for one in PEOPLE if one.kind == "personal" and one.home == "B1")
    told = owner.get(f"{GROUPS}{group.pk}/", {"view": "why", "customer": reference_of(firm)}).content.decode()
    assert "在群中" in told
    assert "✓" in told
    told = owner.get(f"{GROUPS}{group.pk}/", {"view": "why", "customer": reference_of(person)}).content.decode()
    assert "不在群中" in told
    assert "✗" in told
    elsewhere = signed_in_browser("manager3", ("branch_manager", "B2"))
    assert elsewhere.get(f"{GROUPS}{group.pk}/", {"view": "why", "customer": reference_of(firm)}).status_code == 404
    assert elsewhere.get(f"{GROUPS}{group.pk}/", {"view": "why", "customer": "no-reference"}).status_code == 404


def test_why_not_is_asked_by_the_number_of_a_customer_who_is_on_no_list_of_the_group(bank) -> None:
    del bank
    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    person = next(one.number for one in PEOPLE if one.kind == "personal" and one.home == "B1")
    ask = f"{GROUPS}{group.pk}/why/"
    assert f'action="{ask}"' in owner.get(f"{GROUPS}{group.pk}/?view=members").content.decode()
    answer = owner.post(ask, {"customer_number": f" {person} "}, follow=True)
    assert "不在群中" in answer.content.decode()
    assert person not in answer.redirect_chain[0][0]
    share(owner, group)
    elsewhere = signed_in_browser("manager3", ("branch_manager", "B2"))
    for browser, number in ((owner, "C99999"), (elsewhere, person)):
        assert "没有该客户，或不在您的范围内" in browser.post(ask, {"customer_number": number}, follow=True).content.decode()


def test_ties_to_a_group_are_sought_among_the_customers_in_sight(bank) -> None:
    """Whoever sees one outlet learns of nobody elsewhere by being tied to him: not even of members of a group shared with him."""
    from maisui.answers import rule_of
    from maisui.web.gateway import Gateway
    from maisui.web.staff.models import StaffUser
    from maisui.web.staff.viewer import viewer_of

    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    group = keep(owner, FIRMS)
    share(owner, group)
    rule = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "tied_guarantor", "is": "is", "value": str(group.pk)}]}
    elsewhere = signed_in_browser("manager3", ("branch_manager", "B2"))
    assert keep(elsewhere, rule, name="有担保").rule == rule
    page = elsewhere.get(BUILD, {"rule": json.dumps(rule)}).content.decode()
    assert f"为其担保的人中有人属于客户群 {group.name}" in page
    for username, places in (("analyst1", None), ("manager3", ("B2",))):
        user = StaffUser.objects.get(username=username)
        asked = Gateway(bank, viewer_of(user, bank.home.legal_entity_code)).groups(user).selection_of(rule_of(rule))
        assert asked.organisations == asked.groups[str(group.pk)].organisations == places


def test_groups_that_name_each_other_in_a_ring_are_refused() -> None:
    client = signed_in_browser("analyst1", ("department_analyst", ""))
    first = keep(client, FIRMS)
    named = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "group", "is": "is", "value": str(first.pk)}]}
    second = keep(client, named, name="第二群")
    ring = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "group", "is": "is", "value": str(second.pk)}]}
    assert client.post(SAVE, {"rule": json.dumps(ring), "name": first.name, "group": str(first.pk)}).status_code == 400
    page = client.get(f"{GROUPS}{second.pk}/", {"with": str(first.pk)})
    assert "属于客户群 第一群" in page.content.decode()
    assert client.post(f"{GROUPS}{first.pk}/forget/").status_code == 302
    assert client.get(GROUPS).status_code == 200, "a group that names one which is gone is listed without a size"


def test_a_token_tells_groups_as_figures_only_and_withholds_few() -> None:
    """Its owner may see customers, a token never may: sizes and views as for who sees figures only."""
    from maisui.web.staff.models import StaffUser

    owner = signed_in_browser("analyst1", ("department_analyst", ""))
    firms = keep(owner, FIRMS)
    small = keep(owner, FIRMS | {"of": [*FIRMS["of"], {"id": "c2", "field": "organisation", "is": "is", "value": "B3"}]}, name="小群")
    user = StaffUser.objects.get(username="analyst1")
    token = token_of(user, "figure_view")

    def ask(address: str, given: str = token):
        return Client().get(f"/api/groups{address}", headers={"Authorization": f"Bearer {given}"})

    listed = {one["number"]: one for one in ask("").json()}
    assert listed[firms.pk]["customer_count"] == sum(person.kind == "corporate" for person in PEOPLE)
    assert (listed[firms.pk]["rule_zh"], listed[firms.pk]["rule_en"]) == ("客户大类 对公", "Kind of customer Corporate")
    assert listed[small.pk]["customer_count"] is None, "fewer than five"
    assert ask(f"/{firms.pk}").json() == listed[firms.pk]
    for view in ("composition", "value", "behaviour", "churn", "risk", "flow"):
        answer = ask(f"/{firms.pk}/views/{view}")
        assert answer.status_code == 200, answer.content
        counts = [line["customer_count"] for table in answer.json()["tables"] for line in table["lines"]]
        assert all(count == 0 or count >= 5 for count in counts)
        assert not [number for number in BY_NUMBER if number in answer.content.decode()]
    assert ask(f"/{small.pk}/views/value").status_code == 400
    assert ask(f"/{firms.pk}/views/value?against={small.pk}").status_code == 400, "what it is held against is too small as well"
    assert [ask(f"/{firms.pk}/views/nothing").status_code, ask("/999").status_code, ask("", "maisui_wrong").status_code] == [400, 404, 401]
