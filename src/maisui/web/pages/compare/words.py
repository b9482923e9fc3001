"""What causes of a difference are called, and why they make one, in words of bank staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maisui.answers import BY_CODE, SUBJECT_SETS, Agreement, Cause
from maisui.answers.report_sight import parts_of
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

STATES: dict[Agreement, Text] = {
    Agreement.AGREES: Text("相符", "Agrees"),
    Agreement.EXPLAINED: Text("已解释", "Explained"),
    Agreement.AMBIGUOUS: Text("有多种解释", "Several explanations"),
    Agreement.PARTLY: Text("部分解释", "Partly explained"),
    Agreement.UNEXPLAINED: Text("未解释", "Unexplained"),
    Agreement.NOT_COMPARABLE: Text("无法比对", "Cannot be compared"),
}
REASONS: dict[str, Text] = {
    "metric": Text("指标目录中没有这个指标代码，请更正后重报", "the catalogue has no such metric: correct the code and deliver again"),
    "unit": Text(
        "报表单位与指标不符：比率填 % 或 ‰，金额填元或万元", "the unit does not suit the metric: % or ‰ for ratios, 元 or 万元 for amounts"
    ),
    "day": Text("报表日期不在已发布数据的历史之内", "the day lies outside the published history"),
    "no_figure": Text("本系统没有这个机构当日的这个数", "there is no such figure of this organisation on that day"),
    "failed": Text("这次没有比对成功，打开这一行可看原因", "it could not be compared this time: open it to see why"),
}
_SETS = {one.code: Text(one.name_zh, one.name_en) for one in SUBJECT_SETS}
_OUTLETS = frozenset(("moved_from", "outlet", "merged_outlet", "came_later", "left_earlier", "elsewhere"))
_METRICS = {code: Text(metric.name_zh, metric.name_en) for code, metric in BY_CODE.items()}

_CAUSES: dict[str, tuple[Text, Text]] = {
    "day": (
        Text("报表是 {} 的数", "The report is of {}"),
        Text(
            "报表取的是另一天的余额；下列账户在两天之间有变动", "it shows the balances of another day; the accounts below moved in between"
        ),
    ),
    "unit": (
        Text("单位不同：元与万元", "Another unit: yuan and ten thousands"),
        Text("报表数乘以或除以一万后与本系统相符", "times or divided by ten thousand it agrees with ours"),
    ),
    "rounding": (
        Text("四舍五入", "Rounding"),
        Text("差额在报表末位的半个单位以内", "within half of the last digit that the report prints"),
    ),
    "ratio_unit": (
        Text("单位不同：百分比、千分比与小数", "Another unit: per cent, per mille or a fraction"),
        Text("报表数乘以或除以十或一百后与本系统相符", "times or divided by ten or a hundred it agrees with ours"),
    ),
    "own_ratio": (
        Text("报表的比率与其自身的分子、分母不符", "The ratio is not that of the report's own numerator and denominator"),
        Text("按报表自己的分子、分母重算的比率减报表所列的比率", "the ratio of its own two figures less the one it prints"),
    ),
    "numerator": (
        Text("分子不同：{}", "Another numerator: {}"),
        Text(
            "同一报表的分子与本系统不同；打开该数可逐户解释", "the same report tells another numerator: open that figure to see why in yuan"
        ),
    ),
    "denominator": (
        Text("分母不同：{}", "Another denominator: {}"),
        Text(
            "同一报表的分母与本系统不同；打开该数可逐户解释",
            "the same report tells another denominator: open that figure to see why in yuan",
        ),
    ),
    "metric": (
        Text("报表是另一指标：{}", "The report is another metric: {}"),
        Text("报表数与本系统的这个指标相符", "it agrees with this metric of ours"),
    ),
    "ledger_set": (
        Text("报表取自总账：{}", "The report is of the ledger: {}"),
        Text("报表数等于总账这组科目的余额，不是分户账合计", "it equals these subjects of the ledger, not the sum of accounts"),
    ),
    "ledger_subject": (
        Text("报表取自总账科目 {}", "The report is of ledger subject {}"),
        Text("报表数等于总账这一科目的余额", "it equals the balance of this subject in the ledger"),
    ),
    "ledger": (
        Text("总账与分户账之差：{}", "Ledger against accounts: {}"),
        Text(
            "报表按总账，本系统按账户加总；二者不平，见“勾稽”",
            "the report follows the ledger, ours the accounts, and they differ: see tie-outs",
        ),
    ),
    "book": (
        Text("报表另含：{}", "The report also holds: {}"),
        Text("报表把这部分账一并计入，本系统的指标不含", "it counts this book in, our metric does not"),
    ),
    "product_group": (Text("报表不含{}", "Without {}"), Text("报表口径不含这一产品组", "its definition leaves out this product group")),
    "product": (Text("报表不含产品“{}”", "Without product “{}”"), Text("报表口径不含这一产品", "its definition leaves out this product")),
    "customer_kind": (
        Text("报表不含{}客户", "Without {} customers"),
        Text("报表口径不含这类客户", "its definition leaves out these customers"),
    ),
    "foreign_currency": (Text("报表不含外币 {}", "Without currency {}"), Text("报表只计人民币", "it counts the home currency only")),
    "unconverted": (
        Text("报表未折算 {}，按原币数额计入", "Amounts in {} as they are, not converted"),
        Text(
            "外币数额直接相加；本系统按当日汇率折为本币", "foreign amounts are added as they are; ours are converted at the rate of the day"
        ),
    ),
    "rate_of": (
        Text("报表按 {} 的汇率折算外币", "Foreign currency at the rate of {}"),
        Text("本系统按报告日汇率折算", "ours is converted at the rate of the reporting day"),
    ),
    "account_status": (
        Text("报表不含状态为“{}”的账户", "Without accounts in state “{}”"),
        Text("报表按账户状态剔除", "it leaves out accounts by their state"),
    ),
    "subject": (
        Text("报表不含科目 {}", "Without ledger subject {}"),
        Text("报表按科目取数，未取这一科目的账户", "it is made by subject, without the accounts of this one"),
    ),
    "loan_class": (
        Text("报表不含{}类贷款", "Without loans classed {}"),
        Text("报表口径不含这一五级分类", "its definition leaves out this class"),
    ),
    "loan_status": (
        Text("报表不含状态为“{}”的贷款", "Without loans in state “{}”"),
        Text("报表口径不含这一状态的贷款", "its definition leaves out loans in this state"),
    ),
    "overdue_bucket": (
        Text("报表不含拖欠区间“{}”的贷款", "Without loans in arrears bucket “{}”"),
        Text("报表口径不含这一拖欠区间", "its definition leaves out this bucket"),
    ),
    "moved_from": (
        Text("报表不含由 {} 划入的账户", "Without accounts taken over from {}"),
        Text(
            "这些账户当日已在本机构，报表仍按原机构统计",
            "they are kept here on that day; the report still counts them at their former outlet",
        ),
    ),
    "closed_since": (
        Text("报表不含此后已销户的账户", "Without accounts closed since"),
        Text("报表为事后重出，当日仍有余额、后来销户的账户已不在其中", "it was made later, when these accounts were closed already"),
    ),
    "closed_already": (
        Text("报表不含已销户仍有余额的账户", "Without closed accounts that hold a balance"),
        Text("报表不计已销户的账户", "it does not count closed accounts"),
    ),
    "opened_today": (
        Text("报表不含当日开户的账户", "Without accounts opened on the day"),
        Text("报表在当日开户之前取数", "it was taken before they were opened"),
    ),
    "outlet": (Text("报表不含 {}", "Without {}"), Text("报表漏了这一下级机构", "it leaves out this organisation")),
    "home_elsewhere": (
        Text("报表不含归属其他机构客户的账户", "Without accounts of customers at home elsewhere"),
        Text(
            "报表按客户归属机构统计，本系统按账户保管机构",
            "it counts by the customer's home outlet, ours by the outlet that keeps the account",
        ),
    ),
    "merged_outlet": (
        Text("报表计入了已撤并的 {}", "Counts in merged outlet {}"),
        Text(
            "报表按现在的机构统计，撤并网点并入承接网点；本系统按当日机构",
            "it follows today's organisation, in which a closed outlet counts with its successor; ours follows that of the day",
        ),
    ),
    "came_later": (
        Text("报表计入了后来由 {} 划入的账户", "Counts in accounts that came later from {}"),
        Text("这些账户当日在原机构，后来才划入", "they were kept elsewhere on that day and came here later"),
    ),
    "left_earlier": (
        Text("报表计入了已划往 {} 的账户", "Counts in accounts that had left for {}"),
        Text("这些账户当日已划出，报表仍按原机构统计", "they had left by that day; the report still counts them here"),
    ),
    "home_here": (
        Text("报表计入了本机构客户在其他机构的账户", "Counts in accounts elsewhere of customers at home here"),
        Text(
            "报表按客户归属机构统计，本系统按账户保管机构",
            "it counts by the customer's home outlet, ours by the outlet that keeps the account",
        ),
    ),
    "beyond_group": (
        Text("报表计入了{}", "Counts in {}"),
        Text("本系统的这个指标不含这一产品组", "our metric does not hold this product group"),
    ),
    "beyond_status": (
        Text("报表计入了状态为“{}”的贷款", "Counts in loans in state “{}”"),
        Text("本系统的这个指标不含这一状态的贷款", "our metric does not hold loans in this state"),
    ),
    "beyond_class": (
        Text("报表计入了{}类贷款", "Counts in loans classed {}"),
        Text("本系统的这个指标不含这一五级分类", "our metric does not hold this class"),
    ),
    "beyond_product": (
        Text("报表计入了“{}”", "Counts in “{}”"),
        Text("本系统的这个指标不含这一产品", "our metric does not hold this product"),
    ),
    "missing": (
        Text("报表明细中没有的账户", "Accounts missing in the report"),
        Text("本系统有、报表明细没有，且没有共同的特征；逐户列出", "ours only, without anything in common; listed one by one"),
    ),
    "other_kind": (
        Text("报表计入了另一类账户", "Counts in accounts of another kind"),
        Text("报表明细中的账户属于另一类（存款或贷款）", "the report's accounts are of the other kind, deposit or loan"),
    ),
    "unknown": (
        Text("报表明细中本系统没有的账户", "Accounts that we do not know"),
        Text("这些账号从未报送到本系统，请核对账号", "they were never delivered to us: check their numbers"),
    ),
    "opened_later": (
        Text("报表计入了当日之后才开户的账户", "Counts in accounts opened later"),
        Text("这些账户当日尚未开户", "they were not open on that day"),
    ),
    "elsewhere": (
        Text("报表计入了在 {} 的账户", "Counts in accounts kept at {}"),
        Text("这些账户当日由另一机构保管", "they were kept by another organisation on that day"),
    ),
    "no_balance": (
        Text("报表有余额、本系统为零的账户", "Accounts with a balance in the report, none with us"),
        Text("本系统当日余额为零", "our balance of that day is nil"),
    ),
    "amount": (
        Text("余额不同的账户", "Accounts with another balance"),
        Text("同一账户两边余额不同，逐户列出", "the same account, another balance; listed one by one"),
    ),
    "one_account": (
        Text("报表少了一户，余额 {}", "One account of {} is missing"),
        Text("余下的差额恰为这一户的余额，且余额相同的只有它", "the rest is exactly its balance, and no other account has the same"),
    ),
    "twice": (
        Text("报表把一户算了两次，余额 {}", "One account of {} is counted twice"),
        Text("余下的差额恰为这一户的余额，且余额相同的只有它", "the rest is exactly its balance, and no other account has the same"),
    ),
    "detail_total": (
        Text("报表数与其自身明细合计不符", "The report does not add up to its own detail"),
        Text("报表总数减明细合计，应由报表编制方核实", "its total less the sum of its detail: for its maker to clear up"),
    ),
    "out_of_sight": (
        Text("其他（不在可见范围）", "Other, out of your sight"),
        Text(
            "单个账户的余额，或在您无权查看的机构；合并为一行，合计不变",
            "of single accounts, or of organisations that you may not see; in one line, so that the sum holds",
        ),
    ),
    "unexplained": (Text("未解释", "Unexplained"), Text("以上原因之外，没有找到吻合的解释", "nothing was found that fits the rest")),
}
"""Every cause: its name, the value it speaks of in `{}`, and why it makes a difference."""
_OF_DETAIL: dict[str, tuple[Text, Text]] = {
    "closed_already": (
        Text("报表计入了已销户的账户", "Counts in closed accounts"),
        Text("这些账户当日或之前已销户", "they were closed on or before that day"),
    ),
    "day": (
        Text("余额是 {} 的账户", "Accounts with their balance of {}"),
        Text("报表明细的余额等于本系统另一天的余额", "the report's balance is ours of another day"),
    ),
    "unit": (
        Text("明细单位不同的账户", "Accounts in another unit"),
        Text("乘以或除以一万后相符", "times or divided by ten thousand they agree"),
    ),
}
"""What a cause is called otherwise when the report's own detail shows it."""


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause in words: its name and why it makes a difference."""

    name: Text
    why: Text


def words_of(cause: Cause, names: Mapping[str, str]) -> CauseWords:
    """Return a cause in words; `names` are those of the organisations the viewer may see."""
    side, code, value = parts_of(cause.code)
    kept = _OF_DETAIL.get(code) if side in ("counted_in", "differs") else None
    name, why = kept or _CAUSES[code]
    said = _value(code, value, names)
    filled = Text(name.zh.format(said.zh), name.en.format(said.en))
    if cause.also:
        why = Text(f"{why.zh}，含一并计入的账户", f"{why.en}, also of the accounts it counts in")
    if cause.without:
        why = Text(
            f"{why.zh}（另一项已剔除的账户不重复计）", f"{why.en} (accounts left out already by the other cause are not counted again)"
        )
    return CauseWords(filled, why)


def _value(code: str, value: str, names: Mapping[str, str]) -> Text:
    if code in _OUTLETS:
        shown = f"{value} {names.get(value, '')}".strip()
        return Text(shown, shown)
    if code in ("ledger_set", "ledger", "book"):
        return _SETS.get(value, Text(value, value))
    if code in ("metric", "numerator", "denominator"):
        return _METRICS.get(value, Text(value, value))
    word = value_word(value)
    return Text(word.zh, word.en.lower()) if word.en != value else word
