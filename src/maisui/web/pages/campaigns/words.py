"""Words of campaigns in both languages."""

from __future__ import annotations

from maisui.web.text import Text

OFFERED: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("存款", "Deposits"), ("term_deposit", "demand_deposit", "notice_deposit", "agreement_deposit")),
    (
        Text("理财与代销", "Wealth and agency"),
        ("wealth_product", "agency_insurance", "agency_fund", "agency_bond", "agency_metal", "agency_trust"),
    ),
    (
        Text("贷款", "Loans"),
        ("farmer_loan", "business_loan", "consumer_loan", "housing_loan", "fixed_asset_loan", "discount", "trade_finance"),
    ),
    (Text("银行卡与服务", "Cards and services"), ("debit_card", "credit_card", "electronic_bank", "payroll", "merchant")),
)
"""The products a campaign can offer, as they are chosen from: an advance, an overdraft or a margin deposit nobody is offered."""
STATES: dict[str, Text] = {
    "waiting": Text("待审批", "waits for approval"),
    "started": Text("已批准", "approved"),
    "rejected": Text("已驳回", "rejected"),
    "withdrawn": Text("已撤回", "taken back"),
    "ahead": Text("未开始", "not begun"),
    "running": Text("进行中", "running"),
    "stopped": Text("已停止", "stopped"),
    "over": Text("已结束", "over"),
}
MEASURES: dict[str, Text] = {
    "asset_average_change": Text("户均金融资产日均增加（元）", "Rise of average assets a customer (CNY)"),
    "product_held": Text("持有该产品的客户占比", "Share who hold the product"),
    "loan_used": Text("有贷款余额的客户占比", "Share with a loan balance"),
}
