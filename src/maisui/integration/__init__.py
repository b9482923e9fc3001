"""Steps that turn delivered tables into the bank's one model; the batch orders them by what they read."""

from maisui.integration.build_balance_points import BUILD_BALANCE_POINTS
from maisui.integration.build_calendar import BUILD_CALENDAR
from maisui.integration.build_organisation import BUILD_ORGANISATION
from maisui.integration.build_organisation_tree import BUILD_ORGANISATION_TREE
from maisui.integration.count_organisation_resources import COUNT_ORGANISATION_RESOURCES
from maisui.integration.list_balance_breaks import LIST_BALANCE_BREAKS
from maisui.integration.match_reversals import MATCH_REVERSALS
from maisui.integration.reconstruct_balances import RECONSTRUCT_BALANCES
from maisui.integration.resolve_account import RESOLVE_ACCOUNT
from maisui.integration.resolve_customer import RESOLVE_CUSTOMER
from maisui.integration.resolve_loan import RESOLVE_LOAN
from maisui.integration.trace_customer_relations import TRACE_CUSTOMER_RELATIONS
from maisui.integration.trace_loan_state import TRACE_LOAN_STATE
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (
    BUILD_CALENDAR,
    BUILD_ORGANISATION,
    BUILD_ORGANISATION_TREE,
    COUNT_ORGANISATION_RESOURCES,
    RESOLVE_CUSTOMER,
    RESOLVE_ACCOUNT,
    BUILD_BALANCE_POINTS,
    RECONSTRUCT_BALANCES,
    LIST_BALANCE_BREAKS,
    TRACE_CUSTOMER_RELATIONS,
    MATCH_REVERSALS,
    RESOLVE_LOAN,
    TRACE_LOAN_STATE,
)
"""Every integration step, one line each."""
