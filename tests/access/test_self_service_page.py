"""The self-service table: equal to what is asked one by one, closed to others' organisations, kept and shared as an address only."""

from __future__ import annotations

import html
import re
import shlex
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from web_home import BRANCH, HEAD, OTHER_BRANCH, make_person, sign_in, signed_in_browser

from maisui.web.archive.models import SavedView

pytestmark = pytest.mark.django_db


@pytest.fixture
def president() -> Client:
    return signed_in_browser("somebody", ("bank_president", ""))


def figures_of(page: str) -> list[str]:
    """Return the exact figures that stand in the table, as they are shown on hover."""
    return re.findall(r'title="([^"]*元)"', page)


def test_without_metrics_the_page_offers_tables_to_begin_with(president: Client) -> None:
    page = president.get("/self-service/")
    assert page.status_code == 200
    assert page.content.decode().count("?m=") >= 4


def test_a_split_and_its_whole_are_the_figures_of_the_interface(president: Client) -> None:
    """Each line of deposits by outlet is on the page to the cent, and so is the whole."""
    from maisui.answers import Question, ask
    from maisui.web.settings import BANK

    page = president.get("/self-service/?m=deposit_balance&rows=organisation").content.decode()
    with BANK.reader() as reader:
        lines = ask(reader, Question("deposit_balance", ("organisation",))).rows
        whole = ask(reader, Question("deposit_balance")).rows[0].value
    shown = figures_of(page)
    assert len(lines) > 1
    for line in lines:
        assert f"{line.value:,.2f} 元" in shown
    assert f"{whole:,.2f} 元" in shown


def test_columns_may_be_the_last_months(president: Client) -> None:
    page = president.get("/self-service/?m=deposit_balance&m=npl_ratio&rows=child&cols=time&months=3").content.decode()
    for name in ("存款时点余额", "不良贷款率"):
        assert re.findall(rf"{name} (\d{{4}}-\d\d-\d\d)", page) == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_a_metric_has_no_column_under_a_value_of_which_it_says_nothing(president: Client) -> None:
    """Deposits stand under the kinds of deposits and loans under those of loans: on the page, its bar's column in front, and in the workbook."""
    from maisui.answers import Question, ask
    from maisui.web.settings import BANK

    with BANK.reader() as reader:
        groups = {
            code: {row.dimensions["product_group"] for row in ask(reader, Question(code, ("product_group",))).rows if row.value is not None}
            for code in ("deposit_balance", "loan_balance")
        }
    count = sum(map(len, groups.values()))
    assert not groups["deposit_balance"] & groups["loan_balance"]
    address = "m=deposit_balance&m=loan_balance&rows=child&cols=product_group"
    page = president.get(f"/self-service/?{address}").content.decode()
    assert len(re.findall(r'<th scope="col" class="number"><a href="\?m=', page)) == count
    sheet = load_workbook(BytesIO(president.get(f"/self-service/export.xlsx?{address}").content)).worksheets[0]
    heads = [
        str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row if str(cell.value).startswith(("存款时点余额 ", "贷款余额 "))
    ]
    assert len(heads) == count


def test_a_ratio_that_exists_nowhere_leaves_lines_without_columns(president: Client) -> None:
    """An outlet without loans has no share of bad ones, in whatever way it is split."""
    page = president.get(f"/self-service/?m=npl_ratio&rows=organisation&cols=customer_kind&org={BRANCH}")
    assert page.status_code == 200
    assert president.get(f"/self-service/export.xlsx?m=npl_ratio&rows=organisation&cols=customer_kind&org={BRANCH}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "?m=nothing",
        "?m=deposit_balance&rows=channel",
        "?m=deposit_balance&cols=colour",
        "?m=deposit_balance&sort=99",
        "?m=deposit_balance&months=7",
        "?m=deposit_balance&cols=time&months=%C2%B2",
        "?m=deposit_balance&sort=%C2%B2",
        f"?m=deposit_balance&sort={'9' * 5_000}",
        f"?m=deposit_balance&cols=time&months={'9' * 5_000}",
    ],
)
def test_what_means_nothing_is_told_and_breaks_nothing(president: Client, address: str) -> None:
    assert president.get(f"/self-service/{address}").status_code in (200, 400, 422)


def test_too_many_metrics_are_refused(president: Client) -> None:
    many = "&".join(f"m=metric_{number}" for number in range(9))
    assert president.get(f"/self-service/?{many}").status_code in (400, 422)


def test_a_branch_sees_only_its_own(president: Client) -> None:
    manager = signed_in_browser("branch", ("branch_manager", BRANCH))
    page = manager.get("/self-service/?m=deposit_balance&rows=organisation").content.decode()
    assert OTHER_BRANCH not in re.findall(r'value="(B\d)"', page)
    for part in ("", "export.xlsx"):
        assert manager.get(f"/self-service/{part}?m=deposit_balance&org={OTHER_BRANCH}").status_code in (200, 404)
        content = manager.get(f"/self-service/{part}?m=deposit_balance&org={OTHER_BRANCH}")
        assert content.status_code == 404 or '元"' not in content.content.decode()


def test_a_kept_table_is_its_owners_until_he_shares_it(president: Client) -> None:
    colleague = signed_in_browser("colleague", ("department_analyst", ""))
    president.post("/self-service/keep/?m=deposit_balance&rows=child", {"name": "存款 一览"})
    assert [view.is_shared for view in SavedView.objects.all()] == [False]
    assert "存款 一览" not in colleague.get("/self-service/").content.decode()
    president.post("/self-service/keep/?m=loan_balance", {"name": "存款 一览", "shared": "everybody"})
    (kept,) = SavedView.objects.all()
    assert (kept.is_shared, kept.query) == (True, "m=loan_balance")
    assert "存款 一览" in colleague.get("/self-service/").content.decode()
    assert colleague.post(f"/self-service/forget/{kept.pk}/").status_code == 404
    assert president.post(f"/self-service/forget/{kept.pk}/").status_code == 302
    assert SavedView.objects.count() == 0


def test_a_table_without_a_name_is_not_kept(president: Client) -> None:
    president.post("/self-service/keep/?m=deposit_balance", {"name": "   "})
    assert SavedView.objects.count() == 0


def test_the_workbook_holds_every_line(president: Client) -> None:
    book = president.get(f"/self-service/export.xlsx?m=deposit_balance&rows=organisation&org={HEAD}")
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')


def test_a_view_is_shared_with_a_role_or_an_organisation_and_opens_within_ones_own_scope(client: Client) -> None:
    president, manager, other, clerk = (
        (Client(), make_person(name, holding))
        for name, holding in (
            ("boss", ("bank_president", "")), ("manager", ("branch_manager", BRANCH)), ("other", ("branch_manager", OTHER_BRANCH)), ("clerk", ("customer_manager", BRANCH)),
        )
    )  # fmt: skip
    for one, person in (president, manager, other, clerk):
        sign_in(one, person)

    def seen(name: str) -> list[bool]:
        return [name in one.get("/self-service/").content.decode() for one, _ in (president, manager, other, clerk)]

    keep = f"/self-service/keep/?m=deposit_balance&org={HEAD}"
    president[0].post(keep, {"name": "给网点负责人", "shared": "role:branch_manager"})
    president[0].post(keep, {"name": "给一家网点", "shared": f"organisation:{BRANCH}"})
    president[0].post(keep, {"name": "给总行及下级", "shared": f"organisation:{HEAD}"})
    president[0].post(keep, {"name": "只给自己", "shared": "nobody:x"})
    assert seen("给网点负责人") == [True, True, True, False]
    assert seen("给一家网点") == [True, True, False, True]
    assert seen("给总行及下级") == [True, True, True, True]
    assert seen("只给自己") == [True, False, False, False]

    page = manager[0].get("/self-service/").content.decode()
    assert f"org={HEAD}" not in page, "an organisation that is not his gives way to his own"
    assert manager[0].get("/self-service/?m=deposit_balance").status_code == 200
    assert f"org={HEAD}" in president[0].get("/self-service/").content.decode()
    refused = manager[0].post("/self-service/keep/?m=deposit_balance", {"name": "给别家", "shared": f"organisation:{OTHER_BRANCH}"})
    assert refused.status_code == 404


CHOSEN = f"m=deposit_balance&m=loan_balance&rows=product_group&cols=organisation&org={HEAD}&date=2026-02-28&period=quarter&view=as-is"


def test_the_same_by_program_asks_everything_that_the_address_says(president: Client) -> None:
    """Whichever view of closed outlets, day and period is chosen, the call that is shown asks the same."""
    page = html.unescape(president.get(f"/self-service/?{CHOSEN}").content.decode())
    asked = f"by=product_group&by=organisation&org={HEAD}&date=2026-02-28&period=quarter&view=as-is"
    assert [f"GET /api/figures/{code}?{asked}" in page for code in ("deposit_balance", "loan_balance")] == [True, True]
    words = shlex.split(re.findall(r"<code>(maisui ask deposit_balance .*?)</code>", page)[0])
    assert words[3:] == [
        "--by", "product_group", "--by", "organisation", "--org", HEAD, "--date", "2026-02-28", "--period", "quarter", "--view", "as-is", "--json",
    ]  # fmt: skip


def test_the_same_by_program_names_the_month_ends_of_its_columns(president: Client) -> None:
    page = president.get("/self-service/?m=deposit_balance&cols=time&months=3").content.decode()
    assert "2026-01-31 · 2026-02-28 · 2026-03-31" in page
    assert "2026-01-31 · " not in president.get("/self-service/?m=deposit_balance").content.decode()


def test_columns_that_do_not_fit_on_the_page_are_told_and_taken_out(president: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook holds every column and what it adds up to, and its lines stand in the order of the page."""
    from maisui.answers import Question, ask
    from maisui.web.pages.self_service import page, table
    from maisui.web.settings import BANK

    address = f"m=deposit_balance&m=deposit_average_daily_balance&rows=product_group&cols=organisation&org={HEAD}&sort=%2B1"
    with BANK.reader() as reader:
        by_outlet, averages = (
            {tuple(row.dimensions.values()): row.value for row in ask(reader, Question(code, by)).rows}
            for code, by in (("deposit_balance", ("organisation",)), ("deposit_average_daily_balance", ("product_group", "organisation")))
        )
    first, *others = sorted(by_outlet)
    assert others
    assert "列共" not in president.get(f"/self-service/?{address}").content.decode()
    for module in (page, table):
        monkeypatch.setattr(module, "MOST_COLUMNS", 1)
    assert f"列共 {len(by_outlet)} 个值，显示前 1 个，导出为全部" in president.get(f"/self-service/?{address}").content.decode()
    book = load_workbook(BytesIO(president.get(f"/self-service/export.xlsx?{address}").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    (at,) = (number for number, row in enumerate(rows) if row[0] == "合计")
    assert [float(value) for value in rows[at][2:] if value is not None][: len(by_outlet)] == [
        float(by_outlet[one]) for one in sorted(by_outlet)
    ]
    groups = [str(row[0]) for row in rows[at + 1 :]]
    assert groups == sorted(groups, key=lambda group: (averages.get((group, *first)) is None, averages.get((group, *first)) or 0, group))


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("export_rows", 1, "行，一次最多导出 1 行；请少拆分一个维度或选一家机构"),
        ("MOST_VALUES", 1, "个值，一次最多导出 1 个；请把它放到行"),
        ("MOST_CELLS", 3, "列，一次最多导出 3 格；请少选指标、少拆分一个维度或选一家机构"),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_built(
    president: Client, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    """Lines, values of the column and the two together: each is looked at before a line is built, and the way out is told."""
    from maisui.web.pages.self_service import export
    from maisui.web.settings import HOME

    built: list[object] = []
    monkeypatch.setattr(export, "table_of", lambda *given, **_: built.append(given))
    if limit == "export_rows":
        monkeypatch.setattr(export.settings, "HOME", replace(HOME, web=replace(HOME.web, export_rows=most)))
    else:
        monkeypatch.setattr(export, limit, most)
    address = "m=deposit_balance&m=loan_balance&rows=product_group&cols=organisation"
    for form in ("xlsx", "pdf"):
        assert said in president.get(f"/self-service/export.{form}?{address}", follow=True).content.decode()
    assert built == []


def test_a_document_of_too_many_cells_is_refused_and_its_workbook_given(president: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.exports import document

    monkeypatch.setattr(document, "MOST_CELLS", 5)
    address = "m=deposit_balance&m=loan_balance&rows=product_group&cols=organisation"
    page = president.get(f"/self-service/export.pdf?{address}", follow=True).content.decode()
    assert "PDF 最多 5 格；请导出 Excel，或减少列" in page
    assert president.get(f"/self-service/export.xlsx?{address}").status_code == 200
