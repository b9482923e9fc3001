"""The section of the menu on what people and outlets achieve: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.allocations import imports as allocation_imports
from maisui.web.pages.allocations import objections as allocation_objections
from maisui.web.pages.allocations import page as allocations
from maisui.web.pages.branches import export as branches_export
from maisui.web.pages.branches import page as branches
from maisui.web.pages.manual_work import page as manual_work
from maisui.web.pages.my_performance import page as my_performance
from maisui.web.pages.my_performance import settled as my_settled
from maisui.web.pages.page import BANK, Page
from maisui.web.pages.performance import export as performance_export
from maisui.web.pages.performance import own_schemes, person_export
from maisui.web.pages.performance import page as performance
from maisui.web.pages.performance import person as performance_person
from maisui.web.pages.performance import scheme_page as performance_scheme
from maisui.web.pages.settlements import page as settlements
from maisui.web.text import Text

SECTION = Text("绩效分析", "Performance")

PAGES: tuple[Page, ...] = (
    Page(
        "performance",
        "performance/",
        Text("绩效总览", "Performance"),
        SECTION,
        Permission.PERFORMANCE_VIEW,
        performance.show,
        "podium",
        parts=(
            *exports(performance_export.export_of_page),
            ("person/<str:code>/", "person", performance_person.show),
            *exports(person_export.export_of_person, name="person_export", below="person/<str:code>/"),
        ),
        only_in=BANK,
    ),
    Page(
        "branches",
        "branches/",
        Text("网点画像", "Branches"),
        SECTION,
        Permission.FIGURE_VIEW,
        branches.show,
        "branch",
        parts=(
            *exports(branches_export.export_of_list),
            ("<str:code>/", "one", branches.one),
            *exports(branches_export.export_of_one, name="one_export", below="<str:code>/"),
        ),
        only_in=BANK,
    ),
    Page(
        "performance_scheme",
        "performance-scheme/",
        Text("考核方案", "Scheme"),
        SECTION,
        Permission.PERFORMANCE_VIEW,
        performance_scheme.show,
        "rules",
        parts=(
            *exports(performance_scheme.export_of_page),
            ("new/", "new", own_schemes.new),
            ("<int:number>/", "own", own_schemes.one),
            ("<int:number>/decide/", "decide", own_schemes.decide),
            ("<int:number>/withdraw/", "withdraw", own_schemes.withdraw),
            *exports(own_schemes.export_of_scheme, name="own_export", below="<int:number>/"),
        ),
        only_in=BANK,
    ),
    Page(
        "allocations",
        "allocations/",
        Text("业绩归属", "Allocation"),
        SECTION,
        Permission.ALLOCATION_PROPOSE,
        allocations.show,
        "split",
        parts=(
            ("claim/", "claim", allocations.claim),
            ("hand-over/", "hand_over", allocations.hand_over),
            ("give/", "give", allocations.give),
            ("proposal/<int:number>/", "proposal", allocations.proposal),
            ("proposal/<int:number>/withdraw/", "withdraw", allocations.withdraw),
            ("proposal/<int:number>/decide/", "decide", allocations.decide),
            ("import/", "import", allocation_imports.show),
            ("import/template.<str:form>", "template", allocation_imports.template),
            ("objections/", "objections", allocation_objections.show),
            ("objections/<int:number>/answer/", "answer", allocation_objections.answer),
        ),
        only_in=BANK,
    ),
    Page(
        "manual_work",
        "manual-work/",
        Text("手工工作量", "Manual work"),
        SECTION,
        Permission.ALLOCATION_APPROVE,
        manual_work.show,
        "pencil",
        parts=(
            ("<int:number>/decide/", "decide", manual_work.decide),
            ("fill-in/", "fill_in", manual_work.fill_in),
            ("template.<str:form>", "template", manual_work.template),
        ),
        only_in=BANK,
    ),
    Page(
        "settlements",
        "settlements/",
        Text("绩效结算", "Settlements"),
        SECTION,
        Permission.PERFORMANCE_VIEW,
        settlements.show,
        "receipt",
        parts=(
            ("new/", "new", settlements.new),
            ("<int:number>/", "one", settlements.one),
            ("<int:number>/open/", "open", settlements.open_differences),
            ("<int:number>/withdraw/", "withdraw", settlements.withdraw),
            ("<int:number>/decide/", "decide", settlements.decide),
            *exports(settlements.export_of_page, below="<int:number>/"),
            ("<int:number>/person/<str:code>/", "person", settlements.person),
            *exports(settlements.export_of_person, name="person_export", below="<int:number>/person/<str:code>/"),
            ("<int:number>/outlet/<str:code>/", "outlet", settlements.outlet),
            *exports(settlements.export_of_outlet, name="outlet_export", below="<int:number>/outlet/<str:code>/"),
        ),
        only_in=BANK,
    ),
    Page(
        "my_performance",
        "my-performance/",
        Text("我的绩效", "My performance"),
        SECTION,
        Permission.FIGURE_VIEW,
        my_performance.show,
        "medal",
        parts=(
            *exports(person_export.export_of_viewer),
            ("settled/<int:number>/<str:code>/", "settled", my_settled.show),
            *exports(my_settled.export_of_own, name="settled_export", below="settled/<int:number>/<str:code>/"),
            ("object/", "object", my_performance.object_to),
            ("object/<int:number>/withdraw/", "unobject", my_performance.take_back),
            ("work/", "work", my_performance.record),
            ("work/<int:number>/withdraw/", "unwork", my_performance.unrecord),
        ),
        only_in=BANK,
    ),
)
"""One entry a page."""
