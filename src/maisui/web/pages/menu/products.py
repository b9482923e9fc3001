"""The section of the menu on products and channels: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.card_use import export as card_use_export
from maisui.web.pages.card_use import page as card_use
from maisui.web.pages.catchment import page as catchment
from maisui.web.pages.channel_adoption import page as channel_adoption
from maisui.web.pages.channels import export as channels_export
from maisui.web.pages.channels import page as channels
from maisui.web.pages.counter_staffing import page as counter_staffing
from maisui.web.pages.loan_pricing import page as loan_pricing
from maisui.web.pages.merchants import lists as merchant_lists
from maisui.web.pages.merchants import page as merchants
from maisui.web.pages.one_product import export as one_product_export
from maisui.web.pages.one_product import page as one_product
from maisui.web.pages.outlet_tasks import export as outlet_tasks_export
from maisui.web.pages.outlet_tasks import page as outlet_tasks
from maisui.web.pages.page import BANK, Page
from maisui.web.pages.product_signals import page as product_signals
from maisui.web.pages.products import export as products_export
from maisui.web.pages.products import page as products
from maisui.web.pages.products import together as product_ties
from maisui.web.pages.substitution import export as substitution_export
from maisui.web.pages.substitution import page as substitution
from maisui.web.pages.terminals import export as terminals_export
from maisui.web.pages.terminals import page as terminals
from maisui.web.text import Text

SECTION = Text("产品与渠道", "Products and channels")

PAGES: tuple[Page, ...] = (
    Page(
        "products",
        "products/",
        Text("产品总览", "Products"),
        SECTION,
        Permission.FIGURE_VIEW,
        products.show,
        "box",
        parts=(
            *exports(products_export.export_of_page),
            ("<str:code>/", "one", one_product.show),
            *exports(one_product_export.export_of_page, name="one_export", below="<str:code>/"),
        ),
        only_in=BANK,
    ),
    Page(
        "product_ties",
        "product-ties/",
        Text("产品关联", "Held together"),
        SECTION,
        Permission.FIGURE_VIEW,
        product_ties.show,
        "link",
        parts=exports(product_ties.export_of_page),
        only_in=BANK,
    ),
    Page(
        "product_signals",
        "product-signals/",
        Text("产品信号", "Signals of products"),
        SECTION,
        Permission.FIGURE_VIEW,
        product_signals.show,
        "pulse",
        parts=exports(product_signals.export_of_page),
        only_in=BANK,
    ),
    Page(
        "loan_pricing",
        "loan-pricing/",
        Text("贷款定价", "Loan pricing"),
        SECTION,
        Permission.FIGURE_VIEW,
        loan_pricing.show,
        "percent",
        parts=exports(loan_pricing.export_of_page),
        only_in=BANK,
    ),
    Page(
        "channels",
        "channels/",
        Text("渠道总览", "Channels"),
        SECTION,
        Permission.FIGURE_VIEW,
        channels.show,
        "forks",
        parts=exports(channels_export.export_of_page),
    ),
    Page(
        "substitution",
        "substitution/",
        Text("替代率", "Substitution"),
        SECTION,
        Permission.FIGURE_VIEW,
        substitution.show,
        "swap",
        parts=(
            *exports(substitution_export.export_of_page),
            ("customers/", "customers", substitution.customers),
            ("customers/chosen/", "chosen", substitution.chosen),
        ),
        only_in=BANK,
    ),
    Page(
        "channel_adoption",
        "channel-adoption/",
        Text("渠道采用", "Adoption"),
        SECTION,
        Permission.FIGURE_VIEW,
        channel_adoption.show,
        "phone",
        parts=exports(channel_adoption.export_of_page),
        only_in=BANK,
    ),
    Page(
        "counter_staffing",
        "counter-staffing/",
        Text("柜面忙闲", "Counter staffing"),
        SECTION,
        Permission.FIGURE_VIEW,
        counter_staffing.show,
        "hourglass",
        parts=exports(counter_staffing.export_of_page),
        only_in=BANK,
    ),
    Page(
        "card_use",
        "card-use/",
        Text("本代他与他代本", "Card use"),
        SECTION,
        Permission.FIGURE_VIEW,
        card_use.show,
        "card",
        parts=(
            *exports(card_use_export.export_of_page),
            ("customers/", "customers", card_use.customers),
            ("customers/chosen/", "chosen", card_use.chosen),
        ),
        only_in=BANK,
    ),
    Page(
        "terminals",
        "terminals/",
        Text("机具", "Terminals"),
        SECTION,
        Permission.FIGURE_VIEW,
        terminals.show,
        "machine",
        parts=exports(terminals_export.export_of_page),
        only_in=BANK,
    ),
    Page(
        "catchment",
        "catchment/",
        Text("网点辐射", "Catchment"),
        SECTION,
        Permission.FIGURE_VIEW,
        catchment.show,
        "pin",
        parts=exports(catchment.export_of_page),
        only_in=BANK,
    ),
    Page(
        "merchants",
        "merchants/",
        Text("收单商户", "Merchants"),
        SECTION,
        Permission.FIGURE_VIEW,
        merchants.show,
        "shop",
        parts=(
            *exports(merchants.export_of_page),
            ("silent/", "silent", merchant_lists.silent),
            ("ranking/", "ranking", merchant_lists.ranking),
            ("silent/tasks/", "make_tasks", merchant_lists.make_tasks),
            ("silent/group/", "make_group", merchant_lists.make_group),
        ),
        only_in=BANK,
    ),
    Page(
        "outlet_tasks",
        "outlet-tasks/",
        Text("机构任务", "Tasks for outlets"),
        SECTION,
        Permission.FIGURE_VIEW,
        outlet_tasks.show,
        "clipboard",
        parts=(
            *exports(outlet_tasks_export.export_of_page),
            ("new/", "new", outlet_tasks.new),
            ("<int:number>/", "one", outlet_tasks.one),
            ("<int:number>/end/", "end", outlet_tasks.end),
        ),
        only_in=BANK,
    ),
)
"""One entry a page."""
