"""Words of the branch page: characters, kinds of area, features, suggestions and reasons for silence."""

from __future__ import annotations

from maisui.answers.branch_advice import Silence, Suggestion
from maisui.answers.branch_peers import Character
from maisui.web.text import Text

CHARACTER_WORDS: dict[Character, Text] = {
    Character.VILLAGE: Text("乡村", "Village"),
    Character.TOWNSHIP: Text("集镇", "Township"),
    Character.COUNTY_SEAT: Text("县城", "County seat"),
}
AREA_WORDS: dict[str, Text] = {
    "urban": Text("城区", "urban"),
    "town": Text("镇区", "town"),
    "township": Text("乡村", "rural"),
}
FEATURE_WORDS: dict[str, Text] = {
    "catchment_households": Text("辐射户数", "Households in its catchment"),
    "competitor_count": Text("周边同业网点", "Outlets of other banks nearby"),
    "agriculture_share": Text("涉农贷款占比", "Share of farm loans"),
    "wage_share": Text("代发客户占比", "Share of customers with payroll"),
    "merchant_share": Text("经营收款客户占比", "Share of customers with takings"),
}
"""Features that are no metric of the catalogue; the others are called as there."""
SHARES = frozenset({"agriculture_share", "wage_share", "merchant_share"})

COUNTER_WORDS: dict[Suggestion, Text] = {
    Suggestion.ADD: Text("建议高峰时段增加一名柜员", "One more teller at peak hours"),
    Suggestion.SHIFT: Text(
        "等候偏长但人均负荷不高：建议把班次集中到高峰时段", "Waits are long though the load is not: move duty to the peak hours"
    ),
    Suggestion.RELEASE: Text("可调出一名柜员支援其他网点", "One teller could be released to another outlet"),
    Suggestion.KEEP: Text("柜面人手与业务量相称，暂不调整", "The counter is staffed as its business asks; no change"),
}
MANAGER_WORDS: dict[Suggestion, Text] = {
    Suggestion.FILL: Text(
        "在岗人员中无人分管客户：建议配备一名客户经理", "Nobody on duty here has customers assigned: appoint a customer manager"
    ),
    Suggestion.ADD: Text("建议增加一名客户经理", "One more customer manager"),
    Suggestion.RELEASE: Text("可调出一名客户经理支援其他网点", "One customer manager could be released to another outlet"),
    Suggestion.KEEP: Text("客户经理与客户数相称，暂不调整", "Managers match the number of customers; no change"),
}
SILENCE_WORDS: dict[Silence, Text] = {
    Silence.NO_QUEUE: Text(
        "没有这一期的排队叫号数据，不作建议：需要补录 queue_ticket",
        "No queue tickets in this period, so nothing is suggested: deliver queue_ticket",
    ),
    Silence.NO_ATTENDANCE: Text(
        "没有这一期的考勤数据，不作建议：需要补录 attendance", "No attendance in this period, so nothing is suggested: deliver attendance"
    ),
    Silence.NO_JOURNAL: Text(
        "没有这一期的柜员流水，不作建议：需要补录 teller_journal 与 workload_rate",
        "No teller journal in this period, so nothing is suggested: deliver teller_journal and workload_rate",
    ),
    Silence.NO_PEERS: Text("没有可比的相似网点，不作建议", "No alike outlet to compare with, so nothing is suggested"),
    Silence.NO_ASSIGNMENTS: Text(
        "没有业绩归属数据，不作建议：需要补录 manager_assignment", "No assignments, so nothing is suggested: deliver manager_assignment"
    ),
}
