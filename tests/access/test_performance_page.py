"""Performance: who may see whom, that oneself is all one sees of one's own page, and that every figure is that of `ask`."""

from __future__ import annotations

import re

import pytest
from web_home import BRANCH, OTHER_BRANCH, signed_in, signed_in_browser

from maisui.web.audit.models import AuditRecord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("subject", ["teller", "manager", "branch"])
def test_every_subject_has_its_seven_items(subject: str) -> None:
    page = signed_in("bank_president").get(f"/performance/?split={subject}")
    assert page.status_code == 200
    text = page.content.decode()
    assert [text.count(f"<dt>{number}. ") for number in range(1, 8)] == [1] * 7 or "补录" in text


@pytest.mark.parametrize("subject", ["teller", "manager", "branch"])
def test_no_place_of_the_table_is_empty_without_a_reason(subject: str) -> None:
    """Each cell has a figure, or — or n/a with the reason behind it; the line of nobody and the total as well."""
    text = signed_in("bank_president").get(f"/performance/?split={subject}").content.decode()
    cells = re.findall(r'<td class="number">(.*?)</td>', text, re.DOTALL)
    assert cells
    for cell in cells:
        shown = re.sub(r"<[^>]*>", "", cell).strip()
        assert shown
        assert shown not in {"—", "不适用"} or re.search(r'title="[^"]+"', cell), cell


def test_an_unknown_subject_is_told() -> None:
    assert "there is no such subject" in signed_in("bank_president").get("/performance/?split=driver").content.decode()


def test_a_branch_sees_its_own_people_only() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/performance/?org={BRANCH}").status_code == 200
    assert manager.get(f"/performance/?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/performance/export.xlsx?org={OTHER_BRANCH}").status_code == 404
    assert manager.get("/performance/person/nobody/").status_code == 404


@pytest.mark.parametrize("role", ["teller", "customer_manager", "data_engineer"])
def test_who_leads_nobody_sees_nobody(role: str) -> None:
    client = signed_in(role, BRANCH if role != "data_engineer" else "")
    assert client.get("/performance/").status_code == 403
    assert client.get("/performance/person/E1/").status_code == 403


_BY_PEOPLE = (
    "/self-service/?m=managed_deposit_balance&rows=manager",
    "/self-service/?m=managed_deposit_balance&rows=organisation&cols=person",
    "/self-service/?m=teller_transaction_count&rows=teller",
    "/drivers/?metric=managed_loan_balance&split=manager",
    "/contribution/?split=manager",
)


def test_no_page_of_figures_is_split_by_people_for_who_may_not_see_them() -> None:
    """A colleague's figure is refused on every page, and no page offers the split; who leads sees his own people and no others."""
    manager, head = signed_in_browser("one", ("customer_manager", BRANCH)), signed_in_browser("two", ("branch_manager", BRANCH))
    for address in _BY_PEOPLE:
        assert manager.get(address).status_code == 403, address
        assert head.get(address).status_code == 200, address
        assert head.get(f"{address}&org={OTHER_BRANCH}").status_code == 404, address
        offered = manager.get(address.split("?", 1)[0]).content.decode()
        assert "split=manager" not in offered
        assert 'value="manager"' not in offered
    assert AuditRecord.objects.filter(result="refused", actor_username="one").count() >= len(_BY_PEOPLE), "attempts are on record"


def test_targets_of_people_are_shown_to_who_may_see_people() -> None:
    from django.conf import settings

    from maisui.answers import Comparison, Period, Question
    from maisui.web.access.scope import NotAllowedError, NotVisibleError, Viewer
    from maisui.web.gateway import Gateway
    from maisui.web.pages.targets.figures import split_below
    from maisui.web.pages.targets.state import TargetState

    def gateway(role: str) -> Gateway:
        return Gateway(settings.BANK, Viewer("a", "a", "", ((role, BRANCH),)))

    assert split_below(gateway("teller"), TargetState()) == ()
    assert split_below(gateway("branch_manager"), TargetState()) == ("manager",)
    with pytest.raises(NotAllowedError):
        gateway("teller").targets(organisation=None, day=None, period=Period.MONTH, by=("manager",))
    by_person = Question("managed_deposit_balance", ("person",))
    with pytest.raises(NotAllowedError):
        gateway("customer_manager").ask(by_person)
    by_manager = Question("managed_deposit_balance", ("manager",))
    with pytest.raises(NotAllowedError):
        gateway("customer_manager").movement(by_manager, Comparison.PREVIOUS_MONTH, {"manager": "E1"})
    with pytest.raises(NotVisibleError):
        gateway("branch_manager").ask(Question("managed_deposit_balance", ("person",), OTHER_BRANCH))


def test_without_an_employee_number_nothing_is_ones_own() -> None:
    page = signed_in("teller", BRANCH).get("/my-performance/")
    assert page.status_code == 200
    assert "没有登记工号" in page.content.decode()


def test_a_number_that_no_file_knows_is_told() -> None:
    page = signed_in("teller", BRANCH, employee_number="X999").get("/my-performance/")
    assert "X999" in page.content.decode()


def test_the_workbook_is_recorded() -> None:
    book = signed_in("bank_president").get("/performance/export.xlsx?split=branch")
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')
    assert AuditRecord.objects.filter(object_type="performance").exists()


def test_the_scheme_is_tried_in_the_address_and_narrowed_to_ones_own() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get("/performance-scheme/?cap=1.5").status_code == 200
    assert "does not pass" in manager.get("/performance-scheme/?cap=much").content.decode()
    assert manager.get(f"/performance-scheme/?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/performance-scheme/export.xlsx?org={OTHER_BRANCH}").status_code == 404
    assert manager.get("/performance-scheme/export.xlsx").status_code == 200
