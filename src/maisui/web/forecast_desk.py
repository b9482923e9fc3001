"""The desk of forecasts: what is expected within the organisations of the viewer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from maisui.answers import FORECAST_METRICS, Expected, ForecastQuery, ForecastView, Rung, forecast, name_of_forecasts
from maisui.answers.cash_needs import CashNeeds, cash_needs
from maisui.answers.forecasts import ForecastTrust, basis_of_forecasts, rung_of, trust_of
from maisui.web.access.permissions import Permission

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class ForecastDesk:
    """What one viewer may ask of forecasts; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def of(self, query: ForecastQuery, *, is_export: bool = False) -> ForecastView | None:
        """Return what is expected; None where the version is not forecast, or nothing of the kind has happened there."""
        permission = Permission.FIGURE_EXPORT if is_export else Permission.FIGURE_VIEW
        scoped = replace(query, organisation=self._gateway.organisation_in_sight(query.organisation, permission))
        home = self._gateway.bank.home.path
        with self._gateway.reader() as reader:
            name = name_of_forecasts(reader, home)
        if name is None:
            return None
        return self._gateway.shared(
            ("forecast", name, basis_of_forecasts(home, query.metric), scoped), lambda reader: forecast(reader, home, scoped)
        )

    def trust(self, metric: str) -> ForecastTrust | None:
        """Return how far the forecasts of a metric are trusted in the whole bank; None where the version is not forecast."""
        home = self._gateway.bank.home.path
        with self._gateway.reader() as reader:
            return trust_of(reader, home, metric)

    def rung(self, metric: str) -> Rung | None:
        """Return on which rung the forecasts of a metric stand in the whole bank; None where there are none."""
        home = self._gateway.bank.home.path
        with self._gateway.reader() as reader:
            return rung_of(reader, home, metric)

    def cash_needs(self, organisation: str | None) -> CashNeeds | None:
        """Return the cash that outlets need day by day; None where the version is not told of."""
        scoped = self._gateway.organisation_in_sight(organisation, Permission.FIGURE_VIEW)
        home = self._gateway.bank.home.path
        with self._gateway.reader() as reader:
            return cash_needs(reader, home, scoped)

    def next_month(self, query: ForecastQuery) -> Expected | None:
        """Return what is expected of the month after the last whole one; None where nothing is, or the metric is not forecast."""
        found = self.of(query) if query.metric in FORECAST_METRICS else None
        return found.ahead[0] if found is not None and found.ahead else None


class ForecastsThroughGateway:
    """The part of the gateway that leads to forecasts."""

    @property
    def forecasts(self) -> ForecastDesk:
        """Return the desk of forecasts, within the organisations of the viewer."""
        return ForecastDesk(cast("Gateway", self))
