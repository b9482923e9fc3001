"""Who refuses that programs decide about him: he has no probability, and where a rule only serves care of him he is on no list of it either.

A refusal is the last word on the purpose `personalisation` (PIPL 24), withdrawn, under any number of the person; it counts from its day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from maisui.models.panel import Marts, Population

REFUSED = "refused"
WORDS = (REFUSED, "客户拒绝自动化决策（撤回个性化推荐授权）", "Refuses automated decisions (withdrew the consent to personalisation)")
"""The exclusion of such customers, with its words; every model that judges people has it."""
TABLES = ("consent", "customer")


def refusals(reader: Marts, day: date) -> frozenset[str]:
    """Return the numbers of everybody who refuses on a day, all numbers of a person together."""
    rows = reader.rows(
        "WITH last AS (SELECT customer_number, consent_status FROM consent "
        "WHERE consent_purpose_code = 'personalisation' AND effective_from <= ? "
        "QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY effective_from DESC, consent_number DESC) = 1), "
        "said AS (SELECT l.customer_number, coalesce(c.person_customer_number, l.customer_number) AS person_number "
        "FROM last AS l LEFT JOIN customer AS c ON c.customer_number = l.customer_number WHERE l.consent_status = 'withdrawn') "
        "SELECT customer_number FROM said UNION "
        "SELECT c.customer_number FROM customer AS c INNER JOIN said AS s ON s.person_number = c.person_customer_number ORDER BY 1",
        [day],
    )
    return frozenset(number for (number,) in rows)


def heeding(people: Population, refused: frozenset[str]) -> Population:
    """Return everybody of a day, those in scope who refuse out of it."""
    is_refused = np.array([number in refused for number in people.customers], bool)
    why = tuple(
        REFUSED if reason is None and refuses else reason for reason, refuses in zip(people.why_not, is_refused.tolist(), strict=True)
    )
    return replace(people, why_not=why)
