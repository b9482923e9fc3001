"""A published home in which customers are merged: genuine certificates, two reports, one decision, one household.

C90000000003 (at home in B1) has the certificate of C90000000006 (B1) and of C90000000004 (B2): both are merged into him with
the February report; the merge of C90000000006 is undone on 15 March. The roster puts him into one household with
C90000000012 (B1) and C90000000007 (B2).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from customers_home import PEOPLE, CustomersBank, customer_contract, customer_lines
from example_home import run
from mini_bank import MAPPINGS, SOURCE, compact, deliver, make_home
from scratch import own_copy

FIRST_DAY, LAST_DAY = date(2026, 2, 28), date(2026, 3, 31)
SURVIVOR, UNDONE, ELSEWHERE = "C90000000003", "C90000000006", "C90000000004"
SAME_HOUSEHOLD, HOUSEHOLD_ELSEWHERE = "C90000000012", "C90000000007"
UNDONE_ON, DECIDED_BY = date(2026, 3, 15), "E0007"
_DECISIONS = f"""customer_number,surviving_number,decided_on,decision_number,merge_decision,decided_by,decision_reason
{UNDONE},{SURVIVOR},{compact(UNDONE_ON)},1,撤销,{DECIDED_BY},并非同一人
"""
_ROSTER = f"""village_code,village_name,grid_code,household_number,member_line,member_name,certificate_number,customer_number,is_head,kin_to_head,manager_number
V1,,,7,1,某甲,,{SURVIVOR},是,户主,
V1,,,7,2,某乙,,{SAME_HOUSEHOLD},否,配偶,
V1,,,7,3,某丙,,{HOUSEHOLD_ELSEWHERE},否,子女,
"""


def genuine(place: int) -> str:
    """Return a resident number whose check digit holds (GB 11643)."""
    body = f"33012119800101{place:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


CERTIFICATES = {person.number: genuine(place) for place, person in enumerate(PEOPLE, 1)}
CERTIFICATES[UNDONE] = CERTIFICATES[ELSEWHERE] = CERTIFICATES[SURVIVOR]


@cache
def merged_home() -> Path:
    """Return this process's copy of the published home."""
    return own_copy("merged", _make_merged_home)


def _make_merged_home(path: Path) -> None:
    contract, mapping = customer_contract()
    home = make_home(path, sources=(SOURCE, "supplement"), contract=contract, mappings={**MAPPINGS, "customer_snapshot": mapping})
    for day, since in ((FIRST_DAY, None), (LAST_DAY, FIRST_DAY)):
        deliver(home, day, since, bank=CustomersBank(), leave_out=["CUST"])
        lines = customer_lines(CERTIFICATES, certificate_type="居民身份证")
        (home / "inbox" / SOURCE / f"customers-{compact(day)}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    inbox = home / "inbox" / "supplement"
    (inbox / f"MINI01-customer_merge_decision-{compact(LAST_DAY)}.csv").write_text(_DECISIONS, encoding="utf-8")
    (inbox / f"MINI01-village_roster-{compact(FIRST_DAY)}.csv").write_text(_ROSTER, encoding="utf-8")
    run(home, LAST_DAY)
