"""The file of an approved list of customers: the fields asked for, each in its mask, no more customers than were approved."""

from __future__ import annotations

from collections.abc import Callable

from maisui.answers import CUSTOMER_COLUMNS, CustomerQuery, FieldKind, Unit, rule_of
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.customers.models import CustomerExport
from maisui.web.customers.shown import ShownRow
from maisui.web.exports.models import ExportJob
from maisui.web.exports.sheets import SENSITIVE, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.text import Text, choose, known_word

MOST_ROWS = 20_000
"""Customers of one file at most, approved or not."""

Field = tuple[Text, Unit | None, Callable[[ShownRow], Cell]]

BASE_FIELDS: dict[str, Field] = {
    "customer_number": (Text("客户号", "Number"), None, lambda row: row.customer_number),
    "customer_name": (Text("客户", "Customer"), None, lambda row: row.customer_name),
    "customer_kind": (Text("大类", "Kind"), None, lambda row: row.customer_kind),
    "tier_code": (Text("等级", "Tier"), None, lambda row: row.tier_code or ""),
    "is_tier_by_hand": (Text("等级由人工核定", "Tier set by hand"), None, lambda row: choose("是", "yes") if row.is_tier_by_hand else ""),
    "home_organisation_name": (Text("归属机构", "Home outlet"), None, lambda row: row.home_organisation_name),
    "deposit_balance": (Text("存款余额", "Deposits"), Unit.YUAN, lambda row: row.deposit_balance),
    "loan_balance": (Text("贷款余额", "Loans"), Unit.YUAN, lambda row: row.loan_balance),
    "asset_average_balance": (Text("资产月日均", "Assets, month average"), Unit.YUAN, lambda row: row.asset_average_balance),
    "year_contribution_amount": (Text("近 12 月贡献", "Contribution, 12 months"), Unit.YUAN, lambda row: row.year_contribution_amount),
}
"""What may be taken out of a list: names and numbers masked; certificates, telephones and accounts never."""


def _fact(code: str) -> Callable[[ShownRow], Cell]:
    return lambda row: row.columns[code]


FIELDS: dict[str, Field] = BASE_FIELDS | {
    code: (Text(one.name_zh, one.name_en), Unit.YUAN if one.kind is FieldKind.AMOUNT else Unit.COUNT, _fact(code))
    for code, one in CUSTOMER_COLUMNS.items()
}
"""The same, and every fact that a list may show besides."""


def question_of(gateway: Gateway, asked: CustomerExport, size: int) -> CustomerQuery:
    """Return the question an export stands for; groups that its conditions name are those its asker may see.

    Raises:
        QuestionError: when one of them is gone.
    """
    filters = asked.filters
    rule = filters.get("rule")
    return CustomerQuery(
        organisations=(asked.organisation_code,) if asked.organisation_code else None,
        kind=filters.get("kind"),
        tier=filters.get("tier"),
        within=gateway.groups(asked.asked_by).selection_of(rule_of(rule)) if rule else None,
        numbers=tuple(filters["ticked"]) if filters.get("ticked") else None,
        with_open_account=not filters.get("is_everybody"),
        columns=tuple(code for code in asked.fields if code in CUSTOMER_COLUMNS),
        order=filters["sort"].removeprefix("-"),
        is_descending=filters["sort"].startswith("-"),
        size=size,
    )


def export_of_job(gateway: Gateway, job: ExportJob, tell: Callable[[int], None]) -> Export:
    """Return the list of an approved export.

    Raises:
        NotVisibleError: when it is not approved.
        ActionRefusedError: when there are more customers by now than were approved.
        AccessError: as the gateway does.
    """
    from maisui.web.pages.customers.state import KIND_NAMES  # noqa: PLC0415 - words of the page, which knows this file
    from maisui.web.pages.overview.words import value_word  # noqa: PLC0415

    asked = CustomerExport.objects.select_related("decided_by").filter(job=job, state=CustomerExport.State.APPROVED).first()
    if asked is None:
        raise NotVisibleError("this list is not approved", where="customer exports", next_step="ask for it again")
    now = gateway.count_customers(question_of(gateway, asked, 1))
    if now > asked.row_count:
        said = Text(
            f"现有 {now} 户，多于批准的 {asked.row_count} 户，请重新申请",
            f"{now} customers by now, {asked.row_count} were approved: ask again",
        )
        raise ActionRefusedError(said, where="customer exports", next_step="ask for it again")
    tell(30)
    approver = asked.decided_by.name if asked.decided_by else ""
    details: dict[str, object] = {"reason": asked.reason, "request": asked.pk, "fields": list(asked.fields), "approved_by": approver}
    listed = gateway.take_out_customers(question_of(gateway, asked, min(asked.row_count, MOST_ROWS)), details)
    tell(80)
    words = {
        "customer_kind": lambda cell: str(known_word(KIND_NAMES, cell)),
        "tier_code": lambda cell: str(value_word(cell)) if cell else "—",
    }
    chosen = [(code, *FIELDS[code]) for code in FIELDS if code in asked.fields]
    rows = [
        tuple(words[code](cell) if code in words else cell for code, cell in ((code, read(row)) for code, _, _, read in chosen))
        for row in listed.rows
    ]
    columns = tuple(Column(str(name), unit, width=0 if unit else 26) for _, name, unit, _ in chosen)
    title = choose("客户名单", "List of customers")
    about = (
        (choose("用途", "Purpose"), asked.reason),
        (choose("审批", "Approved by"), approver or choose("限额内免审批", "within the limit")),
    )
    sheet = Sheet(title, f"{title} · {asked.reason} · {approver}".rstrip(" ·"), columns, rows)
    return Export("customer_list", title, (sheet,), about=about, organisation=asked.organisation_code or None, classification=SENSITIVE)
