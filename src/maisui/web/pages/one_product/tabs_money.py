"""The tabs of money: transactions, income and what changed it, cost and benefit, and loans at risk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from maisui.answers import Unit
from maisui.answers.figure import divide
from maisui.answers.periods import window_of
from maisui.answers.product_effects import Earned, IncomeChange
from maisui.answers.product_facts import Benefit, Moved
from maisui.web.components.figures import digits
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.channels.words import channel_word
from maisui.web.pages.one_product.blocks import Block, Cell, Heading, Line, filled, missing
from maisui.web.pages.one_product.state import ProductState
from maisui.web.pages.one_product.words import ARREARS_NAMES, NO_SUCH, month_word, quarter_word
from maisui.web.pages.overview.figures import first_day_of, months_before
from maisui.web.pages.overview.state import COMPARISON_NAMES
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

MONTHS = 13
_AGES = (3, 6, 9, 12, 18)
_CLASSES = ("pass", "special_mention", "substandard", "doubtful", "loss", "unclassified")
_COUNT, _AMOUNT, _SHARE = Text("笔数", "Transactions"), Text("金额", "Amount"), Text("占比", "Share")


def months_of(gateway: Gateway, day: date) -> tuple[date, ...]:
    """Return the last thirteen month ends up to a day, the day last."""
    return months_before(day, gateway.month_ends(), MONTHS)


def span_of(gateway: Gateway, state: ProductState, day: date) -> tuple[date, date]:
    """Return the first and the last day of the state's period."""
    return window_of(day, state.period, first_day_of(gateway)).period_start, day


def transaction_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return transactions month by month and channel by channel."""
    if desk.place.line not in ("deposit", "loan"):
        return [missing("months", Text("交易", "Transactions"), NO_SUCH["accounts"])]
    months = months_of(gateway, day)
    by_month = {one.key: one for one in desk.movements(months[0].replace(day=1), day, "business_date")}
    monthly = [(month, by_month.get(str(month), Moved(str(month), 0, Decimal(0)))) for month in reversed(months)]
    channels = sorted(desk.movements(*span_of(gateway, state, day), "channel_code"), key=lambda one: (-one.count, one.key))
    count, amount = sum(one.count for one in channels), sum((one.amount for one in channels), Decimal(0))
    note = Text(
        "不含银行发起（结息、批量）的交易，冲补抹已抵消；与渠道总览口径一致",
        "without what the bank initiates (interest, batches), reversals set off; as on the page of channels",
    )
    return [
        filled(
            Block(
                "months",
                Text("逐月交易", "Month by month"),
                Text("月份", "Month"),
                (Heading(_COUNT, Unit.COUNT), Heading(_AMOUNT, Unit.YUAN)),
                tuple(Line(month_word(month), (one.count, one.amount)) for month, one in monthly),
                notes=(note,),
                bars=0,
            )
        ),
        filled(
            Block(
                "channels",
                Text("分渠道", "By channel"),
                Text("渠道", "Channel"),
                (Heading(_COUNT, Unit.COUNT), Heading(_SHARE, Unit.SHARE), Heading(_AMOUNT, Unit.YUAN)),
                tuple(Line(channel_word(one.key), (one.count, share(one.count, count), one.amount)) for one in channels),
                Line(Text("合计", "Total"), (count, share(count, count), amount)) if channels else None,
                notes=(note,),
                bars=0,
                metric="transaction_count",
            )
        ),
    ]


def income_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return what changed income, and how rates and balances stood."""
    found = desk.income_changes(day, state.period)
    title = Text("收入为什么变", "Why income changed")
    if not any((found[0].now.balance_days, found[0].now.margin, found[0].now.fees)):
        return [missing("effects", title, NO_SUCH["contribution"])]
    first, _ = span_of(gateway, state, day)
    contributed = desk.monthly_contribution(months_of(gateway, day))
    return [
        Block(
            "effects",
            title,
            Text("与哪一期比", "Held against"),
            tuple(
                Heading(name, Unit.YUAN)
                for name in (
                    Text("基期收入", "Income then"),
                    Text("规模", "Volume"),
                    Text("结构", "Mix"),
                    Text("利差", "Rate"),
                    Text("手续费", "Fees"),
                    Text("本期收入", "Income now"),
                )
            ),
            tuple(Line(f"{COMPARISON_NAMES[one.comparison]} {one.last}", _effect_cells(one)) for one in found),
            notes=(
                Text(
                    "规模＝积数变动 × 基期平均利差；结构＝各产品、网点占比变动 × 各自基期利差；利差＝其余；"
                    "三项与手续费之和等于收入变动，分毫不差",
                    "volume: change of balance-days at the margin of then; mix: other shares of products and outlets at their own margins "
                    "of then; rate: the rest; with fees they add up to the change of income, to the cent",
                ),
                *(() if all(one.base for one in found) else (Text("历史不足的一期显示 —", "— where the history does not reach"),)),
            ),
            metric="customer_contribution",
            is_wide=True,
            adds_up=True,
        ),
        *_rates(found, first, day),
        filled(
            Block(
                "months",
                Text("逐月贡献", "Contribution month by month"),
                Text("月份", "Month"),
                (Heading(Text("贡献", "Contribution"), Unit.YUAN),),
                tuple(Line(month_word(month), (amount,)) for month, amount in sorted(contributed.items(), reverse=True)),
                bars=0,
                metric="customer_contribution",
            )
        ),
    ]


def _rates(found: Sequence[IncomeChange], first: date, day: date) -> tuple[Block, ...]:
    """Return how rates and balances stood; nothing for what has no balance of ours."""
    if not found[0].now.balance_days:
        return ()
    return (
        Block(
            "rates",
            Text("规模与利差", "Balances and margins"),
            Text("哪一期", "Span"),
            (
                Heading(Text("日均余额", "Average balance"), Unit.YUAN),
                Heading(Text("年化利差", "Margin a year"), Unit.SHARE),
                Heading(Text("利差收入", "Margin"), Unit.YUAN),
                Heading(Text("手续费", "Fees"), Unit.YUAN),
            ),
            (
                Line(Text("本期", "Now"), _rate_cells(found[0].now, first, day)),
                *(
                    Line(f"{COMPARISON_NAMES[one.comparison]} {one.last}", _rate_cells(one.base, one.first, one.last))
                    for one in found
                    if one.base
                ),
            ),
            notes=(Text("年化利差＝利差收入 ÷ 积数 × 365", "margin a year: margin ÷ balance-days × 365"),),
        ),
    )


def _effect_cells(one: IncomeChange) -> tuple[Cell, ...]:
    now = one.now.margin + one.now.fees
    if one.base is None or one.effects is None:
        return (None, None, None, None, None, now)
    effects = one.effects
    return (one.base.margin + one.base.fees, effects.volume, effects.mix, effects.rate, effects.fees, now)


def _rate_cells(earned: Earned, first: date, last: date) -> tuple[Cell, ...]:
    days = Decimal((last - first).days + 1)
    rate = divide(earned.margin * 365, earned.balance_days, 6) if earned.balance_days else None
    return (divide(earned.balance_days, days, 2), rate, earned.margin, earned.fees)


def benefit_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return the steps from margin to value added, what serving costs by channel, and the balance from which it pays."""
    first, last = span_of(gateway, state, day)
    found = desk.benefit(first, last)
    if found is None:
        return [missing("steps", Text("从利差到经济增加值", "From margin to value added"), NO_SUCH["contribution"])]
    channels = desk.service_by_channel(first, last)
    served = sum((one.amount for one in channels), Decimal(0))
    if not found.account_count:  # what is sold for others bears fees and no account
        return [_steps(found)]
    return [
        _steps(found),
        filled(
            Block(
                "service",
                Text("服务成本在哪里", "Where service costs"),
                Text("渠道", "Channel"),
                (Heading(_COUNT, Unit.COUNT), Heading(Text("成本", "Cost"), Unit.YUAN), Heading(_SHARE, Unit.SHARE)),
                tuple(
                    Line(
                        Text("账户维护", "Keeping accounts") if one.key == "none" else value_word(one.key),
                        (None if one.key == "none" else one.count, one.amount, share(one.amount, served)),
                    )
                    for one in channels
                ),
                Line(Text("合计", "Total"), (None, served, share(served, served))) if channels else None,
                bars=1,
                metric="servicing_cost",
            )
        ),
        _break_even(found),
    ]


def _steps(found: Benefit) -> Block:
    lines: tuple[tuple[Text, Decimal], ...] = (
        (Text("利差", "Margin"), found.margin),
        (Text("手续费", "Fees"), found.fees),
        (Text("直接：增值税及附加", "Direct: value-added tax and surcharges"), -found.vat),
        (Text("作业：服务成本", "Activity: servicing"), -found.servicing),
        (Text("风险：预期损失", "Risk: expected loss"), -found.expected_loss),
        (Text("直接：所得税", "Direct: income tax"), -found.tax),
        (Text("贡献", "Contribution"), found.contribution),
        (Text("资本：资本成本", "Capital: charge"), -found.capital_charge),
    )
    per_account = Decimal(found.account_count)
    balance = found.balance / 10_000
    headings = (
        Heading(Text("金额", "Amount"), Unit.YUAN),
        Heading(Text("每户", "An account"), Unit.YUAN_EACH),
        Heading(Text("每万元余额", "Per 10,000 of balance"), Unit.YUAN_EACH),
    )
    note = Text(
        f"日均余额 {found.balance:,.2f} 元；每户按最后一个月的 {found.account_count:,} 户计，含当月销户的；与贡献分析同源，逐分相加",
        f"average balance {found.balance:,.2f} CNY; an account: of the {found.account_count:,} of the last month, those closed in it "
        "included; the parts are those of the page of contribution and add up to the cent",
    )
    if not found.account_count:
        headings = headings[:1]
        note = Text(
            "手续费明细中写明本产品的部分；不在存贷款账户上，没有每户与余额口径；与贡献分析同源，逐分相加",
            "of the fees that name this product; it is held in no account, so nothing is said of one or of balances; the parts are those "
            "of the page of contribution and add up to the cent",
        )

    def cells(amount: Decimal) -> tuple[Cell, ...]:
        every = (amount, divide(amount, per_account, 2) if per_account else None, divide(amount, balance, 2) if balance else None)
        return every[: len(headings)]

    return Block(
        "steps",
        Text("从利差到经济增加值", "From margin to value added"),
        Text("项目", "Step"),
        headings,
        tuple(Line(name, cells(amount)) for name, amount in lines),
        Line(Text("经济增加值", "Value added"), cells(found.added_value)),
        notes=(note,),
        bars=0,
        metric="economic_value_added",
        is_wide=True,
    )


def _break_even(found: Benefit) -> Block:
    title = Text("保本余额", "Break-even balance")
    reached = found.break_even_balance
    if reached is None:
        return missing(
            "break_even",
            title,
            Text(
                "利差扣税与预期损失后不为正，余额再大也不能保本。",
                "Margin less tax and expected loss is not above zero: no balance covers service.",
            ),
        )
    accounts = Decimal(found.account_count)
    each = divide(reached, accounts, 2) if accounts else None
    now = divide(found.balance, accounts, 2) if accounts else None
    times = digits(divide(found.balance, reached, 2), 2) if reached > 0 else ""
    return Block(
        "break_even",
        title,
        Text("口径", "Of"),
        (Heading(Text("全部", "The whole"), Unit.YUAN), Heading(Text("每户", "An account"), Unit.YUAN_EACH)),
        (Line(title, (reached, each)), Line(Text("现有日均", "Average now"), (found.balance, now))),
        finding=Text(f"现有日均是保本余额的 {times} 倍", f"the average now is {times} times the break-even balance") if times else "",
        notes=(
            Text(
                "保本余额＝（服务成本 − 手续费）÷ 每元余额在本期的（利差 − 增值税 − 预期损失）；资本成本另计",
                "break-even: (service − fees) ÷ (margin − value-added tax − expected loss) of one yuan in the period; without capital",
            ),
        ),
    )


def risk_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return classes, arrears, migration and vintages of loans, and what ended before it fell due."""
    del state  # loans stand as they are on the day, whatever the period
    blocks = [_early(gateway, desk, day)]
    if desk.place.line != "loan":
        return [*blocks, missing("classes", Text("贷款质量", "Quality of loans"), NO_SUCH["loans"])]
    classes = {one.key: one for one in desk.loan_standing(day, "loan_class")}
    arrears = {one.key: one for one in desk.loan_standing(day, "overdue_bucket")}
    beside = tuple(one.amount for one in (*classes.values(), *arrears.values()))
    fallen = desk.migrations(day)
    ages = desk.vintages(day, _AGES)
    standing = (Heading(Text("笔数", "Loans"), Unit.COUNT), Heading(Text("余额", "Balance"), Unit.YUAN), Heading(_SHARE, Unit.SHARE))
    return [
        _standing(
            Block("classes", Text("五级分类", "Classes"), Text("分类", "Class"), standing, bars=1, metric="npl_ratio", beside=beside),
            [(value_word(code), classes[code]) for code in _CLASSES if code in classes],
        ),
        _standing(
            Block(
                "arrears",
                Text("逾期", "Arrears"),
                Text("逾期天数", "Days overdue"),
                standing,
                bars=1,
                metric="overdue_loan_ratio",
                beside=beside,
            ),
            [(ARREARS_NAMES.get(code, value_word(code)), arrears[code]) for code in sorted(arrears, key=_arrears_place)],
        ),
        filled(
            Block(
                "migration",
                Text("迁徙", "Migration"),
                Text("期初分类", "Class before"),
                (
                    Heading(Text("期初余额", "Balance then"), Unit.YUAN),
                    Heading(Text("其中已下迁", "Fallen since"), Unit.YUAN),
                    Heading(Text("下迁率", "Rate"), Unit.SHARE),
                ),
                tuple(Line(value_word(code), (opening, amount, share(amount, opening))) for code, opening, amount in fallen),
                notes=(Text("与迁徙率指标同一口径的期初", "from the same beginning as the rates of migration"),),
                metric="normal_loan_migration_rate",
            )
        ),
        filled(
            Block(
                "vintages",
                Text("按发放季度的账龄表现", "Vintages by quarter of disbursement"),
                Text("发放季度", "Quarter"),
                (
                    Heading(Text("发放金额", "Lent"), Unit.YUAN),
                    *(Heading(Text(f"{age} 个月", f"{age} months"), Unit.SHARE) for age in _AGES),
                ),
                tuple(Line(quarter_word(quarter), (lent, *(shares.get(age) for age in _AGES))) for quarter, lent, shares in ages),
                notes=(
                    Text(
                        "逾期 30 天以上余额 ÷ 发放金额；一季各月都满该账龄才有数",
                        "balance more than 30 days overdue ÷ what was lent; only where every month of the quarter has that age",
                    ),
                ),
                metric="vintage_overdue_30d_share",
                is_wide=True,
            )
        ),
        *blocks,
    ]


def _standing(block: Block, lines: list[tuple[Text, Moved]]) -> Block:
    whole = sum((one.amount for _, one in lines), Decimal(0))
    count = sum(one.count for _, one in lines)
    return filled(
        Block(
            block.code,
            block.title,
            block.first,
            block.headings,
            tuple(Line(name, (one.count, one.amount, share(one.amount, whole))) for name, one in lines),
            Line(Text("合计", "Total"), (count, whole, share(whole, whole))) if lines else None,
            bars=block.bars,
            metric=block.metric,
            beside=block.beside,
        )
    )


def _arrears_place(code: str) -> tuple[int, str]:
    """Return where a bucket of arrears stands: not overdue, then the longer the later, then what has no name."""
    known = list(ARREARS_NAMES)
    return (known.index(code) if code in known else len(known), code)


def _early(gateway: Gateway, desk: OneProductDesk, day: date) -> Block:
    months = months_of(gateway, day)
    title = Text("提前支取与提前结清", "Ended before it fell due")
    if desk.place.line not in ("deposit", "loan"):
        return missing("early", title, NO_SUCH["accounts"])
    found = [one for one in desk.turnover(months[0].replace(day=1), day) if one.closed_count]
    closed, early = sum(one.closed_count for one in found), sum(one.early_closed_count for one in found)
    return filled(
        Block(
            "early",
            title,
            Text("月份", "Month"),
            (
                Heading(Text("销户", "Closed"), Unit.COUNT),
                Heading(Text("其中到期前", "Before due"), Unit.COUNT),
                Heading(_SHARE, Unit.SHARE),
            ),
            tuple(
                Line(month_word(one.day), (one.closed_count, one.early_closed_count, share(one.early_closed_count, one.closed_count)))
                for one in reversed(found)
            ),
            Line(Text("合计", "Total"), (closed, early, share(early, closed))) if found else None,
            notes=(Text("未报销户即消失的账户不计为提前", "accounts that vanished unreported do not count as early"),),
        )
    )


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Return a part over its whole; None of nothing."""
    return divide(Decimal(part), Decimal(whole), 6) if whole else None
