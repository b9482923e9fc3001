"""What is said of the check behind abnormal series of key focus: how surely it finds what is put out of order, and how often it errs."""

from __future__ import annotations

from maisui.models.model import Described, Early

ANOMALY = Described(
    code="anomaly",
    name_zh="业务量异常识别",
    name_en="Abnormal series",
    question_zh="某机构某渠道（或全行某渠道）某日的业务量是否偏离惯常：惯常为同类日份额的中位数，离散程度取残差的中位数",
    question_en="Whether the transactions of an outlet's channel, or of a channel of the bank, are out of order on a day: usual is the median share of like days, the spread is the median of residuals",
    owner_zh="运营管理部",
    owner_en="Operations",
    tier="low",
    horizon=0,
    least_months=6,
    limits_zh="只提示业务量偏离惯常，不说明原因；日均低于下限（alert.series_floor）的序列不判断；误报按未人为扰动的历史中全部报出计，为上限。",
    limits_en="Says that a series leaves what is usual, not why; series below alert.series_floor are not judged. False is whatever is reported in the history as it is: an upper limit.",
    personal_information_zh="不使用个人信息，只用机构与渠道的笔数。",
    personal_information_en="No personal data: counts of outlets and channels only.",
    instead_zh="现按阈值报出，尚未检验",
    instead_en="cases are reported by the threshold, unchecked",
    early=Early(
        2,
        "阈值也要与之前至少六个同一星期几的日子比较，{month} 月末起才能判断，此前不报出",
        "the threshold compares with six earlier days of the same weekday at least and judges from the end of {month}; until then nothing is reported",
    ),
)  # fmt: skip
