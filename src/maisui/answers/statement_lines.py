"""The lines of balance sheet and income statement: their names, their order, and which of them add up to which total."""

from __future__ import annotations

from dataclasses import dataclass

LINE_NAMES: dict[str, tuple[str, str]] = {
    "cash": ("现金", "Cash"),
    "central_bank_asset": ("存放中央银行款项", "Placed with the central bank"),
    "interbank_asset": ("存放与拆放同业", "Placed with banks"),
    "investment": ("投资", "Investments"),
    "discount": ("贴现", "Discounted bills"),
    "loan": ("贷款", "Loans"),
    "advance": ("垫款", "Advances"),
    "provision": ("贷款损失准备", "Loan-loss provisions"),
    "receivable": ("应收款项", "Receivables"),
    "other_asset": ("其他资产", "Other assets"),
    "joint_debit": ("共同类（借方净额）", "Joint subjects, net debit"),
    "central_bank_liability": ("向中央银行借款", "Borrowed from the central bank"),
    "interbank_liability": ("同业存放与拆入", "Owed to banks"),
    "deposit": ("存款", "Deposits"),
    "payable": ("应付款项", "Payables"),
    "other_liability": ("其他负债", "Other liabilities"),
    "joint_credit": ("共同类（贷方净额）", "Joint subjects, net credit"),
    "other_equity": ("资本、公积与未分配利润", "Capital, reserves and retained profit"),
    "current_result": ("本年损益（未结转）", "Result not yet closed"),
    "other_joint": ("共同类", "Joint subjects"),
    "other_off_balance": ("表外科目", "Off-balance subjects"),
    "other_unmapped": ("未归类科目", "Unmapped subjects"),
    "interest_income": ("利息收入", "Interest income"),
    "deposit_interest_expense": ("存款利息支出", "Interest on deposits"),
    "interest_expense": ("其他利息支出", "Other interest expense"),
    "fee_income": ("手续费及佣金收入", "Fee and commission income"),
    "fee_expense": ("手续费及佣金支出", "Fee and commission expense"),
    "investment_income": ("投资、公允价值与汇兑收益", "Investment, fair value and exchange gains"),
    "other_income": ("其他业务收入", "Other operating income"),
    "other_expense": ("其他业务支出", "Other operating expense"),
    "operating_expense": ("业务及管理费", "Operating expense"),
    "tax_surcharge": ("税金及附加", "Taxes and surcharges"),
    "impairment": ("减值损失", "Impairment"),
    "non_operating_income": ("营业外收入", "Non-operating income"),
    "non_operating_expense": ("营业外支出", "Non-operating expense"),
    "income_tax": ("所得税", "Income tax"),
    "prior_year_adjustment": ("以前年度损益调整", "Adjustment of earlier years"),
    "other_result": ("未归类损益", "Unmapped results"),
    "assets": ("资产", "Assets"),
    "liabilities": ("负债", "Liabilities"),
    "equity": ("所有者权益", "Equity"),
    "total_assets": ("资产总计", "Total assets"),
    "total_liabilities": ("负债合计", "Total liabilities"),
    "total_equity": ("所有者权益合计", "Total equity"),
    "liabilities_and_equity": ("负债和所有者权益总计", "Total liabilities and equity"),
    "unmapped": ("未归入报表的科目（借方净额）", "On no statement, net debit"),
    "translation_difference": ("汇兑折算差额", "Translation difference"),
    "imbalance": ("不平衡差额", "Imbalance"),
    "unlisted": ("未列入任何行的科目（借方净额）", "On none of the lines, net debit"),
    "listed_twice": ("重复列入的科目（借方净额）", "On more than one line, net debit"),
    "off_balance": ("表外", "Off balance"),
    "operating_income": ("一、营业收入", "I. Operating income"),
    "net_interest_income": ("利息净收入", "Net interest income"),
    "net_fee_income": ("手续费及佣金净收入", "Net fees and commissions"),
    "operating_cost": ("二、营业支出", "II. Operating cost"),
    "operating_profit": ("三、营业利润", "III. Operating profit"),
    "profit_before_tax": ("四、利润总额", "IV. Profit before tax"),
    "net_profit": ("五、净利润", "V. Net profit"),
}
"""Name of each line, section and total, Chinese and English."""

COST_LINES = frozenset(
    ("deposit_interest_expense", "interest_expense", "fee_expense", "other_expense", "operating_expense", "tax_surcharge", "impairment",
     "non_operating_expense", "income_tax", "operating_cost")
)  # fmt: skip
"""Lines and totals of the income statement that lessen profit."""

TRANSLATION = "translation_difference"
SECTION, LINE, SUBJECT, TOTAL, CHECK = "section", "line", "subject", "total", "check"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a statement in reading order: a line, or a total of `lines`; `level` is its indentation."""

    kind: str
    code: str
    level: int
    lines: tuple[str, ...] = ()


def _lines(level: int, *codes: str) -> tuple[Entry, ...]:
    return tuple(Entry(LINE, code, level, (code,)) for code in codes)


ASSET_LINES = (
    "cash", "central_bank_asset", "interbank_asset", "investment", "discount", "loan", "advance", "provision", "receivable", "other_asset",
)  # fmt: skip
LIABILITY_LINES = ("central_bank_liability", "interbank_liability", "deposit", "payable", "other_liability")
EQUITY_LINES = ("other_equity",)

_NET_INTEREST = ("interest_income", "deposit_interest_expense", "interest_expense")
_NET_FEES = ("fee_income", "fee_expense")
_OPERATING_INCOME = (*_NET_INTEREST, *_NET_FEES, "investment_income", "other_income", "other_expense")
_OPERATING_COST = ("tax_surcharge", "operating_expense", "impairment")
_OPERATING = (*_OPERATING_INCOME, *_OPERATING_COST)
_BEFORE_TAX = (*_OPERATING, "non_operating_income", "non_operating_expense", "prior_year_adjustment", "other_result")
INCOME_LINES = (*_BEFORE_TAX, "income_tax")

INCOME_LAYOUT: tuple[Entry, ...] = (
    Entry(TOTAL, "operating_income", 0, _OPERATING_INCOME),
    Entry(TOTAL, "net_interest_income", 1, _NET_INTEREST),
    *_lines(2, *_NET_INTEREST),
    Entry(TOTAL, "net_fee_income", 1, _NET_FEES),
    *_lines(2, *_NET_FEES),
    *_lines(1, "investment_income", "other_income", "other_expense"),
    Entry(TOTAL, "operating_cost", 0, _OPERATING_COST),
    *_lines(1, *_OPERATING_COST),
    Entry(TOTAL, "operating_profit", 0, _OPERATING),
    *_lines(1, "non_operating_income", "non_operating_expense", "prior_year_adjustment", "other_result"),
    Entry(TOTAL, "profit_before_tax", 0, _BEFORE_TAX),
    *_lines(1, "income_tax"),
    Entry(TOTAL, "net_profit", 0, INCOME_LINES),
)
"""The income statement: what earns is positive, what costs is negative, so that every total is a plain sum."""
