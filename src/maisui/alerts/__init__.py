"""Key focus: rules that find what needs an eye, one file each, and the table of their cases."""

from maisui.alerts.abnormal_series import ABNORMAL_SERIES
from maisui.alerts.black_list import BLACK_LIST
from maisui.alerts.closed_outlet_customer import CLOSED_OUTLET_CUSTOMER
from maisui.alerts.concentration import CONCENTRATION
from maisui.alerts.data_break import DATA_BREAK
from maisui.alerts.deposit_deviation import DEPOSIT_DEVIATION
from maisui.alerts.dormant_active import DORMANT_ACTIVE
from maisui.alerts.guarantee_circle import GUARANTEE_CIRCLE
from maisui.alerts.interest_arrears import INTEREST_ARREARS
from maisui.alerts.large_movement import LARGE_MOVEMENT
from maisui.alerts.loan_class_falling import FALLING_LOAN_CLASS, NEWLY_BAD_LOAN
from maisui.alerts.maturing_deposit import MATURING_DEPOSIT
from maisui.alerts.maturing_loan import MATURING_LOAN
from maisui.alerts.overdue_loan import NEARLY_BAD_LOAN, NEWLY_OVERDUE_LOAN
from maisui.alerts.rule import Rule, Severity, SubjectKind, fill
from maisui.alerts.settle_alert_thresholds import SETTLE_ALERT_THRESHOLDS
from maisui.alerts.staff_account import STAFF_ACCOUNT
from maisui.alerts.top_customer_moved import TOP_CUSTOMER_MOVED
from maisui.alerts.unusual_customer import UNUSUAL_CUSTOMER
from maisui.steps.step import Step

RULES: tuple[Rule, ...] = (
    NEWLY_BAD_LOAN,
    NEARLY_BAD_LOAN,
    FALLING_LOAN_CLASS,
    NEWLY_OVERDUE_LOAN,
    INTEREST_ARREARS,
    MATURING_LOAN,
    MATURING_DEPOSIT,
    LARGE_MOVEMENT,
    TOP_CUSTOMER_MOVED,
    UNUSUAL_CUSTOMER,
    DORMANT_ACTIVE,
    CLOSED_OUTLET_CUSTOMER,
    CONCENTRATION,
    GUARANTEE_CIRCLE,
    BLACK_LIST,
    STAFF_ACCOUNT,
    DEPOSIT_DEVIATION,
    ABNORMAL_SERIES,
    DATA_BREAK,
)
"""Every rule, in the order in which readers see them."""

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
"""Every rule under its code."""

STEPS: tuple[Step, ...] = (SETTLE_ALERT_THRESHOLDS, fill(RULES))
"""The steps of key focus: thresholds first, then the cases of all rules in one table."""

__all__ = ["BY_CODE", "RULES", "STEPS", "Rule", "Severity", "SubjectKind", "fill"]
