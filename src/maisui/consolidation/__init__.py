"""Consolidation: what a union makes of its members' versions: roll-ups without customers, eliminations, mirrors."""

from maisui.consolidation.eliminate import (
    COUNTER_LINE_QUERY,
    COUNTER_SNAPSHOT_QUERY,
    ELIMINATED_QUERY,
    FAMILY,
    RULE_QUERY,
    UNMATCHED,
    UNMATCHED_LINE_QUERY,
    counter_rows,
)
from maisui.consolidation.mirror import BANK_CODE_QUERY, MIRROR_QUERY, TOLD_QUERY
from maisui.consolidation.roll_up import WITHHELD, roll_up_query, rolled_up, withheld_reason
from maisui.consolidation.union_controls import AGENCY_MIRRORS, POSITIONS_ELIMINATED, RATES_AGREE, UNION_RULES

__all__ = [
    "AGENCY_MIRRORS",
    "BANK_CODE_QUERY",
    "COUNTER_LINE_QUERY",
    "COUNTER_SNAPSHOT_QUERY",
    "ELIMINATED_QUERY",
    "FAMILY",
    "MIRROR_QUERY",
    "POSITIONS_ELIMINATED",
    "RATES_AGREE",
    "RULE_QUERY",
    "TOLD_QUERY",
    "UNION_RULES",
    "UNMATCHED",
    "UNMATCHED_LINE_QUERY",
    "WITHHELD",
    "counter_rows",
    "roll_up_query",
    "rolled_up",
    "withheld_reason",
]
