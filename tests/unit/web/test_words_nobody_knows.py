"""A code of a closed list that nobody knows is shown as unknown, with the code, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from maisui.web.model_desk.fairness import group_word
from maisui.web.pages.customer_groups.words import line_name
from maisui.web.pages.customers.one import SEXES
from maisui.web.pages.customers.words import LOAN_STATES, class_word, content_word
from maisui.web.pages.one_product.words import trait_word
from maisui.web.pages.overview.words import namer
from maisui.web.text import Text, known_word

UNKNOWN = Text("未知（X9）", "Unknown (X9)")


def test_each_place_of_a_closed_list_says_unknown_and_the_code() -> None:
    nobody: Any = None
    assert known_word(SEXES, "X9") == UNKNOWN
    assert class_word("X9") == content_word("X9") == known_word(LOAN_STATES, "X9") == UNKNOWN
    assert trait_word("sex", "X9", []) == UNKNOWN
    assert group_word(("sex", "X9")) == Text("性别 · 未知（X9）", "Sex · Unknown (X9)")
    for dimension in ("channel", "customer_kind", "loan_class"):
        assert namer(nobody, dimension)("X9") == UNKNOWN


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "未知（X9）"), ("en", "Unknown (X9)")])
def test_groups_say_it_in_both_languages(language: str, said: str) -> None:
    with translation.override(language):
        assert line_name("sex", "X9", {}) == line_name("customer_kind", "X9", {}) == said


def test_words_that_are_known_stay_what_they_are() -> None:
    nobody: Any = None
    assert known_word(SEXES, "female") == Text("女", "female")
    assert line_name("sex", "none", {}) == line_name("age", "none", {}) == "未登记"
    assert line_name("sex", "corporate", {}) == line_name("age", "corporate", {}) == "对公"
    assert line_name("bank", "麦川农商行", {}) == "麦川农商行"
    assert str(known_word(LOAN_STATES, "transferred")) == "转让"
    assert str(namer(nobody, "product")("个人活期存款")) == "个人活期存款"
    assert str(namer(nobody, "channel")("counter")) == "柜面"
