"""The customers of a campaign who are to be approached, taken out: masked, those without consent today left out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.campaigns.desk import one_campaign, worklist_of
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_OUTCOMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import every_row
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest, number: int) -> Export:
    """Return the worklist; for more customers than one may take at once, say so.

    Raises:
        NotAllowedError: when the viewer may not take customers out.
        NotVisibleError: when there is no such started campaign for the viewer, or it was stopped.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.CUSTOMER_EXPORT)
    campaign = one_campaign(gateway, request.user, number)  # type: ignore[arg-type]
    if not campaign.hands_out:
        raise NotVisibleError("there is no such list", where="campaign", next_step="choose a campaign that is approved and not stopped")
    first = worklist_of(gateway, campaign, page=1, size=ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if first.total_count > most:
        raise NotAtOnceError(Text(f"一次最多导出 {most} 户", f"at most {most} customers at once"))
    rows = every_row(
        first.rows,
        first.total_count,
        ROWS_AT_ONCE,
        lambda page: worklist_of(gateway, campaign, page=page, size=ROWS_AT_ONCE, is_export=True).rows,
    )
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("等级", "Tier"), width=12),
        Column(choose("金融资产日均", "Average assets"), Unit.YUAN),
        Column(choose("贷款余额", "Loans"), Unit.YUAN),
        Column(choose("最近联系", "Last contact"), width=14),
        Column(choose("结果", "Outcome"), width=14),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            row.home_organisation_name,
            str(value_word(row.tier_code)),
            row.asset_average_balance,
            row.loan_balance,
            str(row.contacted_on or ""),
            str(CONTACT_OUTCOMES.get(row.outcome, "")),
        )
        for row in rows
        if row.may_be_approached
    ]
    sheet = Sheet(choose("待触达客户", "Customers to approach"), f"{campaign.code} · {campaign.name}", columns, lines)
    return Export(
        "campaign",
        f"{choose('营销活动', 'Campaign')} · {campaign.name}",
        (sheet,),
        name=f"campaign-{campaign.pk}",
        object_id=str(campaign.pk),
        details={"rows": len(lines)},
        classification=SENSITIVE,
    )
