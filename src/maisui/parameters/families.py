"""In which families parameters stand, what their values are counted in, and which families a bank may add codes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What the value of a parameter is counted in; a word is a code, everything else a number."""

    RATE = "rate"
    WEIGHT = "weight"
    DAYS = "days"
    MONTHS = "months"
    COUNT = "count"
    YUAN = "yuan"
    TEN_THOUSAND_YUAN = "ten_thousand_yuan"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Member:
    """A code, or the beginning of codes where it ends in a dot; `is_open` lets a bank add codes, whose meaning names the rest of the code.

    `is_for_whole_history` marks what the batch takes as of its reporting date: a line changes every month of the next version.
    """

    code: str
    kind: ValueKind
    is_open: bool = False
    meaning_zh: str = ""
    meaning_en: str = ""
    is_for_whole_history: bool = False

    def holds(self, code: str) -> bool:
        """Return whether `code` is this member's."""
        return code.startswith(self.code) if self.code.endswith(".") else code == self.code


@dataclass(frozen=True, slots=True)
class Family:
    """Parameters that a reader looks for together."""

    code: str
    name_zh: str
    name_en: str
    members: tuple[Member, ...]


_RATE, _WEIGHT, _DAYS, _WORD = ValueKind.RATE, ValueKind.WEIGHT, ValueKind.DAYS, ValueKind.WORD
_MONTHS, _COUNT, _YUAN, _TEN_THOUSAND = ValueKind.MONTHS, ValueKind.COUNT, ValueKind.YUAN, ValueKind.TEN_THOUSAND_YUAN

FAMILIES: tuple[Family, ...] = (
    Family(
        "transfer_price",
        "内部资金转移定价",
        "Transfer pricing",
        (
            Member("transfer_curve", _WORD),
            Member("transfer_tenor_days.", _DAYS, True, "产品组 {} 的行为期限（天）", "Behavioural tenor of the product group {} in days"),
            Member("transfer_default_tenor_days.", _DAYS),
            Member("interest_day_basis.", _DAYS, True, "产品组 {} 的计息年天数", "Days of an interest year of the product group {}"),
            Member("demand_deposit_rate", _RATE),
        ),
    ),
    Family(
        "tax",
        "税",
        "Tax",
        (
            Member("vat_rate.", _RATE, True, "产品组 {} 的增值税率", "Value-added tax on the product group {}"),
            Member("surcharge_rate", _RATE),
            Member("income_tax_rate", _RATE),
        ),
    ),
    Family(
        "capital",
        "资本",
        "Capital",
        (
            Member("risk_weight.", _WEIGHT, True, "产品组 {} 的风险权重", "Risk weight of the product group {}"),
            Member("capital_ratio", _RATE),
            Member("capital_cost_rate", _RATE),
        ),
    ),
    Family(
        "risk",
        "风险与准备",
        "Risk and provisions",
        (
            Member("loss_given_default.", _RATE, True, "产品组 {} 的违约损失率", "Loss given default of the product group {}"),
            Member("default_probability.", _RATE),
            Member("provision_rate.", _RATE),
            Member("long_overdue_days", _DAYS),
        ),
    ),
    Family(
        "customers",
        "客户等级与有效户",
        "Customer tiers and standing",
        (
            Member("tier.", _TEN_THOUSAND),
            Member("tier_weight.", _WEIGHT),
            Member("tier_protection_months", _MONTHS),
            Member("quality_tier", _WORD),
            Member("effective_customer_balance", _YUAN),
            Member("dormant_personal_days", _DAYS),
            Member("dormant_personal_balance", _YUAN),
            Member("dormant_corporate_days", _DAYS),
        ),
    ),
    Family(
        "thresholds",
        "口径与限额",
        "Thresholds and limits",
        (
            Member("small_ticket_limit", _TEN_THOUSAND),
            Member("small_transaction_limit", _YUAN),
            Member("quick_pay_daily_limit", _COUNT),
            Member("unexplained_profit_limit", _RATE),
            Member("history_days", _DAYS, is_for_whole_history=True),
        ),
    ),
    Family(
        "ratio_limits",
        "比率限值",
        "Limits of ratios",
        (
            Member("ratio_floor.", _WEIGHT, True, "指标 {} 的下限", "What the metric {} must not fall below"),
            Member("ratio_ceiling.", _WEIGHT, True, "指标 {} 的上限", "What the metric {} must not exceed"),
            Member("ratio_near_share", _RATE),
        ),
    ),
    Family("narrative", "经营要点", "What is worth saying", (Member("narrative_noise_factor", _WEIGHT),)),
    Family(
        "channels",
        "渠道",
        "Channels",
        (
            Member("electronic_channel.", _WORD, True, "电子渠道：{}", "Electronic channel: {}"),
            Member("own_electronic_channel.", _WORD),
            Member("counter_leave_weight.", _WEIGHT),
            Member("union_bank_code_prefix", _WORD),
            Member(
                "union_bank_code_prefix.",
                _WORD,
                True,
                "本省联社内行社的支付行号开头：{}",
                "How payment codes of the same union's banks begin: {}",
            ),
            Member("rural_bank_code_prefix", _WORD),
            Member("rural_bank_code_prefix.", _WORD),
        ),
    ),
    Family(
        "ledger_lines",
        "总账科目归属",
        "Ledger lines",
        (
            Member(
                "ledger_line.", _WORD, True, "科目 {} 归入的报表行", "Statement line of the ledger subject {}", is_for_whole_history=True
            ),
            Member("interest_of.", _WORD, True, "利息科目 {} 对应的存贷等科目", "The subject whose balance the interest subject {} is of"),
        ),
    ),
)
"""Every family in the order in which readers see it; each code of the product stands in exactly one."""


def member_of(code: str) -> tuple[Family, Member] | None:
    """Return the family of `code` and its place there; None where no family takes it."""
    return next(((family, member) for family in FAMILIES for member in family.members if member.holds(code)), None)
