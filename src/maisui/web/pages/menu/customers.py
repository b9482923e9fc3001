"""The section of the menu on one customer, groups, and those who look after them: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.campaigns import export as campaigns_export
from maisui.web.pages.campaigns import page as campaigns
from maisui.web.pages.churn import export as churn_export
from maisui.web.pages.churn import page as churn
from maisui.web.pages.circles import export as circles_export
from maisui.web.pages.circles import page as circles
from maisui.web.pages.circles import visits
from maisui.web.pages.contacts import export as contacts_export
from maisui.web.pages.contacts import page as contacts
from maisui.web.pages.credit_warning import export as credit_warning_export
from maisui.web.pages.credit_warning import page as credit_warning
from maisui.web.pages.customer_groups import build as group_builder
from maisui.web.pages.customer_groups import export as customer_groups_export
from maisui.web.pages.customer_groups import page as customer_groups
from maisui.web.pages.customer_value import export as customer_value_export
from maisui.web.pages.customer_value import page as customer_value
from maisui.web.pages.customers import exports as customer_exports
from maisui.web.pages.customers import movers
from maisui.web.pages.customers import one as one_customer
from maisui.web.pages.customers import page as customers
from maisui.web.pages.customers import written as written_of_customer
from maisui.web.pages.judgements import page as judgements
from maisui.web.pages.models import shadow as model_shadow
from maisui.web.pages.needs import export as needs_export
from maisui.web.pages.needs import page as needs
from maisui.web.pages.next_products import export as next_products_export
from maisui.web.pages.next_products import page as next_products
from maisui.web.pages.page import BANK, Page
from maisui.web.pages.segments import export as segments_export
from maisui.web.pages.segments import page as segments
from maisui.web.pages.strategies import export as strategies_export
from maisui.web.pages.strategies import page as strategies
from maisui.web.pages.three_lists import export as three_lists_export
from maisui.web.pages.three_lists import page as three_lists
from maisui.web.pages.tiers import export as tiers_export
from maisui.web.pages.tiers import page as tiers
from maisui.web.pages.worklists import export as worklists_export
from maisui.web.pages.worklists import page as worklists
from maisui.web.text import Text

SECTION = Text("客户分析", "Customers")

PAGES: tuple[Page, ...] = (
    Page(
        "customers",
        "customers/",
        Text("客户查询", "Customer look-up"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        customers.show,
        "search",
        parts=(
            ("search/", "search", customers.search),
            ("exports/", "exports", customer_exports.show),
            ("exports/new/", "new_export", customer_exports.new),
            ("exports/<int:number>/decide/", "decide_export", customer_exports.decide),
            ("movers/", "movers", movers.show),
            ("movers/chosen/", "movers_chosen", movers.chosen),
            ("chosen/", "chosen", customers.chosen),
            ("<str:reference>/", "one", one_customer.show),
            ("<str:reference>/reveal/", "reveal", one_customer.reveal),
            ("<str:reference>/ticket/", "ticket", one_customer.ticket),
            ("<str:reference>/path/", "path", one_customer.path),
            ("<str:reference>/fact/", "fact", written_of_customer.fact),
            ("<str:reference>/fact/<int:number>/end/", "end_fact", written_of_customer.end_fact),
            ("<str:reference>/contact/", "contact", written_of_customer.contact),
            ("<str:reference>/promise/", "promise", written_of_customer.promise),
            ("<str:reference>/promise/<int:number>/withdraw/", "withdraw_promise", written_of_customer.withdraw),
            ("<str:reference>/task/", "task", written_of_customer.task),
            ("<str:reference>/task/<int:number>/end/", "end_task", written_of_customer.end_task),
        ),
        only_in=BANK,
    ),
    Page(
        "three_lists",
        "three-lists/",
        Text("三类名单", "Three lists"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        three_lists.show,
        "lists",
        parts=(*exports(three_lists_export.export_of_page), ("chosen/", "chosen", three_lists.chosen)),
        only_in=BANK,
    ),
    Page(
        "churn",
        "churn/",
        Text("流失预警", "Churn"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        churn.show,
        "leave",
        parts=(*exports(churn_export.export_of_page), ("chosen/", "chosen", churn.chosen)),
        only_in=BANK,
    ),
    Page(
        "credit_warning",
        "credit-warning/",
        Text("风险预警", "Credit early warning"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        credit_warning.show,
        "warning",
        parts=(*exports(credit_warning_export.export_of_page), ("chosen/", "chosen", credit_warning.chosen)),
        only_in=BANK,
    ),
    Page(
        "judgements",
        "judgements/",
        Text("专家判断", "Expert judgement"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        judgements.show,
        "scales",
        parts=(
            ("shadow/<str:code>/", "shadow", model_shadow.changes),
            ("propose/", "propose", judgements.propose),
            ("<int:number>/decide/", "decide", judgements.decide),
            ("<int:number>/end/", "end", judgements.end),
        ),
        only_in=BANK,
    ),
    Page(
        "tiers",
        "tiers/",
        Text("等级核定", "Tiers by hand"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        tiers.show,
        "tier",
        parts=(
            *exports(tiers_export.export_of_page),
            ("propose/", "propose", tiers.propose),
            ("<int:number>/decide/", "decide", tiers.decide),
            ("<int:number>/withdraw/", "withdraw", tiers.withdraw),
        ),
        only_in=BANK,
    ),
    Page(
        "customer_value",
        "customer-value/",
        Text("客户价值预测", "Customer value"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        customer_value.show,
        "gem",
        parts=(*exports(customer_value_export.export_of_page), ("chosen/", "chosen", customer_value.chosen)),
        only_in=BANK,
    ),
    Page(
        "next_products",
        "next-products/",
        Text("下一步产品", "Next products"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        next_products.show,
        "next",
        parts=(
            *exports(next_products_export.export_of_page),
            ("group/", "make_group", next_products.make_group),
            ("chosen/", "chosen", next_products.chosen),
        ),
        only_in=BANK,
    ),
    Page(
        "segments",
        "segments/",
        Text("客户分群", "Segments"),
        SECTION,
        Permission.FIGURE_VIEW,
        segments.show,
        "pie",
        parts=(*exports(segments_export.export_of_page), ("<str:code>/group/", "make_group", segments.make_group)),
        only_in=BANK,
    ),
    Page(
        "customer_groups",
        "customer-groups/",
        Text("客户群", "Customer groups"),
        SECTION,
        Permission.FIGURE_VIEW,
        customer_groups.show,
        "people",
        parts=(
            ("build/", "build", group_builder.build),
            ("save/", "save", group_builder.save),
            ("<int:number>/", "one", customer_groups.one),
            *exports(customer_groups_export.export_of_page, below="<int:number>/"),
            ("<int:number>/freeze/", "freeze", customer_groups.freeze),
            ("<int:number>/chosen/", "chosen", customer_groups.chosen),
            ("<int:number>/why/", "ask_why", customer_groups.ask_why),
            ("<int:number>/share/", "share", customer_groups.share),
            ("<int:number>/forget/", "forget", customer_groups.forget),
        ),
        only_in=BANK,
    ),
    Page(
        "circles",
        "circles/",
        Text("家庭、集团与村组", "Households"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        circles.show,
        "house",
        parts=(
            *exports(circles_export.export_of_list),
            ("village/<str:reference>/visits/", "visits", visits.show),
            ("village/<str:reference>/visits/enter/", "visits_enter", visits.enter),
            *exports(visits.export_of_sheet, name="visits_export", below="village/<str:reference>/visits/"),
            ("<str:kind>/<str:reference>/", "one", circles.one),
            *exports(circles_export.export_of_one, name="one_export", below="<str:kind>/<str:reference>/"),
            ("<str:kind>/<str:reference>/group/", "make_group", circles.make_group),
            ("<str:kind>/<str:reference>/tasks/", "make_tasks", circles.make_tasks),
        ),
        only_in=BANK,
    ),
    Page(
        "worklists",
        "worklists/",
        Text("续贷与催收", "Due and overdue"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        worklists.show,
        "calendar",
        parts=(*exports(worklists_export.export_of_page), ("chosen/", "chosen", worklists.chosen)),
        only_in=BANK,
    ),
    Page(
        "campaigns",
        "campaigns/",
        Text("营销活动", "Campaigns"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        campaigns.show,
        "megaphone",
        parts=(
            ("propose/", "propose", campaigns.propose),
            ("sample/", "sample", campaigns.sample),
            ("<int:number>/", "one", campaigns.one),
            *exports(campaigns_export.export_of_page, below="<int:number>/"),
            ("<int:number>/decide/", "decide", campaigns.decide),
            ("<int:number>/withdraw/", "withdraw", campaigns.withdraw),
            ("<int:number>/stop/", "stop", campaigns.stop),
            ("<int:number>/contact/<str:reference>/", "contact", campaigns.contact),
        ),
        only_in=BANK,
    ),
    Page(
        "contacts",
        "contacts/",
        Text("联系记录", "Contacts"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        contacts.show,
        "talk",
        parts=(*exports(contacts_export.export_of_page), ("find/", "find", contacts.find), ("chosen/", "chosen", contacts.chosen)),
        only_in=BANK,
    ),
    Page(
        "needs",
        "needs/",
        Text("需求与投诉", "Needs register"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        needs.show,
        "chat",
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
        SECTION,
        Permission.CUSTOMER_VIEW,
        strategies.show,
        "compass",
        parts=(
            *exports(strategies_export.export_of_page),
            ("new/", "new", strategies.new),
            ("<int:number>/decide/", "decide", strategies.decide),
            ("<int:number>/withdraw/", "withdraw", strategies.withdraw),
        ),
        only_in=BANK,
    ),
)
"""One entry a page."""
