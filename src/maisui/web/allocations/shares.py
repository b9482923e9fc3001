"""How shares are dealt: exactly, in parts of a millionth, never more than the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

WHOLE = Decimal(1)
_PART = Decimal("0.000001")
Shares = dict[str, Decimal]


def parted(share: Decimal, receivers: Sequence[str]) -> Shares:
    """Return a share cut into equal parts, each whole in millionths; the first of `receivers` get the millionths left over."""
    each = (share / len(receivers)).quantize(_PART, rounding=ROUND_DOWN)
    left = int((share - each * len(receivers)) / _PART)
    parts = {receiver: each + (_PART if place < left else 0) for place, receiver in enumerate(receivers)}
    return {receiver: part for receiver, part in parts.items() if part}


def claimed(before: Mapping[str, Decimal], receivers: Sequence[str]) -> Shares:
    """Return who holds an object once what belonged to nobody is cut equally among `receivers`."""
    return _together(before, parted(WHOLE - sum(before.values(), Decimal(0)), receivers))


def moved(before: Mapping[str, Decimal], givers: Collection[str], receivers: Sequence[str]) -> Shares:
    """Return who holds an object once what `givers` held is cut equally among `receivers`; without any it belongs to nobody."""
    given = sum((share for holder, share in before.items() if holder in givers), Decimal(0))
    kept = {holder: share for holder, share in before.items() if holder not in givers}
    return _together(kept, parted(given, receivers)) if receivers and given else kept


def _together(before: Mapping[str, Decimal], added: Mapping[str, Decimal]) -> Shares:
    found = dict(before)
    for holder, share in added.items():
        found[holder] = found.get(holder, Decimal(0)) + share
    return {holder: share for holder, share in sorted(found.items()) if share}
