"""What is asked of customers through the gateway: each within the viewer's scope, recorded, then masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from maisui.answers import CustomerQuery, DueQuery, MoverQuery
from maisui.web.access.permissions import Permission
from maisui.web.customers import desk
from maisui.web.customers.circles import CircleDesk
from maisui.web.customers.due_soon import ShownDueSoon, shown_due_soon
from maisui.web.customers.models import CustomerReveal
from maisui.web.customers.movers import ShownMovers, listed_movers, numbers_of_movers
from maisui.web.customers.offers import OfferDesk
from maisui.web.customers.shown import ShownCustomer, ShownList
from maisui.web.customers.tabs import NOTHING_ASKED, Asked, Tab
from maisui.web.segment_desk import SegmentDesk

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class CustomersThroughGateway:
    """The part of the gateway that names customers."""

    @property
    def _whole(self) -> Gateway:
        return cast("Gateway", self)

    @property
    def circles(self) -> CircleDesk:
        """Return the desk of households, company groups, villages and suggested circles, within the viewer's organisations."""
        return CircleDesk(self._whole)

    @property
    def offers(self) -> OfferDesk:
        """Return the desk of offers of next products, within the viewer's organisations."""
        return OfferDesk(self._whole)

    @property
    def segments(self) -> SegmentDesk:
        """Return the desk of segments, within the viewer's organisations."""
        return SegmentDesk(self._whole)

    def list_customers(self, query: CustomerQuery) -> ShownList:
        """Return one page of customers, masked and recorded; see `desk.listed`.

        Raises:
            AccessError: when it is not for this viewer, or cannot be recorded.
        """
        return desk.listed(self._whole, query)

    def list_movers(self, query: MoverQuery) -> ShownMovers:
        """Return one page of the customers who moved a figure, masked and recorded; see `movers.listed_movers`.

        Raises:
            MaisuiError: when it is not for this viewer, cannot be answered or cannot be recorded.
        """
        return listed_movers(self._whole, query)

    def numbers_of_movers(self, query: MoverQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of all customers who moved a figure, for work behind the pages; see `movers.numbers_of_movers`.

        Raises:
            MaisuiError: when it is not for this viewer or cannot be answered.
        """
        return numbers_of_movers(self._whole, query, most, permission)

    def due_soon(self, query: DueQuery) -> ShownDueSoon:
        """Return what falls due and what fell into arrears, masked and recorded; see `due_soon.shown_due_soon`.

        Raises:
            MaisuiError: when it is not for this viewer, cannot be answered or cannot be recorded.
        """
        return shown_due_soon(self._whole, query)

    def count_customers(self, query: CustomerQuery) -> int:
        """Return how many customers a list to be taken out would hold; see `desk.counted`.

        Raises:
            AccessError: when it is not for this viewer.
        """
        return desk.counted(self._whole, query)

    def customers_for_work(self, query: CustomerQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of a list of customers for whom the viewer holds `permission`; see `desk.numbers_for_work`.

        Raises:
            AccessError: when it is not for this viewer.
        """
        return desk.numbers_for_work(self._whole, query, most, permission)

    def ticked_customers(self, numbers: Sequence[str], permission: Permission) -> tuple[str, ...]:
        """Return the customers ticked in a list, all of them the viewer's for `permission`; see `desk.ticked`.

        Raises:
            AccessError: when one of them is not, or it cannot be recorded.
        """
        return desk.ticked(self._whole, numbers, permission)

    def take_out_customers(self, query: CustomerQuery, details: dict[str, object]) -> ShownList:
        """Return a list of customers for a file, masked and recorded; see `desk.taken_out`.

        Raises:
            AccessError: when it is not for this viewer, or cannot be recorded.
        """
        return desk.taken_out(self._whole, query, details)

    def customer_profile(self, customer_number: str, tab: Tab = Tab.OVERVIEW, asked: Asked = NOTHING_ASKED) -> ShownCustomer:
        """Return one customer with a tab of his page, masked and recorded; see `desk.profiled`.

        Raises:
            AccessError: when it is not for this viewer, or cannot be recorded.
        """
        return desk.profiled(self._whole, customer_number, tab, asked)

    def may_of_customer(self, permission: Permission, home: str) -> bool:
        """Return whether the viewer holds `permission` for customers at home in `home`."""
        return self._whole.may(permission) and desk.covers(self._whole, permission, home)

    def reveal_customer(self, customer_number: str, reason: str) -> CustomerReveal:
        """Unmask one customer for this viewer for a while; see `desk.revealed`.

        Raises:
            AccessError: when it is not for this viewer, not as things stand, or cannot be recorded.
        """
        return desk.revealed(self._whole, customer_number, reason)
