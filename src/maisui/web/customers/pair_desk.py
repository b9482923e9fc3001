"""Where pairs that may be one person are handed out: both must be at home within the viewer's organisations; recorded, then masked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maisui.answers.person_pairs import PairPerson, PersonPair, PersonPairs, person_pairs
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of, reference_of
from maisui.web.audit.record import record
from maisui.web.customers.shown import Masks, masked_number

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

_PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One pair, masked, with the references that name the two in addresses."""

    newer_reference: str
    older_reference: str
    pair: PersonPair


class PairDesk:
    """What one viewer may see of pairs."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def open_pairs(self, decided: frozenset[frozenset[str]]) -> tuple[PersonPairs, tuple[ShownPair, ...]] | None:
        """Return the pairs that nobody has decided yet, recorded first; None where nothing is scored.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            AuditUnavailableError: when the look cannot be recorded.
        """
        found = self._visible()
        if found is None:
            return None
        pairs = [one for one in found.pairs if _numbers(one) not in decided]
        record(
            action="pair_list",
            by=self._gateway.actor,
            object_type="customers",
            object_id="*",
            details={
                "version": found.version,
                "sha256": found.sha256,
                "customers": sorted({number for one in pairs for number in _numbers(one)}),
            },
        )
        shown = (
            ShownPair(reference_of(one.newer.customer_number), reference_of(one.older.customer_number), self._masked(one)) for one in pairs
        )
        return replace(found, pairs=()), tuple(shown)

    def one(self, newer_reference: str, older_reference: str) -> PersonPair:
        """Return a pair by the references of its two, unmasked, for what is decided of it.

        Raises:
            NotVisibleError: when there is no such pair within the viewer's organisations.
        """
        found, wanted = self._visible(), (customer_of(newer_reference), customer_of(older_reference))
        for one in found.pairs if found else ():
            if (one.newer.customer_number, one.older.customer_number) == wanted:
                return one
        raise NotVisibleError("there is no such pair", where="same_person", next_step="reload the page")

    def masked(self, number: str) -> str:
        """Return a customer's number as the viewer may see it."""
        return masked_number(number, self._gateway.viewer.permissions)

    def _visible(self) -> PersonPairs | None:
        self._gateway.require(Permission.CUSTOMER_VIEW)
        covered = {node.code for node in self._gateway.organisations(Permission.CUSTOMER_VIEW)}
        is_whole = self._gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
        with self._gateway.reader() as reader:
            found = person_pairs(reader, self._gateway.bank.home.path)
        if found is None or is_whole:
            return found
        pairs = (one for one in found.pairs if {one.newer.home_organisation_code, one.older.home_organisation_code} <= covered)
        return replace(found, pairs=tuple(pairs))

    def _masked(self, pair: PersonPair) -> PersonPair:
        masks = Masks(self._gateway.viewer.permissions, kind=_PERSONAL, is_revealed=False)

        def hidden(person: PairPerson) -> PairPerson:
            number, name = masks("customer_number", person.customer_number), masks("customer_name", person.customer_name)
            return replace(person, customer_number=number, customer_name=name)

        return replace(pair, newer=hidden(pair.newer), older=hidden(pair.older))


def _numbers(pair: PersonPair) -> frozenset[str]:
    return frozenset((pair.newer.customer_number, pair.older.customer_number))
