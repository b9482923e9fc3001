"""The canonical model: every table of the bank, delivered ones first; one registry line a table."""

from maisui.tables.account import ACCOUNT
from maisui.tables.account_activity_month import ACCOUNT_ACTIVITY_MONTH
from maisui.tables.account_alias import ACCOUNT_ALIAS
from maisui.tables.account_allocation import ACCOUNT_ALLOCATION
from maisui.tables.account_balance import ACCOUNT_BALANCE
from maisui.tables.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH
from maisui.tables.account_holder import ACCOUNT_HOLDER
from maisui.tables.account_month import ACCOUNT_MONTH
from maisui.tables.account_organisation_period import ACCOUNT_ORGANISATION_PERIOD
from maisui.tables.account_pricing import ACCOUNT_PRICING
from maisui.tables.account_rate_period import ACCOUNT_RATE_PERIOD
from maisui.tables.account_snapshot import ACCOUNT_SNAPSHOT
from maisui.tables.account_transaction import ACCOUNT_TRANSACTION
from maisui.tables.advance_snapshot import ADVANCE_SNAPSHOT
from maisui.tables.agency_business_day import AGENCY_BUSINESS_DAY
from maisui.tables.agency_holding_snapshot import AGENCY_HOLDING_SNAPSHOT
from maisui.tables.agency_sale import AGENCY_SALE
from maisui.tables.alert_case import ALERT_CASE
from maisui.tables.alert_threshold import ALERT_THRESHOLD
from maisui.tables.allocated_balance import ALLOCATED_BALANCE
from maisui.tables.allocation_decision import ALLOCATION_DECISION
from maisui.tables.allocation_decision_line import ALLOCATION_DECISION_LINE
from maisui.tables.asset_day import ASSET_DAY
from maisui.tables.asset_holding import ASSET_HOLDING
from maisui.tables.assignment_in_force import ASSIGNMENT_IN_FORCE
from maisui.tables.attempt_agency import ATTEMPT_AGENCY
from maisui.tables.attendance import ATTENDANCE
from maisui.tables.balance_break import BALANCE_BREAK
from maisui.tables.balance_point import BALANCE_POINT
from maisui.tables.bill_discount_snapshot import BILL_DISCOUNT_SNAPSHOT
from maisui.tables.calendar_day import CALENDAR_DAY
from maisui.tables.capability import CAPABILITY
from maisui.tables.card import CARD
from maisui.tables.card_snapshot import CARD_SNAPSHOT
from maisui.tables.certificate_match import CERTIFICATE_MATCH
from maisui.tables.channel_attempt import CHANNEL_ATTEMPT
from maisui.tables.channel_attempt_day import CHANNEL_ATTEMPT_DAY
from maisui.tables.channel_day import CHANNEL_DAY
from maisui.tables.channel_hour_month import CHANNEL_HOUR_MONTH
from maisui.tables.collateral_item_snapshot import COLLATERAL_ITEM_SNAPSHOT
from maisui.tables.complaint import COMPLAINT
from maisui.tables.concentration_day import CONCENTRATION_DAY
from maisui.tables.consent import CONSENT
from maisui.tables.contribution_month import CONTRIBUTION_MONTH
from maisui.tables.contribution_setting import CONTRIBUTION_SETTING
from maisui.tables.control_subject import CONTROL_SUBJECT
from maisui.tables.credit_card_account_snapshot import CREDIT_CARD_ACCOUNT_SNAPSHOT
from maisui.tables.credit_card_instalment import CREDIT_CARD_INSTALMENT
from maisui.tables.credit_card_state import CREDIT_CARD_STATE
from maisui.tables.credit_card_transaction import CREDIT_CARD_TRANSACTION
from maisui.tables.credit_limit_snapshot import CREDIT_LIMIT_SNAPSHOT
from maisui.tables.credit_limit_state import CREDIT_LIMIT_STATE
from maisui.tables.customer import CUSTOMER
from maisui.tables.customer_base_day import CUSTOMER_BASE_DAY
from maisui.tables.customer_certificate import CUSTOMER_CERTIFICATE
from maisui.tables.customer_channel_month import CUSTOMER_CHANNEL_MONTH
from maisui.tables.customer_characteristic import CUSTOMER_CHARACTERISTIC
from maisui.tables.customer_completeness import CUSTOMER_COMPLETENESS
from maisui.tables.customer_contribution_month import CUSTOMER_CONTRIBUTION_MONTH
from maisui.tables.customer_day import CUSTOMER_DAY
from maisui.tables.customer_event import CUSTOMER_EVENT
from maisui.tables.customer_exposure import CUSTOMER_EXPOSURE
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH
from maisui.tables.customer_flow_month import CUSTOMER_FLOW_MONTH
from maisui.tables.customer_group_member import CUSTOMER_GROUP_MEMBER
from maisui.tables.customer_group_snapshot import CUSTOMER_GROUP_SNAPSHOT
from maisui.tables.customer_habit_fact import CUSTOMER_HABIT_FACT
from maisui.tables.customer_home_period import CUSTOMER_HOME_PERIOD
from maisui.tables.customer_identity_snapshot import CUSTOMER_IDENTITY_SNAPSHOT
from maisui.tables.customer_label import CUSTOMER_LABEL
from maisui.tables.customer_label_day import CUSTOMER_LABEL_DAY
from maisui.tables.customer_merge import CUSTOMER_MERGE
from maisui.tables.customer_merge_decision import CUSTOMER_MERGE_DECISION
from maisui.tables.customer_month import CUSTOMER_MONTH
from maisui.tables.customer_party_fact import CUSTOMER_PARTY_FACT
from maisui.tables.customer_product_month import CUSTOMER_PRODUCT_MONTH
from maisui.tables.customer_recent_month import CUSTOMER_RECENT_MONTH
from maisui.tables.customer_relation import CUSTOMER_RELATION
from maisui.tables.customer_snapshot import CUSTOMER_SNAPSHOT
from maisui.tables.customer_standing import CUSTOMER_STANDING
from maisui.tables.customer_tie import CUSTOMER_TIE
from maisui.tables.customer_tie_snapshot import CUSTOMER_TIE_SNAPSHOT
from maisui.tables.daily_balance import DAILY_BALANCE
from maisui.tables.delivery import DELIVERY
from maisui.tables.deposit_term import DEPOSIT_TERM
from maisui.tables.deposit_term_snapshot import DEPOSIT_TERM_SNAPSHOT
from maisui.tables.dormant_account_day import DORMANT_ACCOUNT_DAY
from maisui.tables.employee_snapshot import EMPLOYEE_SNAPSHOT
from maisui.tables.employment_period import EMPLOYMENT_PERIOD
from maisui.tables.exchange_rate import EXCHANGE_RATE
from maisui.tables.fee_charge import FEE_CHARGE
from maisui.tables.financial_statement import FINANCIAL_STATEMENT
from maisui.tables.financial_statement_snapshot import FINANCIAL_STATEMENT_SNAPSHOT
from maisui.tables.group_exposure import GROUP_EXPOSURE
from maisui.tables.guarantee_component import GUARANTEE_COMPONENT
from maisui.tables.guarantee_contract_snapshot import GUARANTEE_CONTRACT_SNAPSHOT
from maisui.tables.guarantee_cycle import GUARANTEE_CYCLE
from maisui.tables.guarantee_link import GUARANTEE_LINK
from maisui.tables.guarantee_party import GUARANTEE_PARTY
from maisui.tables.guarantor import GUARANTOR
from maisui.tables.guarantor_snapshot import GUARANTOR_SNAPSHOT
from maisui.tables.holiday_calendar import HOLIDAY_CALENDAR
from maisui.tables.household_member import HOUSEHOLD_MEMBER
from maisui.tables.identity_file import IDENTITY_FILE
from maisui.tables.income_day import INCOME_DAY
from maisui.tables.interest_day import INTEREST_DAY
from maisui.tables.internal_account_entry import INTERNAL_ACCOUNT_ENTRY
from maisui.tables.internal_account_snapshot import INTERNAL_ACCOUNT_SNAPSHOT
from maisui.tables.joint_guarantee import JOINT_GUARANTEE
from maisui.tables.ledger_break import LEDGER_BREAK
from maisui.tables.ledger_budget import LEDGER_BUDGET
from maisui.tables.ledger_day import LEDGER_DAY
from maisui.tables.ledger_line_day import LEDGER_LINE_DAY
from maisui.tables.ledger_snapshot import LEDGER_SNAPSHOT
from maisui.tables.ledger_subject_line import LEDGER_SUBJECT_LINE
from maisui.tables.ledger_subject_snapshot import LEDGER_SUBJECT_SNAPSHOT
from maisui.tables.ledger_tie import LEDGER_TIE
from maisui.tables.loan import LOAN
from maisui.tables.loan_class_change import LOAN_CLASS_CHANGE
from maisui.tables.loan_class_day import LOAN_CLASS_DAY
from maisui.tables.loan_contract_snapshot import LOAN_CONTRACT_SNAPSHOT
from maisui.tables.loan_flow_day import LOAN_FLOW_DAY
from maisui.tables.loan_loss_month import LOAN_LOSS_MONTH
from maisui.tables.loan_migration_day import LOAN_MIGRATION_DAY
from maisui.tables.loan_organisation_period import LOAN_ORGANISATION_PERIOD
from maisui.tables.loan_roll_day import LOAN_ROLL_DAY
from maisui.tables.loan_snapshot import LOAN_SNAPSHOT
from maisui.tables.loan_state import LOAN_STATE
from maisui.tables.loan_tie import LOAN_TIE
from maisui.tables.loan_vintage_day import LOAN_VINTAGE_DAY
from maisui.tables.local_rate import LOCAL_RATE
from maisui.tables.managed_customer_month import MANAGED_CUSTOMER_MONTH
from maisui.tables.managed_standing import MANAGED_STANDING
from maisui.tables.manager_assignment import MANAGER_ASSIGNMENT
from maisui.tables.manager_assignment_snapshot import MANAGER_ASSIGNMENT_SNAPSHOT
from maisui.tables.manager_day import MANAGER_DAY
from maisui.tables.market_month import MARKET_MONTH
from maisui.tables.market_total import MARKET_TOTAL
from maisui.tables.maturity_day import MATURITY_DAY
from maisui.tables.merchant import MERCHANT
from maisui.tables.merchant_fee_tie import MERCHANT_FEE_TIE
from maisui.tables.merchant_month import MERCHANT_MONTH
from maisui.tables.merchant_snapshot import MERCHANT_SNAPSHOT
from maisui.tables.merchant_trade_day import MERCHANT_TRADE_DAY
from maisui.tables.mutual_guarantee import MUTUAL_GUARANTEE
from maisui.tables.organisation import ORGANISATION
from maisui.tables.organisation_closure import ORGANISATION_CLOSURE
from maisui.tables.organisation_closure_period import ORGANISATION_CLOSURE_PERIOD
from maisui.tables.organisation_day import ORGANISATION_DAY
from maisui.tables.organisation_period import ORGANISATION_PERIOD
from maisui.tables.organisation_snapshot import ORGANISATION_SNAPSHOT
from maisui.tables.organisation_succession import ORGANISATION_SUCCESSION
from maisui.tables.orphan_key import ORPHAN_KEY
from maisui.tables.outlet_profile_snapshot import OUTLET_PROFILE_SNAPSHOT
from maisui.tables.parameter import PARAMETER
from maisui.tables.payment_card import PAYMENT_CARD
from maisui.tables.person import PERSON
from maisui.tables.person_number import PERSON_NUMBER
from maisui.tables.post_snapshot import POST_SNAPSHOT
from maisui.tables.product import PRODUCT
from maisui.tables.product_account_month import PRODUCT_ACCOUNT_MONTH
from maisui.tables.product_activity_month import PRODUCT_ACTIVITY_MONTH
from maisui.tables.product_cohort_day import PRODUCT_COHORT_DAY
from maisui.tables.product_customer_month import PRODUCT_CUSTOMER_MONTH
from maisui.tables.product_day import PRODUCT_DAY
from maisui.tables.product_holder_day import PRODUCT_HOLDER_DAY
from maisui.tables.product_level import PRODUCT_LEVEL
from maisui.tables.product_master_snapshot import PRODUCT_MASTER_SNAPSHOT
from maisui.tables.product_pair_day import PRODUCT_PAIR_DAY
from maisui.tables.product_portrait_day import PRODUCT_PORTRAIT_DAY
from maisui.tables.product_structure_day import PRODUCT_STRUCTURE_DAY
from maisui.tables.product_word import PRODUCT_WORD
from maisui.tables.profit_bridge_month import PROFIT_BRIDGE_MONTH
from maisui.tables.queue_hour_month import QUEUE_HOUR_MONTH
from maisui.tables.queue_ticket import QUEUE_TICKET
from maisui.tables.regulatory_day import REGULATORY_DAY
from maisui.tables.regulatory_input import REGULATORY_INPUT
from maisui.tables.related_party import RELATED_PARTY
from maisui.tables.repayment_day import REPAYMENT_DAY
from maisui.tables.repayment_receipt import REPAYMENT_RECEIPT
from maisui.tables.repayment_schedule import REPAYMENT_SCHEDULE
from maisui.tables.reported_detail import REPORTED_DETAIL
from maisui.tables.reported_figure import REPORTED_FIGURE
from maisui.tables.reversal import REVERSAL
from maisui.tables.service_cost_month import SERVICE_COST_MONTH
from maisui.tables.shareholder_snapshot import SHAREHOLDER_SNAPSHOT
from maisui.tables.staff_error import STAFF_ERROR
from maisui.tables.standing_order import STANDING_ORDER
from maisui.tables.subject_control import SUBJECT_CONTROL
from maisui.tables.subject_coverage import SUBJECT_COVERAGE
from maisui.tables.subledger_day import SUBLEDGER_DAY
from maisui.tables.table import Column, Privacy, Table
from maisui.tables.target import TARGET
from maisui.tables.target_period import TARGET_PERIOD
from maisui.tables.teller_day import TELLER_DAY
from maisui.tables.teller_duty_day import TELLER_DUTY_DAY
from maisui.tables.teller_journal import TELLER_JOURNAL
from maisui.tables.teller_snapshot import TELLER_SNAPSHOT
from maisui.tables.terminal_day import TERMINAL_DAY
from maisui.tables.terminal_month import TERMINAL_MONTH
from maisui.tables.terminal_snapshot import TERMINAL_SNAPSHOT
from maisui.tables.tier_decision import TIER_DECISION
from maisui.tables.tier_decision_line import TIER_DECISION_LINE
from maisui.tables.tier_migration_day import TIER_MIGRATION_DAY
from maisui.tables.transfer_curve_segment import TRANSFER_CURVE_SEGMENT
from maisui.tables.transfer_price import TRANSFER_PRICE
from maisui.tables.union_elimination_day import UNION_ELIMINATION_DAY
from maisui.tables.union_mirror_month import UNION_MIRROR_MONTH
from maisui.tables.unit_cost import UNIT_COST
from maisui.tables.unknown_word import UNKNOWN_WORD
from maisui.tables.village_position_snapshot import VILLAGE_POSITION_SNAPSHOT
from maisui.tables.village_roster_snapshot import VILLAGE_ROSTER_SNAPSHOT
from maisui.tables.wealth_holding_snapshot import WEALTH_HOLDING_SNAPSHOT
from maisui.tables.wealth_sale import WEALTH_SALE
from maisui.tables.workload_rate_snapshot import WORKLOAD_RATE_SNAPSHOT
from maisui.tables.write_off_day import WRITE_OFF_DAY
from maisui.tables.write_off_snapshot import WRITE_OFF_SNAPSHOT

DELIVERED: tuple[Table, ...] = (
    ORGANISATION_SNAPSHOT,
    OUTLET_PROFILE_SNAPSHOT,
    EMPLOYEE_SNAPSHOT,
    TELLER_SNAPSHOT,
    POST_SNAPSHOT,
    CUSTOMER_IDENTITY_SNAPSHOT,
    CUSTOMER_MERGE_DECISION,
    VILLAGE_ROSTER_SNAPSHOT,
    VILLAGE_POSITION_SNAPSHOT,
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
    CARD_SNAPSHOT,
    CREDIT_CARD_ACCOUNT_SNAPSHOT,
    CREDIT_CARD_TRANSACTION,
    CREDIT_CARD_INSTALMENT,
    MERCHANT_SNAPSHOT,
    MERCHANT_TRADE_DAY,
    INTERNAL_ACCOUNT_SNAPSHOT,
    INTERNAL_ACCOUNT_ENTRY,
    EXCHANGE_RATE,
    AGENCY_SALE,
    WEALTH_SALE,
    WEALTH_HOLDING_SNAPSHOT,
    MARKET_TOTAL,
    GUARANTEE_CONTRACT_SNAPSHOT,
    GUARANTOR_SNAPSHOT,
    COLLATERAL_ITEM_SNAPSHOT,
    CREDIT_LIMIT_SNAPSHOT,
    LOAN_CLASS_CHANGE,
    WRITE_OFF_SNAPSHOT,
    BILL_DISCOUNT_SNAPSHOT,
    ADVANCE_SNAPSHOT,
    TRANSFER_PRICE,
    UNIT_COST,
    TARGET,
    LEDGER_BUDGET,
    HOLIDAY_CALENDAR,
    ATTENDANCE,
    QUEUE_TICKET,
    COMPLAINT,
    CONSENT,
    PRODUCT_MASTER_SNAPSHOT,
    DAILY_BALANCE,
    DEPOSIT_TERM_SNAPSHOT,
    AGENCY_HOLDING_SNAPSHOT,
    FEE_CHARGE,
    CUSTOMER_GROUP_SNAPSHOT,
    CUSTOMER_TIE_SNAPSHOT,
    SHAREHOLDER_SNAPSHOT,
    FINANCIAL_STATEMENT_SNAPSHOT,
    REPAYMENT_SCHEDULE,
    REPAYMENT_RECEIPT,
    REGULATORY_INPUT,
    REPORTED_FIGURE,
    REPORTED_DETAIL,
    MANAGER_ASSIGNMENT_SNAPSHOT,
    ALLOCATION_DECISION_LINE,
    TIER_DECISION_LINE,
    CHANNEL_ATTEMPT,
    TERMINAL_SNAPSHOT,
    TELLER_JOURNAL,
    STAFF_ERROR,
    WORKLOAD_RATE_SNAPSHOT,
)
"""Tables that a source system may implement."""

INTEGRATED: tuple[Table, ...] = (
    DELIVERY,
    PARAMETER,
    CONTROL_SUBJECT,
    PRODUCT_LEVEL,
    PRODUCT_WORD,
    CALENDAR_DAY,
    ORGANISATION,
    ORGANISATION_CLOSURE,
    ORGANISATION_PERIOD,
    ORGANISATION_CLOSURE_PERIOD,
    ORGANISATION_SUCCESSION,
    ACCOUNT_ORGANISATION_PERIOD,
    LOAN_ORGANISATION_PERIOD,
    CUSTOMER_HOME_PERIOD,
    PERSON_NUMBER,
    PERSON,
    EMPLOYMENT_PERIOD,
    IDENTITY_FILE,
    CUSTOMER_CERTIFICATE,
    CUSTOMER_MERGE,
    HOUSEHOLD_MEMBER,
    CAPABILITY,
    ORGANISATION_DAY,
    CUSTOMER,
    ACCOUNT,
    ACCOUNT_ALIAS,
    REVERSAL,
    ACCOUNT_BALANCE,
    BALANCE_POINT,
    BALANCE_BREAK,
    CUSTOMER_RELATION,
    LOAN,
    LOAN_STATE,
    CERTIFICATE_MATCH,
    GUARANTOR,
    GUARANTEE_LINK,
    LEDGER_SUBJECT_LINE,
    PRODUCT,
    GUARANTEE_COMPONENT,
    GUARANTEE_CYCLE,
    GUARANTEE_PARTY,
    MUTUAL_GUARANTEE,
    JOINT_GUARANTEE,
    CARD,
    MERCHANT,
    CREDIT_CARD_STATE,
    ASSET_HOLDING,
    CUSTOMER_GROUP_MEMBER,
    CUSTOMER_TIE,
    RELATED_PARTY,
    FINANCIAL_STATEMENT,
    CREDIT_LIMIT_STATE,
    LOCAL_RATE,
    CUSTOMER_EXPOSURE,
    GROUP_EXPOSURE,
    MANAGER_ASSIGNMENT,
    ALLOCATION_DECISION,
    TIER_DECISION,
    ASSIGNMENT_IN_FORCE,
    ACCOUNT_ALLOCATION,
    ALLOCATED_BALANCE,
    ATTEMPT_AGENCY,
    DEPOSIT_TERM,
)
"""Tables that integration steps write."""

MARTS: tuple[Table, ...] = (
    PRODUCT_DAY,
    ACCOUNT_MONTH,
    CUSTOMER_MONTH,
    CUSTOMER_DAY,
    CHANNEL_DAY,
    CHANNEL_HOUR_MONTH,
    QUEUE_HOUR_MONTH,
    CUSTOMER_CHANNEL_MONTH,
    LOAN_FLOW_DAY,
    LOAN_CLASS_DAY,
    LEDGER_DAY,
    SUBLEDGER_DAY,
    SUBJECT_CONTROL,
    LEDGER_LINE_DAY,
    INCOME_DAY,
    INTEREST_DAY,
    LEDGER_TIE,
    LOAN_TIE,
    MERCHANT_FEE_TIE,
    SUBJECT_COVERAGE,
    LEDGER_BREAK,
    ORPHAN_KEY,
    MARKET_MONTH,
    ASSET_DAY,
    MATURITY_DAY,
    CONCENTRATION_DAY,
    LOAN_MIGRATION_DAY,
    REPAYMENT_DAY,
    MANAGER_DAY,
    MANAGED_CUSTOMER_MONTH,
    MANAGED_STANDING,
    AGENCY_BUSINESS_DAY,
    CHANNEL_ATTEMPT_DAY,
    TERMINAL_DAY,
    TERMINAL_MONTH,
    MERCHANT_MONTH,
    TELLER_DAY,
    TELLER_DUTY_DAY,
    TARGET_PERIOD,
    CUSTOMER_COMPLETENESS,
    UNKNOWN_WORD,
    CUSTOMER_PRODUCT_MONTH,
    CUSTOMER_STANDING,
    CUSTOMER_BASE_DAY,
    TIER_MIGRATION_DAY,
    PRODUCT_HOLDER_DAY,
    PRODUCT_CUSTOMER_MONTH,
    PRODUCT_PAIR_DAY,
    PRODUCT_ACCOUNT_MONTH,
    PRODUCT_ACTIVITY_MONTH,
    PRODUCT_COHORT_DAY,
    PRODUCT_PORTRAIT_DAY,
    PRODUCT_STRUCTURE_DAY,
    DORMANT_ACCOUNT_DAY,
    ACCOUNT_RATE_PERIOD,
    TRANSFER_CURVE_SEGMENT,
    CONTRIBUTION_SETTING,
    ACCOUNT_PRICING,
    ACCOUNT_ACTIVITY_MONTH,
    LOAN_LOSS_MONTH,
    ACCOUNT_CONTRIBUTION_MONTH,
    CONTRIBUTION_MONTH,
    CUSTOMER_CONTRIBUTION_MONTH,
    SERVICE_COST_MONTH,
    PROFIT_BRIDGE_MONTH,
    REGULATORY_DAY,
    LOAN_VINTAGE_DAY,
    LOAN_ROLL_DAY,
    WRITE_OFF_DAY,
    ALERT_THRESHOLD,
    ALERT_CASE,
    CUSTOMER_EVENT,
    CUSTOMER_PARTY_FACT,
    CUSTOMER_HABIT_FACT,
    CUSTOMER_CHARACTERISTIC,
    CUSTOMER_FLOW_MONTH,
    CUSTOMER_RECENT_MONTH,
    CUSTOMER_FACT_MONTH,
    CUSTOMER_LABEL,
    CUSTOMER_LABEL_DAY,
)
"""Tables that marts, reconciliation and key focus write; metrics and answers read these."""

ALL: tuple[Table, ...] = (*DELIVERED, *INTEGRATED, *MARTS)
"""Every table of a bank's model."""

UNION: tuple[Table, ...] = (UNION_ELIMINATION_DAY, UNION_MIRROR_MONTH)
"""Tables that only a union has, beside the roll-ups of its members' tables."""

BY_NAME: dict[str, Table] = {table.name: table for table in (*ALL, *UNION)}
"""Every table under its name."""

__all__ = ["ALL", "BY_NAME", "DELIVERED", "INTEGRATED", "MARTS", "UNION", "Column", "Privacy", "Table"]
