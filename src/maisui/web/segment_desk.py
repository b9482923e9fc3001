"""What is asked of segments through the gateway: counts and means within the viewer's organisations; members only for work behind pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maisui.answers.segments import SegmentView, segment_numbers, segment_view
from maisui.web.access.permissions import Permission
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.score_desk import kept_scores
from maisui.web.groups.threshold import fewest_shown

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class SegmentDesk:
    """What one viewer may see of segments."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def view(self, organisation: str | None) -> SegmentView | None:
        """Return the segments within the viewer's scope; who may not see customers sees none of few of them, nor who moved.

        Raises:
            NotAllowedError: when he may not see figures.
            NotVisibleError: when the organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        permission = Permission.CUSTOMER_VIEW if gateway.may(Permission.CUSTOMER_VIEW) else Permission.FIGURE_VIEW
        gateway.require(permission)
        tops = tops_covered(gateway, (organisation,) if organisation else None, permission)
        home = gateway.bank.home.path
        found = kept_scores(gateway, "segments", tops, lambda reader: segment_view(reader, home, tops))
        if found is None or permission is Permission.CUSTOMER_VIEW:
            return found
        with gateway.reader() as reader:
            least = fewest_shown(reader.manifest.reporting_date)
        months = found.months if all(size >= least for month in found.months for size in month["sizes"]) else ()
        segments = tuple(one for one in found.segments if one.customer_count >= least)
        return replace(found, segments=segments, moves=(), months=months if len(segments) == len(found.segments) else ())

    def numbers(self, organisation: str | None, code: str) -> tuple[str, ...]:
        """Return the numbers of a segment within the viewer's scope, for work behind the pages only.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            NotVisibleError: when the organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        gateway.require(Permission.CUSTOMER_VIEW)
        tops = tops_covered(gateway, (organisation,) if organisation else None)
        with gateway.reader() as reader:
            return segment_numbers(reader, gateway.bank.home.path, tops, code)
