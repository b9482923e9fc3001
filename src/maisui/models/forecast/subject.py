"""Which figures are forecast, and into which series each falls.

There is one series for every organisation that has rows of its own and every value of one dimension. Every other figure is the sum of
such series, to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass

from maisui.metrics import BY_CODE, Metric

MONTHS_AHEAD = 6
"""How many months are forecast."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One figure that is forecast.

    Attributes:
        metric_code: the metric of the catalogue whose months are continued.
        dimension: by which its series are split beside organisations.
        organisation_dimension: whose organisation counts: that of the account, or that which handles.
        is_flow: whether a month holds as much as its days bring, so that its length and the Spring Festival matter.
        may_be_negative: whether less than nothing can be expected.
    """

    metric_code: str
    dimension: str
    is_flow: bool
    may_be_negative: bool = False
    organisation_dimension: str = "organisation"

    @property
    def metric(self) -> Metric:
        """Return its definition in the catalogue."""
        return BY_CODE[self.metric_code]


SUBJECTS: tuple[Subject, ...] = (
    Subject("deposit_balance", "product_group", is_flow=False),
    Subject("loan_balance", "product_group", is_flow=False),
    Subject("customer_contribution", "product_group", is_flow=True, may_be_negative=True),
    Subject("transaction_count", "channel", is_flow=True),
    Subject("net_cash_paid_amount", "channel", is_flow=True, may_be_negative=True, organisation_dimension="handling_organisation"),
)
"""Every figure that is forecast, one line each."""
SUBJECT_BY_CODE: dict[str, Subject] = {subject.metric_code: subject for subject in SUBJECTS}
"""Every one of them under the code of its metric."""
