"""The section of the menu on what was delivered, and whether it ties: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.compare import export as compare_export
from maisui.web.pages.compare import page as compare
from maisui.web.pages.data_quality import page as data_quality
from maisui.web.pages.deliveries import page as deliveries
from maisui.web.pages.merges import page as merges
from maisui.web.pages.metric_catalogue import page as metric_catalogue
from maisui.web.pages.models import page as model_desk
from maisui.web.pages.page import BANK, Page
from maisui.web.pages.parameters import page as parameters
from maisui.web.pages.same_person import page as same_person
from maisui.web.pages.supplements import page as supplements
from maisui.web.pages.tickets import page as tickets
from maisui.web.pages.tie_outs import page as tie_outs
from maisui.web.text import Text

SECTION = Text("数据", "Data")

PAGES: tuple[Page, ...] = (
    Page(
        "deliveries",
        "data/",
        Text("到数", "Deliveries"),
        SECTION,
        Permission.DATA_VIEW,
        deliveries.show,
        "inbox",
        parts=(("file/<str:file_id>/", "file", deliveries.one), ("file/<str:file_id>/release/", "release", deliveries.release)),
        only_in=BANK,
    ),
    Page("merges", "merges/", Text("客户归并", "Merged customers"), SECTION, Permission.DATA_VIEW, merges.show, "merge", only_in=BANK),
    Page(
        "same_person",
        "same-person/",
        Text("疑似同一客户", "May be one person"),
        SECTION,
        Permission.CUSTOMER_VIEW,
        same_person.show,
        "twins",
        parts=(("decide/", "decide", same_person.decide), ("<int:number>/undo/", "undo", same_person.undo)),
        only_in=BANK,
    ),
    Page("quality", "quality/", Text("数据质量", "Data quality"), SECTION, Permission.DATA_VIEW, data_quality.show, "shield", only_in=BANK),
    Page(
        "tie_outs",
        "tie-outs/",
        Text("勾稽", "Tie-outs"),
        SECTION,
        Permission.DATA_VIEW,
        tie_outs.show,
        "equals",
        parts=exports(tie_outs.export_of_page),
        only_in=BANK,
    ),
    Page(
        "compare",
        "compare/",
        Text("口径比对", "Compare reports"),
        SECTION,
        Permission.FIGURE_EXPLAIN,
        compare.show,
        "beside",
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
        SECTION,
        Permission.FIGURE_VIEW,
        metric_catalogue.show,
        "tag",
        parts=(("<str:code>/", "one", metric_catalogue.one),),
    ),
    Page(
        "supplements",
        "supplements/",
        Text("补录", "Supplements"),
        SECTION,
        Permission.SUPPLEMENT_VIEW,
        supplements.show,
        "upload",
        parts=(
            ("new/", "new", supplements.new),
            ("template/<str:feed>/<str:form>/", "template", supplements.template),
            ("<int:number>/", "one", supplements.one),
            ("<int:number>/submit/", "submit", supplements.submit),
            ("<int:number>/withdraw/", "withdraw", supplements.withdraw),
            ("<int:number>/decide/", "decide", supplements.decide),
            ("<int:number>/preview/", "preview", supplements.preview),
            ("<int:number>/original/", "original", supplements.original),
        ),
        only_in=BANK,
    ),
    Page(
        "parameters",
        "parameters/",
        Text("参数", "Parameters"),
        SECTION,
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
        SECTION,
        Permission.PARAMETER_VIEW,
        model_desk.show,
        "model",
        parts=(
            ("propose/", "propose", model_desk.propose),
            ("proposal/<int:number>/decide/", "decide", model_desk.decide),
            ("fairness/", "fairness", model_desk.fairness),
            ("fairness/<int:number>/decide/", "fairness_decide", model_desk.fairness_decide),
        ),
        only_in=BANK,
    ),
    Page(
        "tickets",
        "tickets/",
        Text("更正工单", "Correction tickets"),
        SECTION,
        Permission.TICKET_VIEW,
        tickets.show,
        "ticket",
        parts=(
            ("<int:number>/", "one", tickets.one),
            ("<int:number>/take/", "take", tickets.take),
            ("<int:number>/answer/", "answer", tickets.answer),
            ("<int:number>/reopen/", "reopen", tickets.reopen),
            ("<int:number>/close/", "close", tickets.close),
        ),
        only_in=BANK,
    ),
)
"""One entry a page."""
