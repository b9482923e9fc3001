"""How delivered bytes become registered rows, and nothing is lost."""

from maisui.intake.quarantine import QuarantinedRow
from maisui.intake.receipt import Notice, Receipt, ReceiptKind
from maisui.intake.receive import Intake, receive
from maisui.intake.refusal import Refusal, Waiting
from maisui.intake.registration import folder_of, line_of, quarantined_rows, receipts
from maisui.intake.release import release
from maisui.intake.shrunken import Shrunken, shrunken

__all__ = [
    "Intake",
    "Notice",
    "QuarantinedRow",
    "Receipt",
    "ReceiptKind",
    "Refusal",
    "Shrunken",
    "Waiting",
    "folder_of",
    "line_of",
    "quarantined_rows",
    "receipts",
    "receive",
    "release",
    "shrunken",
]
