"""The catalogue: one file a topic; one definition of every figure."""

from dataclasses import dataclass

from maisui.metrics import (
    agency,
    assets,
    channels,
    concentration,
    contribution,
    customer_base,
    customers,
    deposits,
    flows,
    labels,
    loan_quality,
    loans,
    managers,
    market,
    merchants,
    outlets,
    products,
    results,
    supervision,
    targets,
    tellers,
    terminals,
    trust,
)
from maisui.metrics.metric import DIMENSION_BY_CODE, DIMENSIONS, LEGAL_ENTITY, Additivity, Dimension, Measure, Metric, Timing, Unit


@dataclass(frozen=True, slots=True)
class Topic:
    """What belongs together in the catalogue: its names, its metrics, and in English what they are about."""

    name_zh: str
    name_en: str
    meaning_en: str
    metrics: tuple[Metric, ...]


TOPICS: tuple[Topic, ...] = (
    Topic("存款", "Deposits", deposits.__doc__ or "", deposits.METRICS),
    Topic("客户资产", "Assets", assets.__doc__ or "", assets.METRICS),
    Topic("贷款", "Loans", loans.__doc__ or "", loans.METRICS),
    Topic("贷款质量", "Loan quality", loan_quality.__doc__ or "", loan_quality.METRICS),
    Topic("集中度与迁徙", "Concentration and migration", concentration.__doc__ or "", concentration.METRICS),
    Topic("监管指标", "Supervisory ratios", supervision.__doc__ or "", supervision.METRICS),
    Topic("损益", "Results", results.__doc__ or "", results.METRICS),
    Topic("贡献", "Contribution", contribution.__doc__ or "", contribution.METRICS),
    Topic("客户", "Customers", customers.__doc__ or "", customers.METRICS),
    Topic("客户基础", "Customer base", customer_base.__doc__ or "", customer_base.METRICS),
    Topic("产品", "Products", products.__doc__ or "", products.METRICS),
    Topic("客户标签", "Customer labels", labels.__doc__ or "", labels.METRICS),
    Topic("资金流", "Flows", flows.__doc__ or "", flows.METRICS),
    Topic("渠道", "Channels", channels.__doc__ or "", channels.METRICS),
    Topic("渠道流水", "Channel log", agency.__doc__ or "", agency.METRICS),
    Topic("终端", "Terminals", terminals.__doc__ or "", terminals.METRICS),
    Topic("收单商户", "Merchants", merchants.__doc__ or "", merchants.METRICS),
    Topic("市场", "Market", market.__doc__ or "", market.METRICS),
    Topic("网点", "Outlets", outlets.__doc__ or "", outlets.METRICS),
    Topic("客户经理", "Managers", managers.__doc__ or "", managers.METRICS),
    Topic("柜员", "Tellers", tellers.__doc__ or "", tellers.METRICS),
    Topic("目标", "Targets", targets.__doc__ or "", targets.METRICS),
    Topic("可信度", "Trust", trust.__doc__ or "", trust.METRICS),
)
"""The chapters of the catalogue, in reading order."""

CATALOGUE: tuple[Metric, ...] = tuple(metric for topic in TOPICS for metric in topic.metrics)
"""Every metric, topic by topic."""

BY_CODE: dict[str, Metric] = {metric.code: metric for metric in CATALOGUE}
"""Every metric under its code."""

__all__ = [
    "BY_CODE",
    "CATALOGUE",
    "DIMENSIONS",
    "DIMENSION_BY_CODE",
    "LEGAL_ENTITY",
    "TOPICS",
    "Additivity",
    "Dimension",
    "Measure",
    "Metric",
    "Timing",
    "Topic",
    "Unit",
]
