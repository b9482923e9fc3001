"""What happened to a few customers since the month end before: assets, labels, tiers and managers that changed, cases found.

Customers stand under the numbers asked for; what people choose is bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.customer_timeline import MANAGER_CHANGES
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class FollowEvent:
    """One event of a customer; `kind` is moved, gained, lost, tier, manager or case.

    `code` is the label or the rule, "" for a movement; of a tier or a manager what was before and after, parted by ">". `amount` is the
    change of the month's average assets or the money at stake, in yuan. `case_code` and `organisation_code` are those of a case.
    """

    customer_number: str
    kind: str
    day: date
    code: str = ""
    amount: Decimal | None = None
    case_code: str = ""
    organisation_code: str = ""


def follow_events(reader: Reader, numbers: Iterable[str], smallest_movement: Decimal) -> tuple[FollowEvent, ...]:
    """Return the events of customers since the month end before the reporting date, movements of at least `smallest_movement` yuan."""
    wanted, day = sorted(set(numbers)), reader.manifest.reporting_date
    ((before,),) = reader.rows("SELECT max(business_date) FROM customer_fact_month WHERE business_date < ?", [day])
    if not wanted or before is None:
        return ()
    places = ", ".join("?" for _ in wanted)
    persons = f"SELECT customer_number AS asked, person_customer_number AS person FROM customer WHERE customer_number IN ({places})"
    moved = reader.rows(
        f"WITH p AS ({persons}) SELECT p.asked, n.asset_average_balance - o.asset_average_balance FROM p "
        "INNER JOIN customer_fact_month AS n ON n.customer_number = p.person AND n.business_date = ? "
        "INNER JOIN customer_fact_month AS o ON o.customer_number = p.person AND o.business_date = ? "
        "WHERE abs(n.asset_average_balance - o.asset_average_balance) >= ?",
        [*wanted, day, before, smallest_movement],
    )
    labels = reader.rows(
        f"WITH p AS ({persons}) SELECT p.asked, b.label_code, max(b.business_date) FROM p "
        "INNER JOIN customer_label AS b ON b.customer_number = p.person AND b.business_date IN (?, ?) "
        "WHERE EXISTS (SELECT 1 FROM customer_fact_month AS o WHERE o.customer_number = p.person AND o.business_date = ?) "
        "GROUP BY p.asked, b.label_code HAVING count(DISTINCT b.business_date) = 1",
        [*wanted, day, before, before],
    )
    cases = reader.rows(
        "SELECT customer_number, rule_code, period_on, at_stake_amount, case_code, organisation_code FROM alert_case "
        f"WHERE customer_number IN ({places}) AND period_on > ?",
        [*wanted, before],
    )
    tiers = reader.rows(
        f"WITH p AS ({persons}) SELECT p.asked, o.tier_code || '>' || n.tier_code FROM p "
        "INNER JOIN customer_fact_month AS n ON n.customer_number = p.person AND n.business_date = ? "
        "INNER JOIN customer_fact_month AS o ON o.customer_number = p.person AND o.business_date = ? WHERE n.tier_code <> o.tier_code",
        [*wanted, day, before],
    )
    managers = reader.rows(f"{MANAGER_CHANGES} WHERE day > ? AND day <= ?", [wanted, before, day])
    events = [FollowEvent(number, "moved", day, amount=change) for number, change in moved]
    events += [FollowEvent(number, "gained" if last == day else "lost", day, label) for number, label, last in labels]
    events += [FollowEvent(number, "tier", day, moved_to) for number, moved_to in tiers]
    events += [FollowEvent(number, "manager", on, f"{ended or ''}>{begun or ''}") for number, on, ended, begun in managers]
    events += [FollowEvent(number, "case", on, rule, amount, case, place) for number, rule, on, amount, case, place in cases]
    return tuple(sorted(events, key=lambda one: (one.customer_number, one.kind, one.code, one.case_code)))
