"""Wide tables, each named by its grain, from which metrics are asked."""

from maisui.marts.account_month import ACCOUNT_MONTH_MART
from maisui.marts.channel_day import CHANNEL_DAY_MART
from maisui.marts.customer_day import CUSTOMER_DAY_MART
from maisui.marts.customer_month import CUSTOMER_MONTH_MART
from maisui.marts.ledger_day import LEDGER_DAY_MART
from maisui.marts.loan_class_day import LOAN_CLASS_DAY_MART
from maisui.marts.loan_flow_day import LOAN_FLOW_DAY_MART
from maisui.marts.product_day import PRODUCT_DAY_MART
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (
    PRODUCT_DAY_MART,
    ACCOUNT_MONTH_MART,
    CUSTOMER_MONTH_MART,
    CUSTOMER_DAY_MART,
    CHANNEL_DAY_MART,
    LOAN_FLOW_DAY_MART,
    LOAN_CLASS_DAY_MART,
    LEDGER_DAY_MART,
)
"""Every mart, one line each."""
