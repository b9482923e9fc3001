"""What a scheme says: whom it assesses by post and organisation, and for each indicator how its figure becomes points or yuan.

Everything typed is in the counted unit of a metric: ten thousand yuan of amounts, percent of shares, one of counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from maisui.answers import CATALOGUE, Metric, Scheme, Unit, metric_of
from maisui.web.text import Text

STANDARD = "standard"
"""The code of the scheme that the bank's parameters `scheme_*` make: it assesses whoever has targets and no scheme of his own."""


class Subject(StrEnum):
    """Whose results a scheme assesses."""

    TELLER = "teller"
    MANAGER = "manager"
    BRANCH = "branch"


class Method(StrEnum):
    """How a figure counts: completion of a target, points of the band it lies in, or yuan for each unit of it."""

    TARGET = "target"
    BAND = "band"
    PRICE = "price"


class Basis(StrEnum):
    """What counts of a figure: itself, or by how much it is above that of the period before."""

    VALUE = "value"
    INCREASE = "increase"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a ladder: from where on it counts, and what it is worth (points of a band, yuan for a unit of a price)."""

    begins: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a scheme.

    `target` None takes the target that was set for the person or outlet. `floor` and `cap` bound the completion of a target, or the
    quantity that is paid for; None bounds nothing.
    """

    metric: str
    method: Method
    weight: Decimal = Decimal(0)
    target: Decimal | None = None
    floor: Decimal | None = None
    cap: Decimal | None = None
    tiers: tuple[Tier, ...] = ()
    basis: Basis = Basis.VALUE


@dataclass(frozen=True, slots=True)
class Terms:
    """One scheme: empty `organisations` are the whole bank, empty `posts` any post; `point_price` is yuan for a point."""

    code: str
    name: str
    subject: Subject
    posts: tuple[str, ...]
    organisations: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    point_price: Decimal

    @property
    def is_standard(self) -> bool:
        """Return whether this is the scheme that the parameters make."""
        return self.code == STANDARD

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Return the metrics of the scheme, each once, in its order."""
        return tuple(metric_of(code) for code in dict.fromkeys(indicator.metric for indicator in self.indicators))


def library_of(subject: Subject) -> tuple[Metric, ...]:
    """Return the indicators a scheme of a subject may choose from: every figure of the catalogue that is known by person or outlet."""
    wanted = {Subject.TELLER: ("person", "manager"), Subject.MANAGER: ("manager", "person"), Subject.BRANCH: ("organisation",)}[subject]
    return tuple(
        metric
        for metric in CATALOGUE
        if not metric.is_per_target
        and any(dimension in metric.dimensions for dimension in wanted)
        and not (subject is not Subject.BRANCH and metric.code.startswith("unassigned_"))
    )


def counted(metric: Metric, value: Decimal) -> Decimal:
    """Return a figure in the counted unit of its metric."""
    return value * 100 if metric.unit is Unit.SHARE else value / 10_000 if metric.unit is Unit.YUAN else value


def uncounted(metric: Metric, value: Decimal) -> Decimal:
    """Return what was typed in the counted unit in the unit of the metric."""
    return value / 100 if metric.unit is Unit.SHARE else value * 10_000 if metric.unit is Unit.YUAN else value


def counted_unit(metric: Metric) -> Text:
    """Return the name of the counted unit of a metric."""
    if metric.unit is Unit.SHARE:
        return Text("%", "%")
    return Text("万元", "× 10,000 yuan") if metric.unit is Unit.YUAN else Text("笔/户/天等", "each")


def standard_terms(scheme: Scheme) -> Terms:
    """Return the scheme of the parameters as every other scheme stands."""
    indicators = tuple(
        Indicator(metric, Method.TARGET, weight=weight, floor=scheme.floor, cap=scheme.cap) for metric, weight in scheme.weights
    )
    return Terms(STANDARD, "", Subject.MANAGER, (), (), indicators, scheme.point_price)


def terms_json(terms: Terms) -> dict[str, Any]:
    """Return a scheme as plain words, in which it is proposed and frozen."""
    return {
        "code": terms.code,
        "name": terms.name,
        "subject": terms.subject.value,
        "posts": list(terms.posts),
        "organisations": list(terms.organisations),
        "point_price": _text(terms.point_price),
        "indicators": [
            {
                "metric": one.metric,
                "method": one.method.value,
                "weight": _text(one.weight),
                "target": _text(one.target),
                "floor": _text(one.floor),
                "cap": _text(one.cap),
                "tiers": [[_text(tier.begins), _text(tier.worth)] for tier in one.tiers],
                "basis": one.basis.value,
            }
            for one in terms.indicators
        ],
    }


def terms_from(plain: Mapping[str, Any]) -> Terms:
    """Return the scheme that `terms_json` wrote."""
    return Terms(
        plain["code"],
        plain["name"],
        Subject(plain["subject"]),
        tuple(plain["posts"]),
        tuple(plain["organisations"]),
        tuple(_indicator(one) for one in plain["indicators"]),
        Decimal(plain["point_price"]),
    )


def metrics_of(schemes: Iterable[Terms]) -> tuple[Metric, ...]:
    """Return the metrics of several schemes, each once."""
    return tuple(metric_of(code) for code in dict.fromkeys(one.metric for terms in schemes for one in terms.indicators))


def _indicator(plain: Mapping[str, Any]) -> Indicator:
    return Indicator(
        plain["metric"],
        Method(plain["method"]),
        Decimal(plain["weight"]),
        _known(plain["target"]),
        _known(plain["floor"]),
        _known(plain["cap"]),
        tuple(Tier(Decimal(begins), Decimal(worth)) for begins, worth in plain["tiers"]),
        Basis(plain["basis"]),
    )


def _known(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
