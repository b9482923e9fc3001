"""A scheme as it is typed: in a form whose whole state is its address, read into terms or refused with what to correct."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from maisui.answers import Metric, Unit
from maisui.web.actions.action import ActionRefusedError
from maisui.web.schemes.terms import Basis, Indicator, Method, Subject, Terms, Tier, library_of
from maisui.web.text import Text

if TYPE_CHECKING:
    from django.http import QueryDict

ROWS = 10
FIELDS = ("metric", "method", "basis", "weight", "target", "floor", "cap", "tiers")
_MOST = Decimal(1_000_000_000)
_MOST_TIERS = 8
_LONGEST_NUMBER, _LONGEST_NAME = 20, 40


def terms_typed(said: QueryDict, posts: Iterable[str], organisations: Iterable[str]) -> Terms:
    """Return the scheme that a form says; `posts` and `organisations` are those of the bank.

    Raises:
        ActionRefusedError: when something is missing or makes no sense, with the row it stands in.
    """
    name = " ".join(said.get("name", "").split())
    if not 2 <= len(name) <= _LONGEST_NAME or not name.isprintable():  # noqa: PLR2004 - the shortest name says something
        raise refused(Text(f"请填写方案名称（2 至 {_LONGEST_NAME} 字）", f"name the scheme in 2 to {_LONGEST_NAME} characters"))
    if said.get("subject") not in tuple(Subject):
        raise refused(Text("请选择对象", "choose whom it assesses"))
    subject = Subject(said["subject"])
    chosen = tuple(dict.fromkeys(str(post) for post in said.getlist("post") if post))
    places = tuple(dict.fromkeys(str(code) for code in said.getlist("place") if code))
    if not set(chosen) <= set(posts) or not set(places) <= set(organisations):
        raise refused(Text("岗位或机构不在本行名册内", "a post or an organisation is not the bank's"))
    if (subject is Subject.BRANCH) != (not chosen):
        raise refused(Text("柜员、客户经理方案须选岗位，网点方案不选岗位", "name the posts of people; a scheme of outlets has none"))
    library = {metric.code: metric for metric in library_of(subject)}
    rows = (_row(said, number, library) for number in range(ROWS))
    indicators = tuple(row for row in rows if row is not None)
    if not indicators:
        raise refused(Text("请至少选一个指标", "choose one indicator at least"))
    if len({(one.metric, one.method, one.basis) for one in indicators}) < len(indicators):
        raise refused(Text("同一指标按同一计法只能出现一次", "an indicator counts once by each method"))
    points = [one for one in indicators if one.method is not Method.PRICE]
    price = _number(said.get("price", ""), Text("每分单价", "yuan a point"))
    if points and price is None:
        raise refused(Text("有计分指标时须填每分单价", "state the yuan of a point"))
    return Terms(said.get("code", "")[:40] or "new", name, subject, chosen, places, indicators, price or Decimal(0))


def typed_of(terms: Terms) -> dict[str, str | list[str]]:
    """Return what a form that says a scheme holds."""
    said: dict[str, str | list[str]] = {
        "code": terms.code,
        "name": terms.name,
        "subject": terms.subject.value,
        "post": list(terms.posts),
        "place": list(terms.organisations),
        "price": f"{terms.point_price:f}",
    }
    for number, one in enumerate(terms.indicators):
        tiers = "; ".join(f"{tier.begins:f}:{tier.worth:f}" for tier in one.tiers)
        numbers = {name: _plain(getattr(one, name)) for name in ("weight", "target", "floor", "cap")}
        row = {"metric": one.metric, "method": one.method.value, "basis": one.basis.value, **numbers, "tiers": tiers}
        said |= {f"{name}{number}": value for name, value in row.items()}
    return said


def refused(reason: Text) -> ActionRefusedError:
    """Return the refusal of a scheme."""
    return ActionRefusedError(reason, where="schemes", next_step="correct it and try again")


def _row(said: QueryDict, number: int, library: dict[str, Metric]) -> Indicator | None:
    found = {name: said.get(f"{name}{number}", "").strip() for name in FIELDS}
    if not found["metric"]:
        return None
    place = Text(f"第 {number + 1} 行", f"row {number + 1}")
    metric = library.get(found["metric"])
    if metric is None or found["method"] not in tuple(Method) or found["basis"] not in tuple(Basis):
        raise refused(Text(f"{place.zh}：该对象没有这个指标或计法", f"{place.en}: this subject has no such indicator or method"))
    weight, target, floor, cap = (_number(found[name], place) for name in ("weight", "target", "floor", "cap"))
    one = Indicator(
        metric.code,
        Method(found["method"]),
        weight or Decimal(0),
        target,
        floor or None,
        cap,
        _tiers(found["tiers"], place),
        Basis(found["basis"]),
    )
    _require_sense(one, metric, place)
    return one


def _require_sense(one: Indicator, metric: Metric, place: Text) -> None:
    """Refuse a row whose numbers its method does not use, or by which nobody could ever earn what it says."""
    is_target, is_band, is_price = (one.method is method for method in (Method.TARGET, Method.BAND, Method.PRICE))
    faults = (
        (is_price == bool(one.weight), Text("计分须填权重，计价不填", "points need a weight, unit prices have none")),
        (is_target == bool(one.tiers), Text("分档和计价须填阶梯，目标不填", "bands and prices need tiers, targets have none")),
        (
            (not is_target and one.target is not None) or (is_band and (one.floor is not None or one.cap is not None)),
            Text("目标只用于目标计分，起计与封顶不用于分档", "only targets have a target, bands have no floor or cap"),
        ),
        (one.target == 0, Text("目标须大于 0，留空取已下达的目标", "a target is above 0; left empty, the one that was set counts")),
        (
            one.cap is not None and (one.cap == 0 or (one.floor or 0) > one.cap),
            Text("封顶须大于 0 且不低于起计", "a cap is above 0 and not below the floor"),
        ),
        (is_price and metric.unit is Unit.SHARE, Text("比率不能计价，请用分档", "a ratio has no unit price; use bands")),
        (
            is_target and one.basis is Basis.INCREASE and one.target is None,
            Text("按增量考核须填目标", "an increase needs its own target"),
        ),
    )
    for is_wrong, said in faults:
        if is_wrong:
            raise refused(Text(f"{place.zh}：{said.zh}", f"{place.en}: {said.en}"))


def _tiers(text: str, place: Text) -> tuple[Tier, ...]:
    """Return the tiers typed as `from:worth`, parted by semicolons."""
    parts = [part for part in text.replace("；", ";").replace("：", ":").split(";") if part.strip()]
    found: list[Tier] = []
    for part in parts:
        begins, _, worth = part.partition(":")
        numbers = _number(begins, place), _number(worth, place)
        if numbers[0] is None or numbers[1] is None:
            raise refused(Text(f"{place.zh}：阶梯写作 起点:值；起点:值", f"{place.en}: write tiers as from:worth; from:worth"))
        found.append(Tier(numbers[0], numbers[1]))
    ordered = [tier.begins for tier in found]
    if len(found) > _MOST_TIERS or ordered != sorted(set(ordered)):
        raise refused(Text(f"{place.zh}：阶梯起点须递增，最多 {_MOST_TIERS} 档", f"{place.en}: tiers rise, {_MOST_TIERS} at most"))
    return tuple(found)


def _number(text: str, place: Text) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    try:
        value = Decimal(text) if len(text) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or not 0 <= value <= _MOST:
        raise refused(Text(f"{place.zh}：请填 0 至 10 亿的数", f"{place.en}: write a number from 0 to 1,000,000,000"))
    return value


def _plain(value: Decimal | None) -> str:
    return "" if not value else f"{value:f}"
