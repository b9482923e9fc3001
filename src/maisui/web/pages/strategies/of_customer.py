"""The strategy that applies to one customer, in words: what to do, why, and when he was last contacted."""

from __future__ import annotations

from typing import Any

from maisui.web.contacts.written import written_of
from maisui.web.customers.consents import consents_of
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.consent import WORDS
from maisui.web.pages.strategies.next_step import NO_OFFER
from maisui.web.pages.strategies.page import strategy_row
from maisui.web.pages.strategies.words import reason_word
from maisui.web.strategies import desk
from maisui.web.text import choose


def strategy_of_customer(gateway: Gateway, customer_number: str) -> dict[str, Any] | None:
    """Return the strategy of a customer whose look the caller has recorded; None where none applies."""
    found = desk.of_customer(gateway, customer_number)
    if found is None:
        return None
    strategy, advice = found
    row = strategy_row(strategy)
    contact = next(iter(written_of(customer_number).contacts), None)
    standing = consents_of(gateway, [customer_number])[customer_number]
    words = [str(word) for word in row["whom"]]
    if advice.reason:
        words.append(str(reason_word(advice.reason)))
    return row | {
        "begun_on": advice.begun_on,
        "consent": WORDS[standing],
        "no_offer": NO_OFFER if strategy.is_refused_by(standing) else "",
        "why": choose("、", ", ").join(words),
        "contacted_on": contact.happened_on if contact else None,
    }
