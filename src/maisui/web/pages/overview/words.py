"""Words for the values by which balances are split."""

from __future__ import annotations

from maisui.answers.products import level_names
from maisui.web.text import Text

VALUE_WORDS: dict[str, Text] = {
    **{code: Text(*names) for code, names in level_names().items()},
    "card_account": Text("银行卡账户", "Card accounts"),
    "pass": Text("正常", "Pass"),
    "special_mention": Text("关注", "Special mention"),
    "substandard": Text("次级", "Substandard"),
    "doubtful": Text("可疑", "Doubtful"),
    "loss": Text("损失", "Loss"),
    "unclassified": Text("未分类", "Unclassified"),
    "ordinary": Text("普通", "Ordinary"),
    "gold": Text("金卡", "Gold"),
    "platinum": Text("白金", "Platinum"),
    "diamond": Text("钻石", "Diamond"),
    "private": Text("私人银行", "Private banking"),
}


def value_word(code: str) -> Text:
    """Return the words of a value, the value itself where none are known."""
    return VALUE_WORDS.get(code, Text(code, code))
