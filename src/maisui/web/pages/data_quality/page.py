"""What do the data lack: facts and age of customers' records, unknown words, keys that hang in the air; each down to where it lies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import AGE_BUCKETS, ORPHAN_KINDS, Completeness, OrphanKeys, RecordAges, UnknownWords
from maisui.web.gateway import Gateway
from maisui.web.text import Text

_LONGEST_CODE = 64
KINDS = {
    "personal": Text("个人客户", "Personal customers"),
    "corporate": Text("对公客户", "Corporate customers"),
    "unknown": Text("未报送客户", "Customers never reported"),
}
FACTS = {
    "name": Text("名称", "Name"),
    "certificate": Text("证件", "Certificate"),
    "phone": Text("联系电话", "Telephone"),
    "born_on": Text("出生日期", "Day of birth"),
    "sex": Text("性别", "Sex"),
    "farmer": Text("农户标志", "Farmer flag"),
    "home": Text("归属机构", "Home outlet"),
    "customer_type": Text("客户类型", "Customer type"),
    "address": Text("地址", "Address"),
    "education": Text("学历", "Schooling"),
    "occupation": Text("职业", "Occupation"),
    "employer": Text("工作单位", "Employer"),
    "income": Text("年收入", "Yearly income"),
    "married": Text("婚姻状况", "Marital status"),
    "blacklist": Text("黑名单标志", "Blacklist flag"),
    "size_class": Text("企业规模", "Size class"),
    "credit_rating": Text("信用评级", "Credit rating"),
    "capital": Text("注册资本", "Registered capital"),
    "staff": Text("员工人数", "Staff"),
    "industry": Text("所属行业", "Industry"),
    "region": Text("行政区划", "Administrative division"),
}
ORPHANS = {
    "account_customer": Text("账户找不到客户", "Accounts without a customer"),
    "loan_account": Text("贷款找不到账户", "Loans without an account"),
    "transaction_account": Text("交易找不到账户", "Transactions without an account"),
    "teller_employee": Text("柜员找不到员工", "Tellers without an employee"),
    "officer_employee": Text("信贷员找不到员工", "Loan officers without an employee"),
    "terminal_merchant": Text("机具找不到商户", "Terminals without a merchant"),
    "organisation": Text("机构未报送", "Organisations never reported"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the version lacks; a fact to split by home outlet or a key to trace to its lines stands in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "data_quality/page.html", {})
    found = gateway.data.data_quality()
    context: dict[str, object] = {
        "fresh": fresh,
        "groups": [(KINDS[kind], _of_kind(found.completeness, kind)) for kind in ("personal", "corporate")],
        "buckets": list(zip((0, *(days + 1 for days in AGE_BUCKETS)), AGE_BUCKETS, strict=False)),
        "oldest": AGE_BUCKETS[-1],
        "ages": [_age_in_words(one) for one in found.ages],
        "unknown": [_column_in_words(one) for one in found.unknown],
        "has_unknown": any(one.unknown for one in found.unknown),
        "orphans": [_orphan_in_words(one) for one in found.orphans],
    }
    context |= _split(request, gateway) | _traced(request, gateway)
    return render(request, "data_quality/page.html", context)


def _split(request: HttpRequest, gateway: Gateway) -> dict[str, object]:
    """Return one fact by home outlet where the address asks for it."""
    kind, fact = request.GET.get("kind", ""), request.GET.get("fact", "")
    if kind not in KINDS or fact not in FACTS:
        return {}
    return {"split_kind": KINDS[kind], "split_fact": FACTS[fact], "homes": gateway.data.completeness_by_home(kind=kind, fact=fact)}


def _traced(request: HttpRequest, gateway: Gateway) -> dict[str, object]:
    """Return the delivered lines behind keys of one kind and organisation where the address asks for them."""
    check, organisation = request.GET.get("check", ""), request.GET.get("organisation", "")[:_LONGEST_CODE]
    if check not in {kind.code for kind in ORPHAN_KINDS} or not organisation:
        return {}
    return {
        "traced": ORPHANS[check],
        "traced_at": organisation,
        "files": gateway.data.orphan_files(check=check, organisation=organisation),
    }


def _of_kind(found: tuple[Completeness, ...], kind: str) -> list[tuple[Text, Completeness]]:
    return [(FACTS[one.fact], one) for one in found if one.kind == kind]


def _age_in_words(one: RecordAges) -> tuple[Text, RecordAges]:
    return KINDS[one.kind], one


def _column_in_words(one: UnknownWords) -> tuple[Text, Text, UnknownWords]:
    return Text(*one.table_title), Text(*one.column_meaning), one


def _orphan_in_words(one: OrphanKeys) -> tuple[Text, Text, Text, OrphanKeys]:
    source, target = one.kind.titles
    return ORPHANS[one.kind.code], Text(*source), Text(*target), one
