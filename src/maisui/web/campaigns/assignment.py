"""Who is approached and who is left alone: decided by a hash, so that anybody can find the same arms again."""

from __future__ import annotations

import hashlib

_PARTS = 10_000
_PARTS_A_PERCENT = _PARTS // 100


def is_control(campaign_code: str, customer_number: str, control_percent: int) -> bool:
    """Return whether a customer is left alone: the first 8 bytes of SHA-256 of `code:number`, modulo 10 000, below the share."""
    digest = hashlib.sha256(f"{campaign_code}:{customer_number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _PARTS < control_percent * _PARTS_A_PERCENT
