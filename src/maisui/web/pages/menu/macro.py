"""The section of the menu on how the bank stands: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.cash_needs import page as cash_needs
from maisui.web.pages.contribution import export as contribution_export
from maisui.web.pages.contribution import page as contribution
from maisui.web.pages.drivers import export as drivers_export
from maisui.web.pages.drivers import page as drivers
from maisui.web.pages.focus import export as focus_export
from maisui.web.pages.focus import page as focus
from maisui.web.pages.forecasts import export as forecasts_export
from maisui.web.pages.forecasts import page as forecasts
from maisui.web.pages.jurisdiction import export as jurisdiction_export
from maisui.web.pages.jurisdiction import page as jurisdiction
from maisui.web.pages.ledger import export as ledger_export
from maisui.web.pages.ledger import page as ledger
from maisui.web.pages.morning_sheet import page as morning_sheet
from maisui.web.pages.overview import export as overview_export
from maisui.web.pages.overview import notes as overview_notes
from maisui.web.pages.overview import page as overview
from maisui.web.pages.page import BANK, UNION, Page
from maisui.web.pages.reports import page as reports
from maisui.web.pages.self_service import export as self_service_export
from maisui.web.pages.self_service import page as self_service
from maisui.web.pages.targets import export as targets_export
from maisui.web.pages.targets import page as targets
from maisui.web.text import Text

SECTION = Text("宏观分析", "Macro analysis")

PAGES: tuple[Page, ...] = (
    Page(
        "jurisdiction",
        "jurisdiction/",
        Text("辖区总览", "Jurisdiction"),
        SECTION,
        Permission.UNION_VIEW,
        jurisdiction.show,
        "map",
        parts=(
            *exports(jurisdiction_export.export_of_page),
            ("ask/", "ask", jurisdiction.ask),
            ("county/<str:code>/", "county", jurisdiction.county),
        ),
        only_in=UNION,
    ),
    Page(
        "overview",
        "overview/",
        Text("经营概览", "Overview"),
        SECTION,
        Permission.FIGURE_VIEW,
        overview.show,
        "overview",
        parts=(
            *exports(overview_export.export_of_page),
            ("export-all/", "export_all", overview_export.ask_for_all),
            ("note/", "note", overview_notes.write),
            ("note/<int:number>/withdraw/", "withdraw_note", overview_notes.withdraw),
        ),
    ),
    Page(
        "drivers",
        "drivers/",
        Text("变动归因", "Why it changed"),
        SECTION,
        Permission.FIGURE_VIEW,
        drivers.show,
        "steps",
        parts=exports(drivers_export.export_of_page),
    ),
    Page(
        "morning_sheet",
        "morning-sheet/",
        Text("晨会单", "Morning sheet"),
        SECTION,
        Permission.FIGURE_VIEW,
        morning_sheet.show,
        "sheet",
    ),
    Page(
        "targets",
        "targets/",
        Text("目标完成", "Targets"),
        SECTION,
        Permission.FIGURE_VIEW,
        targets.show,
        "target",
        parts=exports(targets_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "contribution",
        "contribution/",
        Text("贡献分析", "Contribution"),
        SECTION,
        Permission.FIGURE_VIEW,
        contribution.show,
        "coins",
        parts=exports(contribution_export.export_of_page),
    ),
    Page(
        "forecasts",
        "forecasts/",
        Text("预测与情景", "Forecasts"),
        SECTION,
        Permission.FIGURE_VIEW,
        forecasts.show,
        "fan",
        parts=exports(forecasts_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "cash_needs",
        "cash-needs/",
        Text("现金需求", "Cash needs"),
        SECTION,
        Permission.FIGURE_VIEW,
        cash_needs.show,
        "banknote",
        parts=exports(cash_needs.export_of_page),
        only_in=BANK,
    ),
    Page(
        "ledger",
        "ledger/",
        Text("总账分析", "General ledger"),
        SECTION,
        Permission.FIGURE_VIEW,
        ledger.show,
        "book",
        parts=exports(ledger_export.export_of_page),
    ),
    Page(
        "reports",
        "reports/",
        Text("经营报告", "Reports"),
        SECTION,
        Permission.FIGURE_EXPORT,
        reports.show,
        "report",
        parts=(
            ("make/", "make", reports.make),
            ("subscribe/", "subscribe", reports.begin),
            ("subscription/<int:number>/end/", "end", reports.end),
            ("template/keep/", "keep", reports.keep),
            ("template/<int:number>/fill/", "fill", reports.fill),
            ("template/<int:number>/forget/", "forget", reports.forget),
        ),
        only_in=BANK,
    ),
    Page(
        "focus",
        "focus/",
        Text("重点关注", "Key focus"),
        SECTION,
        Permission.FOCUS_VIEW,
        focus.show,
        "eye",
        parts=(
            *exports(focus_export.export_of_page),
            ("quality/", "quality", focus.quality),
            ("attention/", "attention", focus.attention),
            ("case/<str:code>/", "one", focus.one),
            ("case/<str:code>/take/", "take", focus.take),
            ("case/<str:code>/snooze/", "snooze", focus.snooze),
            ("case/<str:code>/hand-over/", "hand_over", focus.hand_over),
            ("case/<str:code>/escalate/", "escalate", focus.escalate),
            ("case/<str:code>/close/", "close", focus.close),
        ),
        only_in=BANK,
    ),
    Page(
        "self_service",
        "self-service/",
        Text("自助分析", "Self-service"),
        SECTION,
        Permission.FIGURE_VIEW,
        self_service.show,
        "pivot",
        parts=(
            *exports(self_service_export.export_of_page),
            ("keep/", "keep", self_service.keep),
            ("forget/<int:number>/", "forget", self_service.forget),
        ),
    ),
)
"""One entry a page."""
