"""The canonical model: every table of the bank, delivered ones first; one registry line a table."""

from maisui.tables.account import ACCOUNT
from maisui.tables.account_balance import ACCOUNT_BALANCE
from maisui.tables.account_holder import ACCOUNT_HOLDER
from maisui.tables.account_month import ACCOUNT_MONTH
from maisui.tables.account_snapshot import ACCOUNT_SNAPSHOT
from maisui.tables.account_transaction import ACCOUNT_TRANSACTION
from maisui.tables.balance_break import BALANCE_BREAK
from maisui.tables.balance_point import BALANCE_POINT
from maisui.tables.calendar_day import CALENDAR_DAY
from maisui.tables.channel_day import CHANNEL_DAY
from maisui.tables.customer import CUSTOMER
from maisui.tables.customer_day import CUSTOMER_DAY
from maisui.tables.customer_month import CUSTOMER_MONTH
from maisui.tables.customer_relation import CUSTOMER_RELATION
from maisui.tables.customer_snapshot import CUSTOMER_SNAPSHOT
from maisui.tables.delivery import DELIVERY
from maisui.tables.employee_snapshot import EMPLOYEE_SNAPSHOT
from maisui.tables.ledger_day import LEDGER_DAY
from maisui.tables.ledger_snapshot import LEDGER_SNAPSHOT
from maisui.tables.ledger_subject_snapshot import LEDGER_SUBJECT_SNAPSHOT
from maisui.tables.ledger_tie import LEDGER_TIE
from maisui.tables.loan import LOAN
from maisui.tables.loan_class_day import LOAN_CLASS_DAY
from maisui.tables.loan_contract_snapshot import LOAN_CONTRACT_SNAPSHOT
from maisui.tables.loan_flow_day import LOAN_FLOW_DAY
from maisui.tables.loan_snapshot import LOAN_SNAPSHOT
from maisui.tables.loan_state import LOAN_STATE
from maisui.tables.organisation import ORGANISATION
from maisui.tables.organisation_closure import ORGANISATION_CLOSURE
from maisui.tables.organisation_day import ORGANISATION_DAY
from maisui.tables.organisation_snapshot import ORGANISATION_SNAPSHOT
from maisui.tables.parameter import PARAMETER
from maisui.tables.payment_card import PAYMENT_CARD
from maisui.tables.product_day import PRODUCT_DAY
from maisui.tables.reversal import REVERSAL
from maisui.tables.standing_order import STANDING_ORDER
from maisui.tables.table import Column, Privacy, Table
from maisui.tables.teller_snapshot import TELLER_SNAPSHOT

DELIVERED: tuple[Table, ...] = (
    ORGANISATION_SNAPSHOT,
    EMPLOYEE_SNAPSHOT,
    TELLER_SNAPSHOT,
    CUSTOMER_SNAPSHOT,
    ACCOUNT_SNAPSHOT,
    ACCOUNT_TRANSACTION,
    ACCOUNT_HOLDER,
    LOAN_SNAPSHOT,
    LOAN_CONTRACT_SNAPSHOT,
    LEDGER_SUBJECT_SNAPSHOT,
    LEDGER_SNAPSHOT,
    PAYMENT_CARD,
    STANDING_ORDER,
)
"""Tables that a source system may implement."""

INTEGRATED: tuple[Table, ...] = (
    DELIVERY,
    PARAMETER,
    CALENDAR_DAY,
    ORGANISATION,
    ORGANISATION_CLOSURE,
    ORGANISATION_DAY,
    CUSTOMER,
    ACCOUNT,
    REVERSAL,
    ACCOUNT_BALANCE,
    BALANCE_POINT,
    BALANCE_BREAK,
    CUSTOMER_RELATION,
    LOAN,
    LOAN_STATE,
)
"""Tables that integration steps write."""

MARTS: tuple[Table, ...] = (
    PRODUCT_DAY,
    ACCOUNT_MONTH,
    CUSTOMER_MONTH,
    CUSTOMER_DAY,
    CHANNEL_DAY,
    LOAN_FLOW_DAY,
    LOAN_CLASS_DAY,
    LEDGER_DAY,
    LEDGER_TIE,
)
"""Tables that marts and reconciliation write; metrics read these."""

ALL: tuple[Table, ...] = (*DELIVERED, *INTEGRATED, *MARTS)
"""Every table of the model."""

BY_NAME: dict[str, Table] = {table.name: table for table in ALL}
"""Every table under its name."""

__all__ = ["ALL", "BY_NAME", "DELIVERED", "INTEGRATED", "MARTS", "Column", "Privacy", "Table"]
