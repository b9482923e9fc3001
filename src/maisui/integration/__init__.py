"""Steps that turn delivered tables into the bank's one model; the batch orders them by what they read."""

from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.build_balance_points import BUILD_BALANCE_POINTS
from maisui.integration.build_calendar import BUILD_CALENDAR
from maisui.integration.build_dated_tree import BUILD_DATED_TREE
from maisui.integration.build_organisation import BUILD_ORGANISATION
from maisui.integration.build_organisation_tree import BUILD_ORGANISATION_TREE
from maisui.integration.build_persons import BUILD_PERSONS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.check_tier_decisions import CHECK_TIER_DECISIONS
from maisui.integration.collect_customer_certificates import COLLECT_CUSTOMER_CERTIFICATES
from maisui.integration.connect_guarantee_parties import CONNECT_GUARANTEE_PARTIES
from maisui.integration.count_organisation_resources import COUNT_ORGANISATION_RESOURCES
from maisui.integration.derive_attempt_agency import DERIVE_ATTEMPT_AGENCY
from maisui.integration.describe_guarantee_parties import DESCRIBE_GUARANTEE_PARTIES
from maisui.integration.draw_transfer_curve import DRAW_TRANSFER_CURVE
from maisui.integration.find_guarantee_cycles import FIND_GUARANTEE_CYCLES
from maisui.integration.find_successors import FIND_SUCCESSORS
from maisui.integration.form_households import FORM_HOUSEHOLDS
from maisui.integration.judge_identity_files import JUDGE_IDENTITY_FILES
from maisui.integration.link_guarantees import LINK_GUARANTEES
from maisui.integration.list_account_aliases import LIST_ACCOUNT_ALIASES
from maisui.integration.list_balance_breaks import LIST_BALANCE_BREAKS
from maisui.integration.list_capabilities import LIST_CAPABILITIES
from maisui.integration.list_joint_guarantees import LIST_JOINT_GUARANTEES
from maisui.integration.list_mutual_guarantees import LIST_MUTUAL_GUARANTEES
from maisui.integration.map_ledger_subjects import MAP_LEDGER_SUBJECTS
from maisui.integration.match_certificates import MATCH_CERTIFICATES
from maisui.integration.match_reversals import MATCH_REVERSALS
from maisui.integration.measure_customer_exposure import MEASURE_CUSTOMER_EXPOSURE
from maisui.integration.measure_group_exposure import MEASURE_GROUP_EXPOSURE
from maisui.integration.merge_customers import MERGE_CUSTOMERS
from maisui.integration.price_accounts import PRICE_ACCOUNTS
from maisui.integration.reconstruct_balances import RECONSTRUCT_BALANCES
from maisui.integration.resolve_account import RESOLVE_ACCOUNT
from maisui.integration.resolve_card import RESOLVE_CARD
from maisui.integration.resolve_customer import RESOLVE_CUSTOMER
from maisui.integration.resolve_customer_ties import RESOLVE_CUSTOMER_TIES
from maisui.integration.resolve_financial_statements import RESOLVE_FINANCIAL_STATEMENTS
from maisui.integration.resolve_guarantor import RESOLVE_GUARANTOR
from maisui.integration.resolve_loan import RESOLVE_LOAN
from maisui.integration.resolve_merchant import RESOLVE_MERCHANT
from maisui.integration.resolve_person_numbers import RESOLVE_PERSON_NUMBERS
from maisui.integration.resolve_product import RESOLVE_PRODUCT
from maisui.integration.resolve_related_parties import RESOLVE_RELATED_PARTIES
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.settle_contribution_settings import SETTLE_CONTRIBUTION_SETTINGS
from maisui.integration.split_balances import SPLIT_BALANCES
from maisui.integration.trace_account_organisations import TRACE_ACCOUNT_ORGANISATIONS
from maisui.integration.trace_account_rates import TRACE_ACCOUNT_RATES
from maisui.integration.trace_asset_holdings import TRACE_ASSET_HOLDINGS
from maisui.integration.trace_credit_card_state import TRACE_CREDIT_CARD_STATE
from maisui.integration.trace_credit_limits import TRACE_CREDIT_LIMITS
from maisui.integration.trace_customer_homes import TRACE_CUSTOMER_HOMES
from maisui.integration.trace_customer_relations import TRACE_CUSTOMER_RELATIONS
from maisui.integration.trace_deposit_terms import TRACE_DEPOSIT_TERMS
from maisui.integration.trace_employments import TRACE_EMPLOYMENTS
from maisui.integration.trace_group_members import TRACE_GROUP_MEMBERS
from maisui.integration.trace_loan_organisations import TRACE_LOAN_ORGANISATIONS
from maisui.integration.trace_loan_state import TRACE_LOAN_STATE
from maisui.integration.trace_local_rates import TRACE_LOCAL_RATES
from maisui.integration.trace_organisation_periods import TRACE_ORGANISATION_PERIODS
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (
    BUILD_CALENDAR,
    BUILD_ORGANISATION,
    BUILD_ORGANISATION_TREE,
    TRACE_ORGANISATION_PERIODS,
    BUILD_DATED_TREE,
    TRACE_ACCOUNT_ORGANISATIONS,
    TRACE_CUSTOMER_HOMES,
    FIND_SUCCESSORS,
    RESOLVE_PERSON_NUMBERS,
    BUILD_PERSONS,
    TRACE_EMPLOYMENTS,
    JUDGE_IDENTITY_FILES,
    COLLECT_CUSTOMER_CERTIFICATES,
    MERGE_CUSTOMERS,
    FORM_HOUSEHOLDS,
    LIST_CAPABILITIES,
    COUNT_ORGANISATION_RESOURCES,
    RESOLVE_PRODUCT,
    RESOLVE_CUSTOMER,
    RESOLVE_ACCOUNT,
    TRACE_LOCAL_RATES,
    BUILD_BALANCE_POINTS,
    RECONSTRUCT_BALANCES,
    LIST_BALANCE_BREAKS,
    TRACE_CUSTOMER_RELATIONS,
    MATCH_REVERSALS,
    LIST_ACCOUNT_ALIASES,
    RESOLVE_LOAN,
    TRACE_LOAN_ORGANISATIONS,
    TRACE_LOAN_STATE,
    MATCH_CERTIFICATES,
    RESOLVE_GUARANTOR,
    LINK_GUARANTEES,
    MAP_LEDGER_SUBJECTS,
    CONNECT_GUARANTEE_PARTIES,
    FIND_GUARANTEE_CYCLES,
    LIST_MUTUAL_GUARANTEES,
    LIST_JOINT_GUARANTEES,
    DESCRIBE_GUARANTEE_PARTIES,
    RESOLVE_CARD,
    RESOLVE_MERCHANT,
    TRACE_CREDIT_CARD_STATE,
    TRACE_ASSET_HOLDINGS,
    TRACE_GROUP_MEMBERS,
    RESOLVE_CUSTOMER_TIES,
    RESOLVE_RELATED_PARTIES,
    RESOLVE_FINANCIAL_STATEMENTS,
    TRACE_CREDIT_LIMITS,
    MEASURE_CUSTOMER_EXPOSURE,
    MEASURE_GROUP_EXPOSURE,
    CHECK_MANAGER_ASSIGNMENTS,
    CHECK_ALLOCATION_DECISIONS,
    CHECK_TIER_DECISIONS,
    SETTLE_ASSIGNMENTS,
    ALLOCATE_RESULTS,
    SPLIT_BALANCES,
    DERIVE_ATTEMPT_AGENCY,
    TRACE_ACCOUNT_RATES,
    DRAW_TRANSFER_CURVE,
    SETTLE_CONTRIBUTION_SETTINGS,
    PRICE_ACCOUNTS,
    TRACE_DEPOSIT_TERMS,
)
"""Every integration step, one line each."""
