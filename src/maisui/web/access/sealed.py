"""Values that travel through addresses sealed: neither logs nor histories of browsers can be read for customers.

The seal is deterministic (AES-SIV), so that one customer has one address; it opens only with the home's key, for the
purpose and the holder it was made for.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "maisui.access.sealed"
_CUSTOMER = "customer"


def seal(text: str, *, purpose: str, holder: str) -> str:
    """Return `text` sealed, in letters that an address may carry."""
    sealed = _cipher().encrypt(text.encode(), [purpose.encode(), holder.encode()])
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def unseal(sealed: str, *, purpose: str, holder: str) -> str | None:
    """Return what was sealed; None for anything that was not sealed here for this purpose and holder."""
    try:
        content = base64.b64decode((sealed + "=" * (-len(sealed) % 4)).encode("ascii"), altchars=b"-_", validate=True)
        return _cipher().decrypt(content, [purpose.encode(), holder.encode()]).decode()
    except (InvalidTag, ValueError, binascii.Error):
        return None


def reference_of(customer_number: str) -> str:
    """Return how addresses name a customer of this bank."""
    return seal(customer_number, purpose=_CUSTOMER, holder=settings.HOME.legal_entity_code)


def customer_of(reference: str) -> str:
    """Return the number of the customer an address names; empty, which is nobody's number, when it names none."""
    return unseal(reference, purpose=_CUSTOMER, holder=settings.HOME.legal_entity_code) or ""


def _cipher() -> AESSIV:
    return AESSIV(salted_hmac(_SALT, "key", algorithm="sha512").digest())
