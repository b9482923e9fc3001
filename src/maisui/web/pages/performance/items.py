"""The seven items by which tellers, managers and branches are looked at: for each either figures or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field

from maisui.answers import CHILD
from maisui.web.schemes.terms import Subject
from maisui.web.text import Text

SUBJECT_NAMES: dict[Subject, Text] = {
    Subject.TELLER: Text("柜员", "Tellers"),
    Subject.MANAGER: Text("客户经理", "Managers"),
    Subject.BRANCH: Text("网点", "Branches"),
}
DIMENSIONS: dict[Subject, str] = {Subject.TELLER: "person", Subject.MANAGER: "manager", Subject.BRANCH: CHILD}
"""By what each subject's table is split: tellers by person, since one may hold several teller numbers; managers by employee number."""


@dataclass(frozen=True, slots=True)
class Item:
    """One of the seven items: for each subject the metrics that fill it, or the reason why nothing does.

    `limits` say what of a filled item the subject cannot have.
    """

    code: str
    name: Text
    filled: dict[Subject, tuple[str, ...]]
    reasons: dict[Subject, Text]
    limits: dict[Subject, Text] = field(default_factory=dict)


_AGENCY = ("agency_sale_count", "agency_sale_amount")
_CHANNEL_LOG = Text(
    "本代他不适用：渠道流水不记营销人与经办人，只到机具与网点；代理业务随交易账户的归属",
    "acquiring for others: n/a, the channel log names no person, terminal and outlet only; agency goes with the owner of the account",
)

ITEMS: tuple[Item, ...] = (
    Item(
        "volume",
        Text("业务量", "Business volume"),
        {
            Subject.TELLER: ("teller_transaction_count", "teller_converted_workload"),
            Subject.MANAGER: ("managed_loan_balance",),
            Subject.BRANCH: ("transaction_count", "loan_balance"),
        },
        {},
    ),
    Item(
        "deposits",
        Text("揽存", "Deposits gathered"),
        {
            Subject.MANAGER: ("managed_deposit_balance", "managed_deposit_average_daily_balance"),
            Subject.TELLER: ("managed_deposit_average_daily_balance",),
            Subject.BRANCH: ("deposit_balance", "deposit_average_daily_balance"),
        },
        {},
    ),
    Item(
        "result",
        Text("经营业绩", "Operating result"),
        {Subject.MANAGER: ("customer_contribution",), Subject.BRANCH: ("customer_contribution",)},
        {
            Subject.TELLER: Text(
                "收入随账户的归属走，不随经办人走；柜员名下若有账户，见客户经理一类",
                "income follows the owner of an account, not who served at the counter; a teller with accounts stands among managers",
            )
        },
    ),
    Item(
        "customers",
        Text("管户数", "Customers managed"),
        {
            Subject.TELLER: ("managed_customer_count",),
            Subject.MANAGER: ("managed_customer_count",),
            Subject.BRANCH: ("customer_count",),
        },
        {},
    ),
    Item(
        "quality",
        Text("优质客户占比", "Share of quality customers"),
        {
            Subject.TELLER: ("managed_quality_customer_share",),
            Subject.MANAGER: ("managed_quality_customer_share",),
            Subject.BRANCH: ("quality_customer_share",),
        },
        {},
    ),
    Item(
        "channels",
        Text("交易渠道", "Transaction channels"),
        {
            Subject.MANAGER: ("managed_electronic_substitution_rate",),
            Subject.BRANCH: ("electronic_substitution_rate",),
        },
        {
            Subject.TELLER: Text(
                "柜员只办柜面业务，渠道由客户选择；可分流的小额业务见柜员个人页",
                "a teller works one channel, the counter; small business that could go elsewhere stands on his own page",
            )
        },
    ),
    Item(
        "agency",
        Text("本代他与代理", "Acquiring, agency"),
        {
            Subject.TELLER: _AGENCY,
            Subject.MANAGER: _AGENCY,
            Subject.BRANCH: ("acquiring_for_others_count", "acquiring_for_others_amount", "agency_sale_amount"),
        },
        {},
        {Subject.TELLER: _CHANNEL_LOG, Subject.MANAGER: _CHANNEL_LOG},
    ),
)
"""The seven items in their order; every subject is filled or excused in each."""

NOT_HIS = Text("名下没有归属的账户或业务", "no account or business belongs to this person")
"""Why one person has no figure where others of the subject have one."""

NOT_OF_NOBODY = Text("按人计的项，尚无客户经理的部分不计", "counted by person: what belongs to no manager yet has none")
NOT_OF_ORGANISATION = Text(
    "该机构本身没有这项业务，或当期没有数据", "no such business stands in this organisation itself, or no data for the period"
)
NOT_SUMMED = Text("名下账户也属于客户经理，合计见客户经理一类", "accounts of tellers are those of managers: see the total there")
"""Why a line of nobody, an organisation and a total have none."""
