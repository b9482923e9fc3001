"""The table of strategies in force: the product's own lines, replaced by what two people of the bank decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from maisui.answers import AdviceRule, ConsentStanding
from maisui.web.strategies.models import State, StrategyLine
from maisui.web.text import Text

_ALWAYS = date(1900, 1, 1)
_LOST, _ATTENTION = "lost", "attention"


@dataclass(frozen=True, slots=True)
class Strategy:
    """One strategy in force: for whom (empty is everybody), what to do, with which product, how, how often, by whom, since when."""

    code: str
    tier: str
    life_stage: str
    label: str
    action: Text
    product: Text
    channel: str
    frequency_days: int
    owner: str
    since: date = _ALWAYS
    is_own: bool = False
    is_due: bool = False

    @property
    def is_offer(self) -> bool:
        """Return whether it offers a product or invites back; what is due needs nobody's consent to marketing."""
        return (bool(self.product.zh) or self.life_stage == _LOST) and not self.is_due

    def is_refused_by(self, standing: ConsentStanding) -> bool:
        """Return whether it offers a product to whoever refused marketing: it asks for no contact with him."""
        return self.is_offer and standing is ConsentStanding.REFUSED

    @property
    def precision(self) -> int:
        """Return how narrowly it is drawn: a label counts before a stage, a stage before a tier."""
        return 4 * bool(self.label) + 2 * bool(self.life_stage) + bool(self.tier)

    def rule(self) -> AdviceRule:
        """Return to whom it applies."""
        return AdviceRule(self.code, self.tier, self.life_stage, self.label, self.since)

    def because(self, reason: str) -> Strategy:
        """Return it as it is for a customer who bears its label for `reason`; a bank's own line says the same to all."""
        said = None if self.is_own else BY_REASON.get((self.code, reason))
        action, product = (self.action, self.product) if said is None else said
        return replace(self, action=action, product=product, is_due=self.is_due or (self.label == _ATTENTION and reason in _DUE))


def _line(code: str, who: str, action: Text, product: Text, how: str) -> Strategy:
    """Return a line of the product; `who` is tier/stage/label, `how` is channel/days/owner."""
    tier, stage, label = who.split("/")
    channel, days, owner = how.split("/")
    return Strategy(code, tier, stage, label, action, product, channel, int(days), owner)


_NONE = Text("", "")
PRODUCT_LINES: tuple[Strategy, ...] = (
    _line(
        "attention",
        "//attention",
        Text(
            "按关注原因办理：逾期商定还款，资产下降问明去向，投诉回访",
            "By the reason: agree on repayment, ask where assets went, answer complaints",
        ),
        _NONE,
        "visit/7/customer_manager",
    ),
    _line(
        "leaving_top",
        "diamond//silently_leaving",
        Text("网点负责人上门挽留，问明资金去向", "The branch manager calls in person and asks where the money goes"),
        Text("大额存单、专属定期", "Certificates of deposit"),
        "visit/14/branch_manager",
    ),
    _line(
        "leaving",
        "//silently_leaving",
        Text("电话问明原因，提供承接产品", "Ask for the reason by telephone, offer where to keep the money"),
        Text("定期、大额存单", "Term deposits, certificates"),
        "telephone/30/customer_manager",
    ),
    _line(
        "important",
        "//important_contribution",
        Text("一户一策，定期走访，优先办理", "A plan of his own, regular visits, served first"),
        Text("综合服务", "All services"),
        "visit/30/branch_manager",
    ),
    _line(
        "potential",
        "//potential_quality",
        Text("讲明升级权益，争取他行资金归集", "Explain the next tier, win money kept elsewhere"),
        Text("定期、理财、代发", "Term deposits, wealth, payroll"),
        "visit/30/customer_manager",
    ),
    _line(
        "quality",
        "//quality",
        Text("节日问候，提示到期，防止流失", "Greet, remind of what falls due, keep him"),
        Text("定期续存、理财", "Renewal, wealth"),
        "telephone/60/customer_manager",
    ),
    _line(
        "big_farmer",
        "//big_farmer",
        Text("备耕与收获前上门，了解资金安排", "Call before sowing and harvest, learn what money is needed"),
        Text("农户经营贷款、收单", "Farm loans, acquiring"),
        "visit/90/customer_manager",
    ),
    _line(
        "cooperative",
        "//cooperative",
        Text("随季节走访，连同社员一起服务", "Visit with the seasons, serve the members too"),
        Text("合作社贷款、代发", "Loans, payroll"),
        "visit/90/customer_manager",
    ),
    _line(
        "self_employed",
        "//self_employed",
        Text("推广收款码，按流水授信", "Offer the payment code, lend on turnover"),
        Text("收单、小微贷款", "Acquiring, small loans"),
        "visit/90/customer_manager",
    ),
    _line(
        "prospect",
        "/prospect/",
        Text("联系开户，介绍借记卡与手机银行", "Invite to open an account"),
        Text("借记卡、手机银行", "Card, mobile bank"),
        "telephone/90/customer_manager",
    ),
    _line(
        "new",
        "/new/",
        Text("开户后回访，帮助开通常用服务", "Call after the first account, set up what is used daily"),
        Text("手机银行、代扣", "Mobile bank, direct debit"),
        "telephone/30/customer_manager",
    ),
    _line(
        "growing",
        "/growing/",
        Text("了解资金来源，推荐长期产品", "Learn where the money comes from, offer longer terms"),
        Text("定期、理财", "Term deposits, wealth"),
        "telephone/60/customer_manager",
    ),
    _line(
        "declining",
        "/declining/",
        Text("问明资金流出原因，商定回流", "Ask why money leaves, agree on its return"),
        Text("定期、大额存单", "Term deposits, certificates"),
        "telephone/30/customer_manager",
    ),
    _line(
        "dormant",
        "/dormant/",
        Text("短信提醒，引导激活账户", "Remind by message, wake the account"),
        Text("手机银行", "Mobile bank"),
        "message/180/counter",
    ),
    _line(
        "lost",
        "/lost/",
        Text("问明销户原因，适时邀回", "Ask why the accounts were closed, invite back in time"),
        _NONE,
        "telephone/180/customer_manager",
    ),
    _line(
        "mature",
        "/mature/",
        Text("保持联系，到店时识别新的需要", "Keep in touch, notice new needs at the counter"),
        _NONE,
        "counter/180/counter",
    ),
)
"""The table the product proposes, one line each; a bank replaces and ends lines by their code."""

BY_REASON: dict[tuple[str, str], tuple[Text, Text]] = {
    ("attention", "overdue"): (
        Text("催收逾期款项，查明原因，商定还款安排", "Ask for what is overdue, find the cause, agree on repayment"),
        Text("还款计划", "Repayment plan"),
    ),
    ("attention", "class_fallen"): (
        Text("现场检查经营与还款来源，商定还款或增信", "Check business and income on site, agree on repayment or security"),
        Text("还款计划、增补担保", "Repayment plan, more security"),
    ),
    ("attention", "guarantee_circle"): (
        Text("查清担保关系与代偿能力，商议降低互保", "Trace the guarantees and who could pay, agree on fewer of them"),
        Text("增补或更换担保", "Other security"),
    ),
    ("attention", "assets_falling"): (
        Text("问明资金去向，商定回流或续存", "Ask where the money went, agree on its return or renewal"),
        Text("定期续存、大额存单", "Renewal, certificates"),
    ),
    ("attention", "complaint"): (
        Text("回访投诉，说明处理结果，确认是否满意", "Call back about the complaint, say what was done, ask whether it will do"),
        _NONE,
    ),
    ("attention", "large_maturity"): (
        Text("到期前联系，商定续存或转理财", "Call before it falls due, agree on renewal or wealth products"),
        Text("定期续存、理财", "Renewal, wealth"),
    ),
}
"""What a strategy of the product says by the reason for which a customer bears its label: what to do, with which product."""

_DUE = frozenset({"overdue", "class_fallen", "guarantee_circle", "large_maturity"})
"""Reasons of attention for which the bank asks for repayment or security, or reminds of what falls due."""


def reasons_of(code: str) -> list[tuple[str, Text]]:
    """Return for which reasons a strategy of the product says something of its own: each with what to do."""
    return [(reason, said[0]) for (strategy, reason), said in BY_REASON.items() if strategy == code]


def strategies_on(day: date) -> tuple[Strategy, ...]:
    """Return the strategies in force on a day, the narrowest first: of those that fit a customer the first applies."""
    found = {line.code: line for line in PRODUCT_LINES}
    own = StrategyLine.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, state=State.APPROVED, valid_from__lte=day)
    for line in own.order_by("valid_from", "id"):
        if line.is_ended:
            found.pop(line.code, None)
        else:
            found[line.code] = Strategy(
                line.code,
                line.tier,
                line.life_stage,
                line.label,
                Text(line.action, line.action),
                Text(line.product, line.product),
                line.channel,
                line.frequency_days,
                line.owner,
                line.valid_from,
                is_own=True,
            )
    order = {line.code: place for place, line in enumerate(PRODUCT_LINES)}
    return tuple(sorted(found.values(), key=lambda one: (-one.precision, order.get(one.code, len(order)), one.code)))
