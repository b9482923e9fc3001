"""Days on which something was out of order: machines of an outlet, the mobile bank, a whole outlet; customers go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.codes import Channel, Contra
from maisui.example_bank.days import day_number
from maisui.example_bank.organisations import Organisations
from maisui.example_bank.outlet_closing import Closing

_DAYS = (
    ("machines", day_number(2025, 3, 10), 10, 1),
    ("mobile bank", day_number(2025, 8, 19), 1, -1),
    ("outlet", day_number(2025, 12, 8), 3, 3),
    ("machines", day_number(2026, 9, 14), 7, 2),
    ("outlet", day_number(2026, 9, 22), 3, 3),
    ("mobile bank", day_number(2026, 10, 13), 1, -1),
)
"""What was out of order, from which day, for how many days, and at which of the outlets (-1 = everywhere)."""
_CHANNELS = {"machines": (Channel.ATM,), "mobile bank": (Channel.MOBILE,), "outlet": (Channel.COUNTER, Channel.ATM, Channel.VTM)}


@dataclass
class Anomaly:
    """Something out of order: its kind, days and outlet (-1 = the whole bank), and how many postings went elsewhere so far."""

    kind: str
    first_day: int
    last_day: int
    outlet: int
    elsewhere: int
    channels: tuple[Channel, ...]
    moved: int = 0

    def disturb(self, rows: dict[str, np.ndarray], day: int) -> None:
        """Send the day's postings elsewhere: from the mobile bank to the internet bank, from an outlet to its neighbour.

        Postings made at another county's machines stay: nothing is out of order there.
        """
        if not self.first_day <= day <= self.last_day:
            return
        hit = np.isin(rows["channel"], self.channels)
        if self.outlet < 0:
            rows["channel"] = np.where(hit, Channel.INTERNET, rows["channel"]).astype(rows["channel"].dtype)
        else:
            hit &= (rows["handling"] == self.outlet) & (rows["contra"] != Contra.COUNTY)
            rows["handling"] = np.where(hit, self.elsewhere, rows["handling"]).astype(rows["handling"].dtype)
        self.moved += int(hit.sum())

    def turned_away(self, outlets: np.ndarray, channel: Channel, day: int) -> np.ndarray:
        """The outlets at which guests from other counties are served on a day who wished to use a channel at `outlets`."""
        if channel not in self.channels or not self.first_day <= day <= self.last_day:
            return outlets
        return np.where(outlets == self.outlet, self.elsewhere, outlets)


def plan_anomalies(organisations: Organisations, closing: Closing) -> list[Anomaly]:
    """The anomalies of the story, at outlets that stay open."""
    open_outlets = [outlet for outlet in organisations.outlets.tolist() if outlet != closing.outlet]
    return [
        Anomaly(
            kind,
            first,
            first + days - 1,
            -1 if place < 0 else open_outlets[place % len(open_outlets)],
            -1 if place < 0 else open_outlets[(place + 1) % len(open_outlets)],
            _CHANNELS[kind],
        )
        for kind, first, days, place in _DAYS
    ]
