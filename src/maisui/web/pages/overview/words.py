"""Words for the values by which balances are split."""

from __future__ import annotations

from maisui.web.text import Text

VALUE_WORDS: dict[str, Text] = {
    "demand_deposit": Text("活期存款", "Demand deposits"),
    "term_deposit": Text("定期存款", "Term deposits"),
    "notice_deposit": Text("通知存款", "Notice deposits"),
    "guarantee_deposit": Text("保证金存款", "Guarantee deposits"),
    "agreement_deposit": Text("协议存款", "Agreement deposits"),
    "other_deposit": Text("其他存款", "Other deposits"),
    "card_account": Text("银行卡账户", "Card accounts"),
    "loan": Text("贷款", "Loans"),
    "pass": Text("正常", "Pass"),
    "special_mention": Text("关注", "Special mention"),
    "substandard": Text("次级", "Substandard"),
    "doubtful": Text("可疑", "Doubtful"),
    "loss": Text("损失", "Loss"),
    "unclassified": Text("未分类", "Unclassified"),
}


def value_word(code: str) -> Text:
    """Return the words of a value, the value itself where none are known."""
    return VALUE_WORDS.get(code, Text(code, code))
