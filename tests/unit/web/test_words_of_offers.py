"""A rate of like customers says in words whose it is: what they hold, and what they do not."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.model_scores import ScoreReason
from maisui.answers.next_products import OfferLine
from maisui.web.pages.next_products.words import reasons_of


def test_a_rate_says_of_whom_it_is() -> None:
    reasons = (ScoreReason("持有定期存款", "Holds term deposit", "flag", 1.0), ScoreReason("有贷款", "Borrows here", "flag", 0.0))
    share = Decimal("0.031"), Decimal("0.02"), Decimal("0.045")
    offer = OfferLine(1, "wealth_product", "popularity", *share, Decimal("0.2"), None, None, reasons)
    assert reasons_of(offer, 3)[0] == "持有定期存款、无贷款的同类客户 3 个月内 3.1% 开办（2.0%–4.5%）"
    never = (ScoreReason("曾持有信用卡", "Held credit card", "flag", 0.0),)
    assert reasons_of(OfferLine(1, "g", "popularity", *share, Decimal(0), None, None, never), 3)[0].startswith("未曾持有信用卡的同类客户")
    assert reasons_of(OfferLine(1, "g", "popularity", *share, Decimal(0), None, None, ()), 3)[0].startswith("同类客户 3 个月内")
