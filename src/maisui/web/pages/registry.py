"""The menu: every page, in the order in which it is shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import Viewer
from maisui.web.exports.files import exports
from maisui.web.pages.audit_log import page as audit_log
from maisui.web.pages.campaigns import export as campaigns_export
from maisui.web.pages.campaigns import page as campaigns
from maisui.web.pages.card_use import export as card_use_export
from maisui.web.pages.card_use import page as card_use
from maisui.web.pages.channels import export as channels_export
from maisui.web.pages.channels import page as channels
from maisui.web.pages.churn import export as churn_export
from maisui.web.pages.churn import page as churn
from maisui.web.pages.compare import export as compare_export
from maisui.web.pages.compare import page as compare
from maisui.web.pages.contribution import export as contribution_export
from maisui.web.pages.contribution import page as contribution
from maisui.web.pages.county_access import page as county_access
from maisui.web.pages.customer_groups import build as group_builder
from maisui.web.pages.customer_groups import export as customer_groups_export
from maisui.web.pages.customer_groups import page as customer_groups
from maisui.web.pages.customers import exports as customer_exports
from maisui.web.pages.customers import movers
from maisui.web.pages.customers import one as one_customer
from maisui.web.pages.customers import page as customers
from maisui.web.pages.customers import written as written_of_customer
from maisui.web.pages.data_quality import page as data_quality
from maisui.web.pages.deliveries import page as deliveries
from maisui.web.pages.drivers import export as drivers_export
from maisui.web.pages.drivers import page as drivers
from maisui.web.pages.focus import export as focus_export
from maisui.web.pages.focus import page as focus
from maisui.web.pages.jobs import page as jobs
from maisui.web.pages.jurisdiction import export as jurisdiction_export
from maisui.web.pages.jurisdiction import page as jurisdiction
from maisui.web.pages.ledger import export as ledger_export
from maisui.web.pages.ledger import page as ledger
from maisui.web.pages.merges import page as merges
from maisui.web.pages.metric_catalogue import page as metric_catalogue
from maisui.web.pages.models import page as model_desk
from maisui.web.pages.morning_sheet import page as morning_sheet
from maisui.web.pages.my_account import page as my_account
from maisui.web.pages.my_day import follows
from maisui.web.pages.my_day import page as my_day
from maisui.web.pages.my_performance import page as my_performance
from maisui.web.pages.needs import export as needs_export
from maisui.web.pages.needs import page as needs
from maisui.web.pages.overview import export as overview_export
from maisui.web.pages.overview import page as overview
from maisui.web.pages.page import BANK, UNION, Page
from maisui.web.pages.parameters import page as parameters
from maisui.web.pages.performance import export as performance_export
from maisui.web.pages.performance import page as performance
from maisui.web.pages.performance import person as performance_person
from maisui.web.pages.performance import scheme_page as performance_scheme
from maisui.web.pages.products import export as products_export
from maisui.web.pages.products import page as products
from maisui.web.pages.products import together as product_ties
from maisui.web.pages.reports import page as reports
from maisui.web.pages.self_service import export as self_service_export
from maisui.web.pages.self_service import page as self_service
from maisui.web.pages.strategies import export as strategies_export
from maisui.web.pages.strategies import page as strategies
from maisui.web.pages.substitution import export as substitution_export
from maisui.web.pages.substitution import page as substitution
from maisui.web.pages.supplements import page as supplements
from maisui.web.pages.targets import export as targets_export
from maisui.web.pages.targets import page as targets
from maisui.web.pages.terminals import export as terminals_export
from maisui.web.pages.terminals import page as terminals
from maisui.web.pages.three_lists import export as three_lists_export
from maisui.web.pages.three_lists import page as three_lists
from maisui.web.pages.tickets import page as tickets
from maisui.web.pages.tie_outs import page as tie_outs
from maisui.web.pages.users import page as users
from maisui.web.pages.users import person
from maisui.web.pages.worklists import page as worklists
from maisui.web.text import Text

MACRO = Text("宏观分析", "Macro analysis")
CUSTOMERS = Text("客户分析", "Customers")
PRODUCTS = Text("产品与渠道", "Products and channels")
PERFORMANCE = Text("绩效分析", "Performance")
DATA = Text("数据", "Data")
ADMINISTRATION = Text("管理", "Administration")
MINE = Text("我的", "Mine")

PAGES: tuple[Page, ...] = (
    Page(
        "jurisdiction",
        "jurisdiction/",
        Text("辖区总览", "Jurisdiction"),
        MACRO,
        Permission.UNION_VIEW,
        jurisdiction.show,
        "branch",
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
        MACRO,
        Permission.FIGURE_VIEW,
        overview.show,
        "overview",
        parts=(*exports(overview_export.export_of_page), ("export-all/", "export_all", overview_export.ask_for_all)),
    ),
    Page(
        "drivers",
        "drivers/",
        Text("变动归因", "Why it changed"),
        MACRO,
        Permission.FIGURE_VIEW,
        drivers.show,
        "moved",
        parts=exports(drivers_export.export_of_page),
    ),
    Page(
        "morning_sheet",
        "morning-sheet/",
        Text("晨会单", "Morning sheet"),
        MACRO,
        Permission.FIGURE_VIEW,
        morning_sheet.show,
        "page",
    ),
    Page(
        "targets",
        "targets/",
        Text("目标完成", "Targets"),
        MACRO,
        Permission.FIGURE_VIEW,
        targets.show,
        "tasks",
        parts=exports(targets_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "contribution",
        "contribution/",
        Text("贡献分析", "Contribution"),
        MACRO,
        Permission.FIGURE_VIEW,
        contribution.show,
        "table",
        parts=exports(contribution_export.export_of_page),
    ),
    Page(
        "ledger",
        "ledger/",
        Text("总账分析", "General ledger"),
        MACRO,
        Permission.FIGURE_VIEW,
        ledger.show,
        "audit",
        parts=exports(ledger_export.export_of_page),
    ),
    Page(
        "reports",
        "reports/",
        Text("经营报告", "Reports"),
        MACRO,
        Permission.FIGURE_EXPORT,
        reports.show,
        "page",
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
        MACRO,
        Permission.FOCUS_VIEW,
        focus.show,
        "info",
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
        MACRO,
        Permission.FIGURE_VIEW,
        self_service.show,
        "search",
        parts=(
            *exports(self_service_export.export_of_page),
            ("keep/", "keep", self_service.keep),
            ("forget/<int:number>/", "forget", self_service.forget),
        ),
    ),
    Page(
        "customers",
        "customers/",
        Text("客户查询", "Customer look-up"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        customers.show,
        "search",
        parts=(
            ("search/", "search", customers.search),
            ("exports/", "exports", customer_exports.show),
            ("exports/new/", "new_export", customer_exports.new),
            ("exports/<int:number>/decide/", "decide_export", customer_exports.decide),
            ("movers/", "movers", movers.show),
            ("<str:reference>/", "one", one_customer.show),
            ("<str:reference>/reveal/", "reveal", one_customer.reveal),
            ("<str:reference>/ticket/", "ticket", one_customer.ticket),
            ("<str:reference>/path/", "path", one_customer.path),
            ("<str:reference>/fact/", "fact", written_of_customer.fact),
            ("<str:reference>/fact/<int:number>/end/", "end_fact", written_of_customer.end_fact),
            ("<str:reference>/contact/", "contact", written_of_customer.contact),
            ("<str:reference>/task/", "task", written_of_customer.task),
            ("<str:reference>/task/<int:number>/end/", "end_task", written_of_customer.end_task),
        ),
        only_in=BANK,
    ),
    Page(
        "three_lists",
        "three-lists/",
        Text("三类名单", "Three lists"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        three_lists.show,
        "tasks",
        parts=exports(three_lists_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "churn",
        "churn/",
        Text("流失预警", "Churn"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        churn.show,
        "moved",
        parts=(("export.xlsx", "export", churn_export.workbook_of_list),),
        only_in=BANK,
    ),
    Page(
        "customer_groups",
        "customer-groups/",
        Text("客户群", "Customer groups"),
        CUSTOMERS,
        Permission.FIGURE_VIEW,
        customer_groups.show,
        "people",
        parts=(
            ("build/", "build", group_builder.build),
            ("save/", "save", group_builder.save),
            ("<int:number>/", "one", customer_groups.one),
            *exports(customer_groups_export.export_of_page, below="<int:number>/"),
            ("<int:number>/freeze/", "freeze", customer_groups.freeze),
            ("<int:number>/share/", "share", customer_groups.share),
            ("<int:number>/forget/", "forget", customer_groups.forget),
        ),
        only_in=BANK,
    ),
    Page(
        "worklists",
        "worklists/",
        Text("续贷与催收", "Due and overdue"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        worklists.show,
        "calendar",
        parts=(("export.xlsx", "export", worklists.workbook_of_list),),
        only_in=BANK,
    ),
    Page(
        "campaigns",
        "campaigns/",
        Text("营销活动", "Campaigns"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        campaigns.show,
        "tasks",
        parts=(
            ("propose/", "propose", campaigns.propose),
            ("<int:number>/", "one", campaigns.one),
            ("<int:number>/export.xlsx", "export", campaigns_export.workbook_of_campaign),
            ("<int:number>/decide/", "decide", campaigns.decide),
            ("<int:number>/withdraw/", "withdraw", campaigns.withdraw),
            ("<int:number>/contact/<str:reference>/", "contact", campaigns.contact),
        ),
        only_in=BANK,
    ),
    Page(
        "needs",
        "needs/",
        Text("需求与投诉", "Needs and complaints"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        needs.show,
        "page",
        parts=(
            *exports(needs_export.export_of_page),
            ("new/", "new", needs.new),
            ("of/<str:reference>/new/", "of_customer", needs.of_customer),
            ("<int:number>/", "one", needs.one),
            ("<int:number>/take/", "take", needs.take),
            ("<int:number>/hand-over/", "hand_over", needs.hand_over),
            ("<int:number>/answer/", "answer", needs.answer),
            ("<int:number>/close/", "close", needs.close),
        ),
        only_in=BANK,
    ),
    Page(
        "strategies",
        "strategies/",
        Text("服务策略", "Service strategies"),
        CUSTOMERS,
        Permission.CUSTOMER_VIEW,
        strategies.show,
        "table",
        parts=(
            *exports(strategies_export.export_of_page),
            ("new/", "new", strategies.new),
            ("<int:number>/decide/", "decide", strategies.decide),
            ("<int:number>/withdraw/", "withdraw", strategies.withdraw),
        ),
        only_in=BANK,
    ),
    Page(
        "products",
        "products/",
        Text("产品总览", "Products"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        products.show,
        "table",
        parts=exports(products_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "product_ties",
        "product-ties/",
        Text("产品关联", "Held together"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        product_ties.show,
        "link",
        parts=exports(product_ties.export_of_page),
        only_in=BANK,
    ),
    Page(
        "channels",
        "channels/",
        Text("渠道总览", "Channels"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        channels.show,
        "overview",
        parts=exports(channels_export.export_of_page),
    ),
    Page(
        "substitution",
        "substitution/",
        Text("替代率", "Substitution"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        substitution.show,
        "moved",
        parts=(*exports(substitution_export.export_of_page), ("customers/", "customers", substitution.customers)),
        only_in=BANK,
    ),
    Page(
        "card_use",
        "card-use/",
        Text("本代他与他代本", "Card use"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        card_use.show,
        "link",
        parts=(*exports(card_use_export.export_of_page), ("customers/", "customers", card_use.customers)),
        only_in=BANK,
    ),
    Page(
        "terminals",
        "terminals/",
        Text("机具", "Terminals"),
        PRODUCTS,
        Permission.FIGURE_VIEW,
        terminals.show,
        "table",
        parts=exports(terminals_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "performance",
        "performance/",
        Text("绩效总览", "Performance"),
        PERFORMANCE,
        Permission.PERFORMANCE_VIEW,
        performance.show,
        "people",
        parts=(*exports(performance_export.export_of_page), ("person/<str:code>/", "person", performance_person.show)),
        only_in=BANK,
    ),
    Page(
        "performance_scheme",
        "performance-scheme/",
        Text("考核方案", "Scheme"),
        PERFORMANCE,
        Permission.PERFORMANCE_VIEW,
        performance_scheme.show,
        "tasks",
        parts=exports(performance_scheme.export_of_page),
        only_in=BANK,
    ),
    Page(
        "my_performance",
        "my-performance/",
        Text("我的绩效", "My performance"),
        PERFORMANCE,
        Permission.FIGURE_VIEW,
        my_performance.show,
        "person",
        only_in=BANK,
    ),
    Page(
        "deliveries",
        "data/",
        Text("到数", "Deliveries"),
        DATA,
        Permission.DATA_VIEW,
        deliveries.show,
        "data",
        parts=(("file/<str:file_id>/", "file", deliveries.one), ("file/<str:file_id>/release/", "release", deliveries.release)),
        only_in=BANK,
    ),
    Page("merges", "merges/", Text("客户归并", "Merged customers"), DATA, Permission.DATA_VIEW, merges.show, "people", only_in=BANK),
    Page("quality", "quality/", Text("数据质量", "Data quality"), DATA, Permission.DATA_VIEW, data_quality.show, "info", only_in=BANK),
    Page(
        "tie_outs",
        "tie-outs/",
        Text("勾稽", "Tie-outs"),
        DATA,
        Permission.DATA_VIEW,
        tie_outs.show,
        "table",
        parts=exports(tie_outs.export_of_page),
        only_in=BANK,
    ),
    Page(
        "compare",
        "compare/",
        Text("口径比对", "Compare reports"),
        DATA,
        Permission.FIGURE_EXPLAIN,
        compare.show,
        "table",
        parts=(
            *exports(compare_export.export_of_list),
            ("figure/", "one", compare.one),
            *exports(compare_export.export_of_figure, name="export_one", below="figure/"),
            ("figure/accept/", "accept", compare.accept),
        ),
        only_in=BANK,
    ),
    Page(
        "catalogue",
        "catalogue/",
        Text("指标目录", "Metrics"),
        DATA,
        Permission.FIGURE_VIEW,
        metric_catalogue.show,
        "page",
        parts=(("<str:code>/", "one", metric_catalogue.one),),
    ),
    Page(
        "supplements",
        "supplements/",
        Text("补录", "Supplements"),
        DATA,
        Permission.SUPPLEMENT_VIEW,
        supplements.show,
        "data",
        parts=(
            ("new/", "new", supplements.new),
            ("template/<str:feed>/<str:form>/", "template", supplements.template),
            ("<int:number>/", "one", supplements.one),
            ("<int:number>/submit/", "submit", supplements.submit),
            ("<int:number>/withdraw/", "withdraw", supplements.withdraw),
            ("<int:number>/decide/", "decide", supplements.decide),
            ("<int:number>/original/", "original", supplements.original),
        ),
        only_in=BANK,
    ),
    Page(
        "parameters",
        "parameters/",
        Text("参数", "Parameters"),
        DATA,
        Permission.PARAMETER_VIEW,
        parameters.show,
        "settings",
        parts=(
            ("new/", "new", parameters.new),
            ("proposal/<int:number>/", "proposal", parameters.proposal),
            ("proposal/<int:number>/withdraw/", "withdraw", parameters.withdraw),
            ("proposal/<int:number>/decide/", "decide", parameters.decide),
            ("proposal/<int:number>/preview/", "preview", parameters.preview),
            ("<str:code>/", "one", parameters.one),
        ),
    ),
    Page(
        "models",
        "models/",
        Text("模型台", "Models"),
        DATA,
        Permission.PARAMETER_VIEW,
        model_desk.show,
        "settings",
        parts=(("propose/", "propose", model_desk.propose), ("proposal/<int:number>/decide/", "decide", model_desk.decide)),
        only_in=BANK,
    ),
    Page(
        "tickets",
        "tickets/",
        Text("更正工单", "Correction tickets"),
        DATA,
        Permission.TICKET_VIEW,
        tickets.show,
        "info",
        parts=(
            ("<int:number>/", "one", tickets.one),
            ("<int:number>/take/", "take", tickets.take),
            ("<int:number>/answer/", "answer", tickets.answer),
            ("<int:number>/reopen/", "reopen", tickets.reopen),
            ("<int:number>/close/", "close", tickets.close),
        ),
        only_in=BANK,
    ),
    Page(
        "county_access",
        "county-access/",
        Text("联社查看授权", "Union's rights to look in"),
        ADMINISTRATION,
        Permission.COUNTY_GRANT,
        county_access.show,
        "audit",
        parts=(
            ("<int:number>/grant/", "grant", county_access.grant),
            ("<int:number>/refuse/", "refuse", county_access.refuse),
            ("<int:number>/end/", "end", county_access.end),
        ),
        only_in=UNION,
    ),
    Page(
        "users",
        "users/",
        Text("用户与角色", "Users and roles"),
        ADMINISTRATION,
        Permission.STAFF_MANAGE,
        users.show,
        "people",
        parts=(
            ("new/", "new", users.new),
            ("review/", "review", users.review),
            ("person/<str:username>/", "person", person.show),
            ("person/<str:username>/grant/", "grant", person.grant),
            ("person/<str:username>/grant/<int:number>/end/", "end_grant", person.end),
            ("person/<str:username>/disable/", "disable", person.disable),
            ("person/<str:username>/renew/", "renew", person.renew),
            ("person/<str:username>/session/<int:number>/end/", "end_session", person.end_one_session),
        ),
    ),
    Page(
        "audit",
        "audit/",
        Text("审计", "Audit"),
        ADMINISTRATION,
        Permission.AUDIT_VIEW,
        audit_log.show,
        "audit",
        parts=(("check/", "check", audit_log.check), *exports(audit_log.export_of_page)),
    ),
    Page(
        "my_day",
        "my-day/",
        Text("我的工作台", "My day"),
        MINE,
        Permission.FOCUS_VIEW,
        my_day.show,
        "calendar",
        parts=(
            ("deputy/", "make_deputy", my_day.make_deputy),
            ("deputy/<int:number>/end/", "no_deputy", my_day.no_deputy),
            ("follow/customer/<str:reference>/", "follow", follows.follow_one),
            ("follow/group/<int:number>/", "follow_group", follows.follow_whole_group),
            ("follow/<int:number>/end/", "unfollow", follows.end),
        ),
        only_in=BANK,
    ),
    Page(
        "jobs",
        "jobs/",
        Text("任务", "Jobs"),
        MINE,
        None,
        jobs.show,
        "tasks",
        parts=(("export/<uuid:job>.<str:form>", "download", jobs.download),),
    ),
    Page(
        "account",
        "account/",
        Text("个人设置", "My settings"),
        MINE,
        None,
        my_account.show,
        "person",
        parts=(
            ("session/<int:number>/end/", "end_session", my_account.end_own_session),
            ("token/new/", "new_token", my_account.make_token),
            ("token/<int:number>/revoke/", "revoke_token", my_account.revoke_own_token),
        ),
    ),
)
"""Every page, one entry each."""


def menu_of(viewer: Viewer, *, is_union: bool) -> tuple[Page, ...]:
    """Return the pages the viewer may open that make sense in this kind of home."""
    other = BANK if is_union else UNION
    return tuple(page for page in PAGES if page.only_in != other and (page.permission is None or page.permission in viewer.permissions))
