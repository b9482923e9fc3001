"""Words for tiers set by hand, in both languages."""

from __future__ import annotations

from maisui.web.text import Text

STANDINGS: dict[str, Text] = {
    "waiting": Text("待他人审批", "Waits for another person"),
    "rejected": Text("已驳回", "Rejected"),
    "withdrawn": Text("已撤回", "Taken back"),
    "delivered": Text("已批准，跑批后生效", "Approved, counts from the next batch"),
    "refused": Text("跑批未采用", "Refused by the batch"),
    "ahead": Text("尚未开始", "Not begun yet"),
    "holds": Text("有效", "In force"),
    "over": Text("已到期", "Over"),
    "replaced": Text("已被取代或取消", "Replaced or ended"),
    "done": Text("已取消核定", "Ended"),
}
REFUSALS: dict[str, Text] = {
    "customer_unknown": Text("客户不存在", "no such customer"),
    "tier_unknown": Text("当日没有该等级", "no such tier on that day"),
    "dates_reversed": Text("起止日期不成立", "days that do not hold"),
}
