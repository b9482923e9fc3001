"""The only door to published figures: frozen questions in, frozen answers out."""

from maisui.alerts import BY_CODE as RULE_BY_CODE
from maisui.alerts import RULES, Rule, Severity, SubjectKind
from maisui.answers.alerts import MOST_ROWS as MOST_CASES
from maisui.answers.alerts import (
    Case,
    CaseFact,
    CasePage,
    CaseQuery,
    CaseSettings,
    CaseSight,
    RuleCount,
    case_settings,
    count_cases,
    list_cases,
    one_case,
)
from maisui.answers.as_published import version_as_published
from maisui.answers.ask import ask, base_question, metric_of, target_lines_of, with_base
from maisui.answers.bank import Bank
from maisui.answers.campaigns import CampaignMeasure, CampaignValues, campaign_values
from maisui.answers.channel_customers import (
    UNUSED,
    ChannelCustomer,
    ChannelCustomers,
    ChannelList,
    ChannelListQuery,
    list_channel_customers,
    quarter_start,
)
from maisui.answers.consolidated import ConsolidatedLine, ConsolidatedSheet, consolidated_sheet
from maisui.answers.customer_profile import CustomerDetails, CustomerProfile, CustomerStanding, customer_profile, home_of_customer
from maisui.answers.customer_value import ContributionMonth, CustomerValue
from maisui.answers.customers import (
    CUSTOMER_COLUMNS,
    CustomerOrder,
    CustomerPage,
    CustomerQuery,
    CustomerRow,
    CustomerSearch,
    count_customers,
    list_customers,
)
from maisui.answers.data_quality import (
    AGE_BUCKETS,
    ORPHAN_KINDS,
    Completeness,
    DataQuality,
    HomeCompleteness,
    OrphanFile,
    OrphanKeys,
    RecordAges,
    UnknownWords,
    completeness_by_home,
    data_quality,
    orphan_files,
)
from maisui.answers.delivered_rows import DeliveredRow, RowKind, delivered_row
from maisui.answers.deliveries import (
    Delivery,
    DeliveryPage,
    FeedState,
    KeptBack,
    deliveries,
    feed_owners,
    feed_states,
    feed_titles,
    kept_back,
)
from maisui.answers.delivery_calendar import CalendarCell, CalendarRow, DayState, DeliveryCalendar, corrections, delivery_calendar
from maisui.answers.drivers import Driver, Movement, movement, splits_of
from maisui.answers.due_soon import DueQuery, DueSoon, LoanLine, LoanList, MaturingDay, due_soon
from maisui.answers.explain import Explanation, Part, explain
from maisui.answers.follow_events import FollowEvent, follow_events
from maisui.answers.forecasts import (
    FORECAST_METRICS,
    Expected,
    ForecastLine,
    ForecastQuery,
    ForecastView,
    SaidAndCame,
    forecast,
    name_of_forecasts,
)
from maisui.answers.freshness import Freshness, freshness
from maisui.answers.group_fields import FIELDS, NAMING_GROUPS, SECTIONS, FieldKind, GroupField
from maisui.answers.group_plans import VIEWS, ViewLine, ViewTable
from maisui.answers.group_rule import COMPARES, Branch, Condition, conditions_of, data_of, rule_of
from maisui.answers.group_views import Figure, GroupSide, GroupView, MonthPoint, beside, group_side, large_group_side
from maisui.answers.groups import (
    EVERYBODY,
    Finding,
    GroupMember,
    GroupSize,
    MemberPage,
    Membership,
    Selection,
    group_members,
    group_numbers,
    group_size,
    membership,
)
from maisui.answers.held_versions import hold_versions
from maisui.answers.labels import (
    LABEL_BY_CODE,
    LABEL_FAMILIES,
    REASON_BY_CODE,
    BorneLabel,
    GivenReason,
    LabelledCustomer,
    LabelPage,
    LabelQuery,
    labels_of,
    list_labelled,
)
from maisui.answers.ledger import LedgerFrame, LedgerQuestion, LedgerSubject, ledger_rates_on, ledger_subjects
from maisui.answers.ledger_averages import AverageBalances, AverageRow, average_balances
from maisui.answers.ledger_budget import budgeted
from maisui.answers.ledger_currencies import ALL_CURRENCIES, LedgerRate, LedgerRates
from maisui.answers.ledger_margin import Effects, Margin, MarginRow, margin
from maisui.answers.ledger_subject import SubjectAccounts, SubjectView, subject_accounts, subject_view
from maisui.answers.loan_worklists import (
    DUE_WITHIN,
    DueResult,
    WorkedLoan,
    WorklistPage,
    WorklistQuery,
    borrowers_at_home,
    due_result,
    loan_worklist,
    worklist_customers,
)
from maisui.answers.marketing_consent import ConsentStanding, marketing_consents
from maisui.answers.model_scores import ScoredCustomer, ScorePage, ScoreQuery, ScoreReason, list_scored
from maisui.answers.mover_sources import why_no_movers
from maisui.answers.movers import Mover, MoverGroup, MoverOrder, MoverPage, MoverQuery, MoverSum, has_movers, mover_numbers, movers
from maisui.answers.narrative import Beside, MainCause, Narrative, Remark, Sentence, Situation, narrative
from maisui.answers.organisations import Employment, OrganisationNode, employments, organisation_tree, outlet_grades, outlet_positions
from maisui.answers.own_lines import has_own_lines, own_statement
from maisui.answers.parameter_desk import (
    DeskParameter,
    HistoryLine,
    OpenFamily,
    approved_parameter_file,
    deliver_parameter,
    desk_parameters,
    is_for_whole_history,
    open_families,
    own_line_fault,
    own_line_preview,
    parameter_fault,
    parameter_meaning,
    plain_value,
    published_lines,
)
from maisui.answers.parameter_use import marts_of, metrics_on, tables_on
from maisui.answers.performance import (
    JournalLine,
    JournalProfile,
    PerformanceSettings,
    PersonNumbers,
    RuleLine,
    Scheme,
    journal_lines,
    journal_profile,
    performance_settings,
    person_numbers,
    persons_of_numbers,
    scheme_of,
    unrated_counts,
)
from maisui.answers.periods import DAILY, Comparison, Period
from maisui.answers.quarantine import release_line
from maisui.answers.question import CHILD, Answer, Question, Row
from maisui.answers.ratio_limits import LimitState, RatioLimit, ratio_limits
from maisui.answers.report_figure import Agreement, Cause, FigureComparison, ReportedFigure
from maisui.answers.report_rows import CauseRow, CauseRows, cause_rows
from maisui.answers.reported_figures import compare_figure, reported_figures
from maisui.answers.same_person import HouseholdMember, LoggedMerge, Merge, MergeLog, OtherNumber, merge_log
from maisui.answers.saver_state import SaverState
from maisui.answers.statement_lines import LINE_NAMES
from maisui.answers.statements import Statement, StatementColumn, StatementLine, balance_sheet, income_statement
from maisui.answers.strategies import Advice, AdviceResult, AdviceRule, advice_results, advised
from maisui.answers.supplement_meaning import known_codes
from maisui.answers.supplements import (
    UPLOAD_BYTES,
    UPLOAD_ROWS,
    CheckedUpload,
    SupplementFeed,
    UsedUpload,
    check_supplement,
    check_workbook,
    deliver_supplement,
    moves_figures,
    supplement_feeds,
    supplement_file_name,
    supplement_template,
    used_uploads,
)
from maisui.answers.targets import PERIODS as TARGET_PERIODS
from maisui.answers.targets import TargetLine, by_target, targets_set
from maisui.answers.terminals import Suggestion, TerminalAdvice, Terminals, TerminalUse, terminals
from maisui.answers.tie_outs import (
    AccountLine,
    OutletLine,
    SubjectLine,
    TieDay,
    TiedDay,
    VersionTies,
    control_history,
    stopped_batch,
    tie_accounts,
    tie_day,
    tie_outlets,
    tied_days,
)
from maisui.answers.trend import Trend, month_ends, trend
from maisui.answers.trial_balance import TrialBalance, TrialBalanceRow, TrialBalanceTotal, trial_balance
from maisui.answers.two_arms import Arm, Difference, difference_of_means, difference_of_shares, smallest_difference_seen
from maisui.answers.union import (
    Elimination,
    MirrorLine,
    counts_customers,
    eliminations,
    is_held_by_unions,
    members_of,
    mirror_lines,
)
from maisui.answers.working_days import SPRING_FESTIVAL, WorkingDays, working_days
from maisui.metrics import BY_CODE, CATALOGUE, DIMENSION_BY_CODE, TOPICS, Additivity, Measure, Metric, Timing, Topic, Unit
from maisui.metrics.measure_sql import View
from maisui.models import DESCRIBED, MODEL_BY_CODE, MODELS, Described, Model, Rung
from maisui.models import Approval as ModelApproval
from maisui.models import approved_on as approved_model
from maisui.models import read_approvals as model_approvals
from maisui.models import stored_models as trained_models
from maisui.models import write_approval as write_model_approval
from maisui.models.forecast.methods import Method as ForecastMethod
from maisui.parameters import ApprovedLine, Origin, ValueKind
from maisui.reconciliation import SUBJECT_SETS
from maisui.warehouse.home import ELIMINATION, MemberHome
from maisui.warehouse.refusal import Refusal
from maisui.warehouse.version import MemberVersion

__all__ = [
    "AGE_BUCKETS", "ALL_CURRENCIES", "BY_CODE", "CATALOGUE", "CHILD", "COMPARES", "CUSTOMER_COLUMNS", "DAILY", "DESCRIBED",
    "DIMENSION_BY_CODE", "DUE_WITHIN", "ELIMINATION", "EVERYBODY", "FIELDS", "FORECAST_METRICS", "LABEL_BY_CODE", "LABEL_FAMILIES",
    "LINE_NAMES", "MODELS", "MODEL_BY_CODE", "MOST_CASES", "NAMING_GROUPS", "ORPHAN_KINDS", "REASON_BY_CODE", "RULES", "RULE_BY_CODE",
    "SECTIONS",
    "SPRING_FESTIVAL", "SUBJECT_SETS", "TARGET_PERIODS", "TOPICS", "UNUSED", "UPLOAD_BYTES", "UPLOAD_ROWS", "VIEWS", "AccountLine",
    "Additivity", "Advice", "AdviceResult", "AdviceRule", "Agreement", "Answer", "ApprovedLine", "Arm", "AverageBalances", "AverageRow",
    "Bank", "Beside", "BorneLabel", "Branch", "CalendarCell", "CalendarRow", "CampaignMeasure", "CampaignValues", "Case", "CaseFact",
    "CasePage", "CaseQuery", "CaseSettings", "CaseSight", "Cause", "CauseRow", "CauseRows", "ChannelCustomer", "ChannelCustomers",
    "ChannelList", "ChannelListQuery", "CheckedUpload", "Comparison", "Completeness", "Condition", "ConsentStanding", "ConsolidatedLine",
    "ConsolidatedSheet", "ContributionMonth", "CustomerDetails", "CustomerOrder", "CustomerPage", "CustomerProfile", "CustomerQuery",
    "CustomerRow", "CustomerSearch", "CustomerStanding", "CustomerValue", "DataQuality", "DayState", "DeliveredRow", "Delivery",
    "DeliveryCalendar", "DeliveryPage", "Described", "DeskParameter", "Difference", "Driver", "DueQuery", "DueResult", "DueSoon", "Effects",
    "Elimination", "Employment", "Expected", "Explanation", "FeedState", "FieldKind", "Figure", "FigureComparison", "Finding",
    "FollowEvent", "ForecastLine", "ForecastMethod", "ForecastQuery", "ForecastView", "Freshness", "GivenReason", "GroupField",
    "GroupMember", "GroupSide", "GroupSize", "GroupView", "HistoryLine", "HomeCompleteness", "HouseholdMember", "JournalLine",
    "JournalProfile", "KeptBack", "LabelPage", "LabelQuery", "LabelledCustomer", "LedgerFrame", "LedgerQuestion", "LedgerRate",
    "LedgerRates", "LedgerSubject", "LimitState", "LoanLine", "LoanList", "LoggedMerge", "MainCause", "Margin", "MarginRow", "MaturingDay",
    "Measure", "MemberHome", "MemberPage", "MemberVersion", "Membership", "Merge", "MergeLog", "Metric", "MirrorLine", "Model",
    "ModelApproval", "MonthPoint", "Movement", "Mover", "MoverGroup", "MoverOrder", "MoverPage", "MoverQuery", "MoverSum", "Narrative",
    "OpenFamily", "OrganisationNode", "Origin", "OrphanFile", "OrphanKeys", "OtherNumber", "OutletLine", "Part", "PerformanceSettings",
    "Period", "PersonNumbers", "Question", "RatioLimit", "RecordAges", "Refusal", "Remark", "ReportedFigure", "Row", "RowKind", "Rule",
    "RuleCount", "RuleLine", "Rung", "SaidAndCame", "SaverState", "Scheme", "ScorePage", "ScoreQuery", "ScoreReason", "ScoredCustomer",
    "Selection", "Sentence", "Severity", "Situation", "Statement", "StatementColumn", "StatementLine", "SubjectAccounts", "SubjectKind",
    "SubjectLine", "SubjectView", "Suggestion", "SupplementFeed", "TargetLine", "TerminalAdvice", "TerminalUse", "Terminals", "TieDay",
    "TiedDay", "Timing", "Topic", "Trend", "TrialBalance", "TrialBalanceRow", "TrialBalanceTotal", "Unit", "UnknownWords", "UsedUpload",
    "ValueKind", "VersionTies", "View", "ViewLine", "ViewTable", "WorkedLoan", "WorkingDays", "WorklistPage", "WorklistQuery",
    "advice_results", "advised", "approved_model", "approved_parameter_file", "ask", "average_balances",
    "balance_sheet", "base_question", "beside", "borrowers_at_home", "budgeted",
    "by_target", "campaign_values", "case_settings", "cause_rows",
    "check_supplement", "check_workbook", "compare_figure", "completeness_by_home", "conditions_of", "consolidated_sheet",
    "control_history", "corrections", "count_cases", "count_customers", "counts_customers", "customer_profile", "data_of", "data_quality",
    "deliver_parameter", "deliver_supplement", "delivered_row", "deliveries", "delivery_calendar", "desk_parameters", "difference_of_means",
    "difference_of_shares", "due_result", "due_soon", "eliminations", "employments", "explain", "feed_owners", "feed_states", "feed_titles",
    "follow_events", "forecast", "freshness", "group_members", "group_numbers", "group_side", "group_size", "has_movers", "has_own_lines",
    "hold_versions", "home_of_customer", "income_statement", "is_for_whole_history", "is_held_by_unions", "journal_lines",
    "journal_profile", "kept_back", "known_codes", "labels_of", "large_group_side", "ledger_rates_on", "ledger_subjects", "list_cases",
    "list_channel_customers", "list_customers", "list_labelled", "list_scored", "loan_worklist", "margin", "marketing_consents", "marts_of",
    "members_of", "membership", "merge_log", "metric_of", "metrics_on", "mirror_lines", "model_approvals", "month_ends", "movement",
    "mover_numbers",
    "movers", "moves_figures", "name_of_forecasts", "narrative", "one_case", "open_families", "organisation_tree", "orphan_files",
    "outlet_grades", "outlet_positions", "own_line_fault", "own_line_preview", "own_statement",
    "parameter_fault", "parameter_meaning", "performance_settings", "person_numbers",
    "persons_of_numbers", "plain_value", "published_lines", "quarter_start", "ratio_limits", "release_line", "reported_figures", "rule_of",
    "scheme_of",
    "smallest_difference_seen", "splits_of", "stopped_batch", "subject_accounts", "subject_view", "supplement_feeds",
    "supplement_file_name", "supplement_template", "tables_on", "target_lines_of", "targets_set", "terminals", "tie_accounts", "tie_day",
    "tie_outlets", "tied_days", "trained_models", "trend", "trial_balance", "unrated_counts", "used_uploads", "version_as_published",
    "why_no_movers", "with_base", "working_days", "worklist_customers", "write_model_approval",
]  # fmt: skip
