"""Figures that must tie: one file a control, named by the tables it compares."""

from maisui.reconciliation.assign_subjects import ASSIGN_SUBJECTS
from maisui.reconciliation.check_ledger import CHECK_LEDGER
from maisui.reconciliation.control import Rule
from maisui.reconciliation.controls import RULES
from maisui.reconciliation.cover_subjects import COVER_SUBJECTS
from maisui.reconciliation.find_orphan_keys import FIND_ORPHAN_KEYS
from maisui.reconciliation.ledger_tie import LEDGER_TIE_MART
from maisui.reconciliation.loan_tie import LOAN_TIE_MART
from maisui.reconciliation.merchant_fee_tie import MERCHANT_FEE_TIE_MART
from maisui.reconciliation.subject_sets import SUBJECT_SETS, SubjectLine, SubjectSet, subject_lines, subject_lines_query
from maisui.reconciliation.sum_subledgers import SUM_SUBLEDGERS
from maisui.steps.step import Step

STEPS: tuple[Step, ...] = (
    SUM_SUBLEDGERS,
    ASSIGN_SUBJECTS,
    LEDGER_TIE_MART,
    COVER_SUBJECTS,
    LOAN_TIE_MART,
    MERCHANT_FEE_TIE_MART,
    CHECK_LEDGER,
    FIND_ORPHAN_KEYS,
)
"""Controls that publish a table of their own, one line each."""

__all__ = ["RULES", "STEPS", "SUBJECT_SETS", "Rule", "SubjectLine", "SubjectSet", "subject_lines", "subject_lines_query"]
