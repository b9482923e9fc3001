"""The code words of the standard which this bank uses, by position."""

from __future__ import annotations

from enum import IntEnum


class Channel(IntEnum):
    """Position of a transaction channel in CHANNEL_WORDS."""

    COUNTER = 0
    ATM = 1
    VTM = 2
    POS = 3
    INTERNET = 4
    MOBILE = 5
    ALIPAY = 6
    TENPAY = 7
    UNIONPAY = 8
    TELEPHONE = 9
    BATCH = 10
    CLEARING = 11


CHANNEL_WORDS = (
    "柜面", "ATM", "VTM", "POS", "网银", "手机银行", "第三方支付-支付宝", "第三方支付-财付通", "银联交易",
    "其他-电话银行", "其他-系统批量", "其他-来账清算",
)  # fmt: skip
OWN_CHANNELS = (Channel.INTERNET, Channel.MOBILE)


class Kind(IntEnum):
    """Position of a transaction type in KIND_WORDS."""

    TRANSFER = 0
    WITHDRAW = 1
    DEPOSIT = 2
    PURCHASE = 3
    PAYROLL = 4
    DIRECT_DEBIT = 5
    BILL = 6
    INTEREST = 7
    BATCH = 8
    DISBURSE = 9
    REPAY_PRINCIPAL = 10
    REPAY_INTEREST = 11
    FEE = 12
    WRITE_OFF = 13


KIND_WORDS = (
    "转账", "取现", "存现", "消费", "代发", "代扣", "代缴", "结息", "批量交易", "贷款发放", "贷款还本", "贷款还息",
    "其他-收费", "其他-核销",
)  # fmt: skip


class Note(IntEnum):
    """Position of a memo text in NOTE_WORDS."""

    CASH_OUT = 0
    CASH_IN = 1
    TRANSFER_OUT = 2
    TRANSFER_IN = 3
    PURCHASE = 4
    QUICK_PAY = 5
    SALES = 6
    UTILITY = 7
    WAGE = 8
    PENSION = 9
    SUBSIDY = 10
    INTEREST = 11
    TERM_OPEN = 12
    TERM_END = 13
    DISBURSE = 14
    REPAY_PRINCIPAL = 15
    REPAY_INTEREST = 16
    FEE = 17
    FUNDING = 18
    ENTRUSTED = 19
    CLOSING = 20
    WRITE_OFF = 21
    HARVEST = 22


NOTE_WORDS = (
    "现金支取", "现金存入", "转账支出", "转账收入", "消费", "快捷支付", "经营收款", "代扣水电费", "工资", "养老金",
    "耕地地力保护补贴", "结息", "转存定期", "定期到期转活期", "贷款发放", "归还贷款本金", "归还贷款利息", "账户服务费",
    "财政拨款", "受托支付", "销户支取", "贷款核销", "粮款",
)  # fmt: skip


class Contra(IntEnum):
    """What stands on the other side of a deposit movement."""

    CASH = 0
    OUTSIDE = 1
    INSIDE = 2
    INTEREST = 3
    FEE = 4
    LOAN = 5
    COUNTY = 6


NO_REMARK = "无"
FIVE_CLASSES = ("正常", "关注", "次级", "可疑", "损失")
