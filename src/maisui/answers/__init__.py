"""The only door to published figures: frozen questions in, frozen answers out."""

from maisui.answers.ask import CHILD, Answer, Question, Row, ask, base_question, with_base
from maisui.answers.bank import Bank
from maisui.answers.customers import (
    CustomerAccount,
    CustomerMonthEnd,
    CustomerOrder,
    CustomerPage,
    CustomerProfile,
    CustomerQuery,
    CustomerRow,
    CustomerSearch,
    customer_profile,
    home_of_customer,
    list_customers,
)
from maisui.answers.deliveries import Delivery, DeliveryPage, FeedState, KeptBack, deliveries, feed_states, kept_back
from maisui.answers.explain import Explanation, Part, explain
from maisui.answers.freshness import Freshness, freshness
from maisui.answers.organisations import Employment, OrganisationNode, employments, organisation_tree
from maisui.answers.periods import Comparison, Period
from maisui.answers.trend import Trend, month_ends, trend
from maisui.metrics import BY_CODE, CATALOGUE, DIMENSION_BY_CODE, Metric, Timing, Unit

__all__ = [
    "BY_CODE",
    "CATALOGUE",
    "CHILD",
    "DIMENSION_BY_CODE",
    "Answer",
    "Bank",
    "Comparison",
    "CustomerAccount",
    "CustomerMonthEnd",
    "CustomerOrder",
    "CustomerPage",
    "CustomerProfile",
    "CustomerQuery",
    "CustomerRow",
    "CustomerSearch",
    "Delivery",
    "DeliveryPage",
    "Employment",
    "Explanation",
    "FeedState",
    "Freshness",
    "KeptBack",
    "Metric",
    "OrganisationNode",
    "Part",
    "Period",
    "Question",
    "Row",
    "Timing",
    "Trend",
    "Unit",
    "ask",
    "base_question",
    "customer_profile",
    "deliveries",
    "employments",
    "explain",
    "feed_states",
    "freshness",
    "home_of_customer",
    "kept_back",
    "list_customers",
    "month_ends",
    "organisation_tree",
    "trend",
    "with_base",
]
