"""What is asked of products through the gateway: their course, their ties, their chances, within the viewer's organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from maisui.answers import View
from maisui.answers.product_months import ProductCourses, product_courses
from maisui.answers.product_settings import ProductSettings, product_settings

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class ProductDesk:
    """What one viewer may ask of products; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def courses(self, organisation: str | None, days: Sequence[date], view: View) -> ProductCourses:
        """Return every product over `days`; see `answers.product_months`."""
        scoped, wanted = self._gateway.organisation_in_sight(organisation), tuple(sorted(set(days)))
        key = ("product_courses", scoped, wanted, view)
        return self._gateway.cached(key, lambda reader: product_courses(reader, scoped, wanted, view))

    def settings(self, day: date) -> ProductSettings:
        """Return the parameters of product analysis in force on a day."""
        return self._gateway.cached(("product_settings", day), lambda reader: product_settings(reader, day))
