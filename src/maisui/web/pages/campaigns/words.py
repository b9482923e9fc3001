"""Words of campaigns in both languages."""

from __future__ import annotations

from maisui.web.text import Text

STATES: dict[str, Text] = {
    "waiting": Text("待审批", "waits for approval"),
    "started": Text("已批准", "approved"),
    "rejected": Text("已驳回", "rejected"),
    "withdrawn": Text("已撤回", "taken back"),
    "ahead": Text("未开始", "not begun"),
    "running": Text("进行中", "running"),
    "over": Text("已结束", "over"),
}
MEASURES: dict[str, Text] = {
    "asset_average_change": Text("户均金融资产日均增加（元）", "Rise of average assets a customer (CNY)"),
    "product_held": Text("持有该产品的客户占比", "Share who hold the product"),
    "loan_used": Text("有贷款余额的客户占比", "Share with a loan balance"),
}
