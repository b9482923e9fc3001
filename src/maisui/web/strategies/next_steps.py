"""What is to be done next for customers of a list: the strategy that applies, when each was last met, and his next open task.

Whoever refused marketing is offered nothing: a strategy that offers a product asks for no contact with him. What he owes is asked for
all the same, and what he signed for is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.answers import ConsentStanding, advised
from maisui.answers.model_scores import rules_holding
from maisui.web.contacts.models import CustomerContact, CustomerTask, TaskState
from maisui.web.customers.consents import consents_of
from maisui.web.strategies.table import Strategy, strategies_on
from maisui.web.text import Text

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

ACTION_BY_RULE: dict[str, Text] = {
    "assets_halved": Text("问明资金去向，商定回流或到期续存", "Ask where the money went, agree on its return or on renewal"),
    "no_own_transaction": Text("电话回访，核实联系方式，帮助恢复使用", "Call: is he reachable, help him use the account again"),
    "special_mention": Text("现场检查还款来源与抵质押物，商定还款安排", "Check income and collateral on site, agree on repayment"),
    "troubled_neighbours": Text("核实担保人的代偿能力，商议增补或更换担保", "Check whether the guarantor can pay, ask for other security"),
    "troubled_group": Text("查清集团往来与整体敞口，分别落实还款来源", "Trace the group's dealings and exposure, secure each repayment"),
    "overdue": Text("电话或上门催收，登记还款承诺", "Ask for payment by telephone or in person, write down the promise"),
    "promise_failed": Text(
        "上门催收，问明未守诺的原因，重新约定或转依法清收", "Call in person: why was it not kept; agree anew or recover"
    ),
    "arrears_again": Text("面谈调整还款日与收入时点，登记还款承诺", "Meet him, fit the payment day to income, write down the promise"),
    "due_uncovered": Text("到期前落实还款资金，需要的提前准备续贷材料", "Secure the money before the due day, prepare a renewal"),
    "bill_due": Text(
        "到期前向承兑人提示付款，未兑付的向贴现客户追索", "Present the bill to its acceptor; unpaid, recover it from who discounted it"
    ),
    "inflow_dries_up": Text("走访经营场所，问明回款账户与收入变化", "Visit the business, ask where its takings go and what changed"),
    "month_end_dressing": Text("查看日均与月末资金来源，核实真实存款", "Look at daily averages and where month-end money comes from"),
    "silent": Text("上门核实联系方式与经营状况", "Call in person: is he reachable, is the business alive"),
}
"""What the line of an early warning's rule asks for where it holds; people check and decide, nothing follows by itself."""
_OFFERING_RULES = frozenset({"assets_halved"})
"""Lines that ask to win money back."""


def asked_by_rules(codes: Iterable[str], standing: ConsentStanding) -> tuple[Text, ...]:
    """Return what the lines of a warning's rule ask for; nothing is to be won back from whoever refused marketing."""
    is_refused = standing is ConsentStanding.REFUSED
    return tuple(ACTION_BY_RULE[code] for code in codes if code in ACTION_BY_RULE and not (is_refused and code in _OFFERING_RULES))


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done for one customer: `strategy` None where none applies; his last contact and next open task, None without."""

    strategy: Strategy | None
    contacted_on: date | None
    task: CustomerTask | None
    consent: ConsentStanding

    @property
    def is_refused(self) -> bool:
        """Return whether the strategy would offer something to whoever refused to be offered anything."""
        return self.strategy is not None and self.strategy.is_refused_by(self.consent)

    def is_due(self, today: date) -> bool:
        """Return whether somebody should act: nothing is planned, and the last contact is longer ago than the strategy allows."""
        if self.strategy is None or self.task is not None:
            return False
        return self.contacted_on is None or (today - self.contacted_on).days > self.strategy.frequency_days


def next_steps(gateway: Gateway, numbers: Iterable[str]) -> dict[str, NextStep]:
    """Return what is to be done for each of `numbers`, whose look the caller has recorded."""
    wanted = tuple(dict.fromkeys(numbers))
    found, standing = _strategies(gateway, wanted), consents_of(gateway, wanted)
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number__in": wanted}
    contacts = CustomerContact.objects.filter(**own).order_by("happened_on", "id")
    tasks = CustomerTask.objects.filter(**own, state=TaskState.OPEN).order_by("-due_on", "-id")
    met = dict(contacts.values_list("customer_number", "happened_on"))
    planned = {task.customer_number: task for task in tasks}
    return {number: NextStep(found.get(number), met.get(number), planned.get(number), standing[number]) for number in wanted}


def strategy_words(gateway: Gateway, numbers: Sequence[str]) -> dict[str, str]:
    """Return what the strategy asks for each of `numbers`, whom the caller found in scope, as the words of a task.

    Nothing for whoever refused marketing where it offers a product.
    """
    return _asked_by_strategies(gateway, numbers, consents_of(gateway, numbers))


def warning_words(model: str) -> Callable[[Gateway, Sequence[str]], dict[str, str]]:
    """Return what gives the words of a task for customers whom `model` warns of: the gravest line that holds, else the strategy."""

    def words(gateway: Gateway, numbers: Sequence[str]) -> dict[str, str]:
        with gateway.reader() as reader:
            holding = rules_holding(reader, gateway.bank.home.path, model, numbers)
        standing = consents_of(gateway, numbers)
        asked = {number: asked_by_rules(codes, standing[number]) for number, codes in holding.items()}
        return _asked_by_strategies(gateway, numbers, standing) | {number: str(said[0]) for number, said in asked.items() if said}

    return words


def _asked_by_strategies(gateway: Gateway, numbers: Sequence[str], standing: Mapping[str, ConsentStanding]) -> dict[str, str]:
    return {number: str(one.action) for number, one in _strategies(gateway, numbers).items() if not one.is_refused_by(standing[number])}


def _strategies(gateway: Gateway, numbers: Iterable[str]) -> Mapping[str, Strategy]:
    with gateway.reader() as reader:
        strategies = strategies_on(reader.manifest.reporting_date)
        found = advised(reader, [one.rule() for one in strategies], numbers)
    by_code = {one.code: one for one in strategies}
    return {number: by_code[one.code].because(one.reason) for number, one in found.items()}
