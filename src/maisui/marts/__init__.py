"""Wide tables, each named by its grain, from which metrics are asked."""

from maisui.marts.account_activity_month import ACCOUNT_ACTIVITY_MONTH_MART
from maisui.marts.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH_MART
from maisui.marts.account_month import ACCOUNT_MONTH_MART
from maisui.marts.agency_business_day import AGENCY_BUSINESS_DAY_MART
from maisui.marts.asset_day import ASSET_DAY_MART
from maisui.marts.channel_attempt_day import CHANNEL_ATTEMPT_DAY_MART
from maisui.marts.channel_day import CHANNEL_DAY_MART
from maisui.marts.channel_hour_month import CHANNEL_HOUR_MONTH_MART
from maisui.marts.concentration_day import CONCENTRATION_DAY_MART
from maisui.marts.contribution_month import CONTRIBUTION_MONTH_MART
from maisui.marts.customer_base_day import CUSTOMER_BASE_DAY_MART
from maisui.marts.customer_channel_month import CUSTOMER_CHANNEL_MONTH_MART
from maisui.marts.customer_characteristic import CUSTOMER_CHARACTERISTIC_MART
from maisui.marts.customer_completeness import CUSTOMER_COMPLETENESS_MART
from maisui.marts.customer_contribution_month import CUSTOMER_CONTRIBUTION_MONTH_MART
from maisui.marts.customer_day import CUSTOMER_DAY_MART
from maisui.marts.customer_event import CUSTOMER_EVENT_MART
from maisui.marts.customer_fact_month import CUSTOMER_FACT_MONTH_MART
from maisui.marts.customer_flow_month import CUSTOMER_FLOW_MONTH_MART
from maisui.marts.customer_habit_fact import CUSTOMER_HABIT_FACT_MART
from maisui.marts.customer_month import CUSTOMER_MONTH_MART
from maisui.marts.customer_party_fact import CUSTOMER_PARTY_FACT_MART
from maisui.marts.customer_product_month import CUSTOMER_PRODUCT_MONTH_MART
from maisui.marts.customer_recent_month import CUSTOMER_RECENT_MONTH_MART
from maisui.marts.customer_standing import CUSTOMER_STANDING_MART
from maisui.marts.dormant_account_day import DORMANT_ACCOUNT_DAY_MART
from maisui.marts.income_day import INCOME_DAY_MART
from maisui.marts.interest_day import INTEREST_DAY_MART
from maisui.marts.ledger_day import LEDGER_DAY_MART
from maisui.marts.ledger_line_day import LEDGER_LINE_DAY_MART
from maisui.marts.loan_class_day import LOAN_CLASS_DAY_MART
from maisui.marts.loan_flow_day import LOAN_FLOW_DAY_MART
from maisui.marts.loan_loss_month import LOAN_LOSS_MONTH_MART
from maisui.marts.loan_migration_day import LOAN_MIGRATION_DAY_MART
from maisui.marts.loan_roll_day import LOAN_ROLL_DAY_MART
from maisui.marts.loan_vintage_day import LOAN_VINTAGE_DAY_MART
from maisui.marts.managed_customer_month import MANAGED_CUSTOMER_MONTH_MART
from maisui.marts.managed_standing import MANAGED_STANDING_MART
from maisui.marts.manager_day import MANAGER_DAY_MART
from maisui.marts.market_month import MARKET_MONTH_MART
from maisui.marts.maturity_day import MATURITY_DAY_MART
from maisui.marts.merchant_month import MERCHANT_MONTH_MART
from maisui.marts.product_account_month import PRODUCT_ACCOUNT_MONTH_MART
from maisui.marts.product_activity_month import PRODUCT_ACTIVITY_MONTH_MART
from maisui.marts.product_cohort_day import PRODUCT_COHORT_DAY_MART
from maisui.marts.product_customer_month import PRODUCT_CUSTOMER_MONTH_MART
from maisui.marts.product_day import PRODUCT_DAY_MART
from maisui.marts.product_holder_day import PRODUCT_HOLDER_DAY_MART
from maisui.marts.product_pair_day import PRODUCT_PAIR_DAY_MART
from maisui.marts.product_portrait_day import PRODUCT_PORTRAIT_DAY_MART
from maisui.marts.product_structure_day import PRODUCT_STRUCTURE_DAY_MART
from maisui.marts.profit_bridge_month import PROFIT_BRIDGE_MONTH_MART
from maisui.marts.queue_hour_month import QUEUE_HOUR_MONTH_MART
from maisui.marts.regulatory_day import REGULATORY_DAY_MART
from maisui.marts.repayment_day import REPAYMENT_DAY_MART
from maisui.marts.service_cost_month import SERVICE_COST_MONTH_MART
from maisui.marts.target_period import TARGET_PERIOD_MART
from maisui.marts.teller_day import TELLER_DAY_MART
from maisui.marts.teller_duty_day import TELLER_DUTY_DAY_MART
from maisui.marts.terminal_day import TERMINAL_DAY_MART
from maisui.marts.terminal_month import TERMINAL_MONTH_MART
from maisui.marts.tier_migration_day import TIER_MIGRATION_DAY_MART
from maisui.marts.unknown_word import UNKNOWN_WORD_MART
from maisui.marts.write_off_day import WRITE_OFF_DAY_MART
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (
    PRODUCT_DAY_MART,
    ACCOUNT_MONTH_MART,
    CUSTOMER_MONTH_MART,
    CUSTOMER_DAY_MART,
    CHANNEL_DAY_MART,
    CHANNEL_HOUR_MONTH_MART,
    QUEUE_HOUR_MONTH_MART,
    CUSTOMER_CHANNEL_MONTH_MART,
    LOAN_FLOW_DAY_MART,
    LOAN_CLASS_DAY_MART,
    LEDGER_DAY_MART,
    MARKET_MONTH_MART,
    LEDGER_LINE_DAY_MART,
    INCOME_DAY_MART,
    INTEREST_DAY_MART,
    ASSET_DAY_MART,
    MATURITY_DAY_MART,
    CONCENTRATION_DAY_MART,
    LOAN_MIGRATION_DAY_MART,
    REPAYMENT_DAY_MART,
    MANAGER_DAY_MART,
    MANAGED_CUSTOMER_MONTH_MART,
    MANAGED_STANDING_MART,
    AGENCY_BUSINESS_DAY_MART,
    CHANNEL_ATTEMPT_DAY_MART,
    TERMINAL_DAY_MART,
    TERMINAL_MONTH_MART,
    MERCHANT_MONTH_MART,
    TELLER_DAY_MART,
    TELLER_DUTY_DAY_MART,
    TARGET_PERIOD_MART,
    CUSTOMER_COMPLETENESS_MART,
    UNKNOWN_WORD_MART,
    CUSTOMER_PRODUCT_MONTH_MART,
    CUSTOMER_STANDING_MART,
    CUSTOMER_BASE_DAY_MART,
    TIER_MIGRATION_DAY_MART,
    PRODUCT_HOLDER_DAY_MART,
    PRODUCT_CUSTOMER_MONTH_MART,
    PRODUCT_PAIR_DAY_MART,
    PRODUCT_ACCOUNT_MONTH_MART,
    PRODUCT_ACTIVITY_MONTH_MART,
    PRODUCT_COHORT_DAY_MART,
    PRODUCT_PORTRAIT_DAY_MART,
    PRODUCT_STRUCTURE_DAY_MART,
    DORMANT_ACCOUNT_DAY_MART,
    REGULATORY_DAY_MART,
    LOAN_VINTAGE_DAY_MART,
    LOAN_ROLL_DAY_MART,
    ACCOUNT_ACTIVITY_MONTH_MART,
    LOAN_LOSS_MONTH_MART,
    ACCOUNT_CONTRIBUTION_MONTH_MART,
    CONTRIBUTION_MONTH_MART,
    CUSTOMER_CONTRIBUTION_MONTH_MART,
    SERVICE_COST_MONTH_MART,
    PROFIT_BRIDGE_MONTH_MART,
    WRITE_OFF_DAY_MART,
    CUSTOMER_EVENT_MART,
    CUSTOMER_PARTY_FACT_MART,
    CUSTOMER_HABIT_FACT_MART,
    CUSTOMER_CHARACTERISTIC_MART,
    CUSTOMER_FLOW_MONTH_MART,
    CUSTOMER_RECENT_MONTH_MART,
    CUSTOMER_FACT_MONTH_MART,
)
"""Every mart, one line each."""
