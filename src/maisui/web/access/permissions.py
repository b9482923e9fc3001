"""The whole access policy on one page: every permission, and the ten roles that hold them.

A role is granted to a person for one organisation subtree and a span of days (`staff.RoleGrant`). The three
administrators are three people: none of them holds a business role, and none holds two of the three.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from maisui.web.text import Text


class Permission(StrEnum):
    """One thing a person may do, one line each: its code `<what>_<verb>`, and what it allows in both languages."""

    _value_: str
    meaning: Text

    def __new__(cls, code: str, meaning_zh: str, meaning_en: str) -> Self:
        """Return the permission under its code, with what it allows in words."""
        permission = str.__new__(cls, code)
        permission._value_ = code
        permission.meaning = Text(meaning_zh, meaning_en)
        return permission

    FIGURE_VIEW = "figure_view", "查看本辖区指标", "See figures of one's organisations"
    FIGURE_EXPLAIN = "figure_explain", "查看指标解释", "See how a figure came about"
    FIGURE_EXPORT = "figure_export", "导出指标", "Export figures"
    DIFFERENCE_ACCEPT = "difference_accept", "认可与外部报表的差异（需写明原因）", "Accept a difference to a report, in words"
    PERFORMANCE_VIEW = "performance_view", "查看本辖区员工绩效", "See the performance of the people of one's organisations"
    API_USE = "api_use", "使用接口", "Use the REST interface"
    DATA_VIEW = "data_view", "查看到数与勾稽", "See deliveries and tie-outs"
    DATA_RELEASE = "data_release", "放行隔离行（需说明理由）", "Release quarantined lines, for a stated reason"
    SUPPLEMENT_VIEW = "supplement_view", "查看补录（本人上传或可审批的）", "See supplements: one's own, and those one may approve"
    DATA_UPLOAD = "data_upload", "上传补录数据", "Upload supplements"
    DATA_APPROVE = "data_approve", "审批他人上传的补录数据", "Approve supplements that others uploaded"
    TICKET_VIEW = "ticket_view", "查看更正工单（本人提出或可处理的）", "See correction tickets: one's own, and those one may handle"
    TICKET_HANDLE = "ticket_handle", "处理更正工单", "Take and answer correction tickets"
    CUSTOMER_VIEW = "customer_view", "查看客户（脱敏）", "See customers, masked"
    CUSTOMER_REVEAL = "customer_reveal", "查看客户明文（需说明理由）", "See customers unmasked, for a stated reason"
    CUSTOMER_EXPORT = "customer_export", "申请导出客户名单（脱敏、须说明理由）", "Ask for lists of customers, masked, for a stated reason"
    CUSTOMER_EXPORT_APPROVE = "customer_export_approve", "审批他人的客户名单导出", "Approve lists of customers that others ask for"
    FOCUS_VIEW = "focus_view", "查看重点关注（限可见的客户、机构与数据）", "See key focus: cases of what one may see"
    FOCUS_DECIDE = (
        "focus_decide",
        "处理重点关注事项，布置与办结机构任务",
        "Take and decide cases of key focus, write and end tasks for outlets",
    )
    CUSTOMER_RECORD = "customer_record", "登记客户档案、联系与任务", "Write of customers: facts, contacts, tasks"
    CUSTOMER_LOOKS_VIEW = "customer_looks_view", "查看谁看过客户", "See who looked at a customer"
    PARAMETER_VIEW = "parameter_view", "查看参数及其历史", "See parameters and their history"
    PARAMETER_PROPOSE = "parameter_propose", "提出参数变更（须全行）", "Propose changes of parameters, for the whole bank"
    PARAMETER_APPROVE = (
        "parameter_approve",
        "审批他人提出的参数变更（须全行）",
        "Approve changes of parameters that others proposed, for the whole bank",
    )
    ALLOCATION_PROPOSE = "allocation_propose", "提出业绩归属的认领、移交与交接", "Propose claims, transfers and hand-overs of results"
    ALLOCATION_APPROVE = (
        "allocation_approve",
        "审批他人提出的业绩归属并答复异议",
        "Approve allocations that others proposed, answer objections",
    )
    SETTLEMENT_PROPOSE = "settlement_propose", "提出绩效结算（须全行）", "Propose settlements of performance, for the whole bank"
    SETTLEMENT_APPROVE = (
        "settlement_approve",
        "审批他人提出的绩效结算（须全行）",
        "Approve settlements that others proposed, for the whole bank",
    )
    STAFF_MANAGE = "staff_manage", "管理用户与角色", "Manage users and roles"
    AUDIT_VIEW = "audit_view", "查看审计", "Read the audit"
    JOB_VIEW = "job_view", "查看任务", "See background jobs"
    UNION_VIEW = "union_view", "查看辖区总览（须全辖）", "See all banks of a union at once"
    COUNTY_GRANT = "county_grant", "批准省联社查看本行机构指标", "Let the union look into one's own bank"


@dataclass(frozen=True, slots=True)
class Role:
    """A job title the bank uses, with what its holder may do."""

    code: str
    name: Text
    meaning: Text
    permissions: frozenset[Permission]
    is_administrator: bool = False

    @property
    def needs_second_factor(self) -> bool:
        """Return whether its holders must sign in with a second factor: administrators and whoever may take data out."""
        return self.is_administrator or bool(
            self.permissions & {Permission.FIGURE_EXPORT, Permission.CUSTOMER_REVEAL, Permission.CUSTOMER_EXPORT}
        )


_SEE = frozenset({Permission.FIGURE_VIEW, Permission.FIGURE_EXPLAIN})
_UPLOAD = frozenset({Permission.SUPPLEMENT_VIEW, Permission.DATA_UPLOAD})
_APPROVE = frozenset({Permission.SUPPLEMENT_VIEW, Permission.DATA_APPROVE})
_LISTS = frozenset({Permission.CUSTOMER_EXPORT})
_PARAMETERS = frozenset({Permission.PARAMETER_VIEW})
_CUSTOMERS = frozenset({Permission.CUSTOMER_VIEW, Permission.TICKET_VIEW})
_FOCUS = frozenset({Permission.FOCUS_VIEW, Permission.FOCUS_DECIDE})
_CLAIM = frozenset({Permission.ALLOCATION_PROPOSE})
_ALLOCATE = _CLAIM | {Permission.ALLOCATION_APPROVE}
_ANALYSE = _SEE | {Permission.FIGURE_EXPORT, Permission.API_USE}

ROLES: tuple[Role, ...] = (
    Role("union_leader", Text("省联社领导", "Union leader"), Text("看辖内各行汇总指标，不看客户", "Sees figures of the banks of the union, never customers"), _ANALYSE | {Permission.UNION_VIEW, Permission.FOCUS_VIEW}),
    Role("bank_president", Text("行长", "Bank president"), Text("看全行指标与客户", "Sees figures and customers of the whole bank"), _ANALYSE | {Permission.PERFORMANCE_VIEW, Permission.DATA_VIEW, Permission.CUSTOMER_REVEAL, Permission.DIFFERENCE_ACCEPT, Permission.PARAMETER_APPROVE, Permission.CUSTOMER_EXPORT_APPROVE, Permission.COUNTY_GRANT, Permission.CUSTOMER_RECORD, Permission.CUSTOMER_LOOKS_VIEW} | {Permission.SETTLEMENT_APPROVE} | _ALLOCATE | _LISTS | _CUSTOMERS | _APPROVE | _PARAMETERS | _FOCUS),
    Role("department_analyst", Text("部门分析员", "Department analyst"), Text("分析与导出指标，客户脱敏", "Analyses and exports figures; customers masked"), _ANALYSE | {Permission.PERFORMANCE_VIEW, Permission.DIFFERENCE_ACCEPT, Permission.PARAMETER_PROPOSE, Permission.SETTLEMENT_PROPOSE} | _CLAIM | _LISTS | _CUSTOMERS | _UPLOAD | _PARAMETERS | _FOCUS),
    Role("data_engineer", Text("数据工程师", "Data engineer"), Text("核对数据来源与任务，处理更正工单，不看客户", "Checks where figures come from, answers correction tickets, sees background jobs, never customers"), _ANALYSE | {Permission.DATA_VIEW, Permission.DATA_RELEASE, Permission.JOB_VIEW, Permission.TICKET_VIEW, Permission.TICKET_HANDLE} | _UPLOAD | _PARAMETERS | _FOCUS),
    Role("branch_manager", Text("网点负责人", "Branch manager"), Text("看本网点及下辖指标与客户", "Sees figures and customers of the branch and what lies below"), _ANALYSE | {Permission.PERFORMANCE_VIEW, Permission.CUSTOMER_REVEAL, Permission.DIFFERENCE_ACCEPT, Permission.CUSTOMER_EXPORT_APPROVE, Permission.CUSTOMER_RECORD, Permission.CUSTOMER_LOOKS_VIEW} | _ALLOCATE | _LISTS | _CUSTOMERS | _UPLOAD | _APPROVE | _FOCUS),
    Role("customer_manager", Text("客户经理", "Customer manager"), Text("看本网点指标与客户（脱敏）", "Sees figures of the branch, and its customers masked"), _SEE | {Permission.CUSTOMER_RECORD} | _CLAIM | _CUSTOMERS | _FOCUS),
    Role("teller", Text("柜员", "Teller"), Text("看本网点指标", "Sees figures of the branch"), frozenset({Permission.FIGURE_VIEW})),
    Role("system_administrator", Text("系统管理员", "System administrator"), Text("运行系统，看任务；不授权、不看审计与数据", "Runs the system and sees jobs; grants nothing, sees neither audit nor data"), frozenset({Permission.JOB_VIEW}), is_administrator=True),
    Role("security_administrator", Text("安全管理员", "Security administrator"), Text("管理用户与角色；不看审计与数据", "Manages users and roles; sees neither audit nor data"), frozenset({Permission.STAFF_MANAGE}), is_administrator=True),
    Role("audit_administrator", Text("审计管理员", "Audit administrator"), Text("看审计；不授权、不看数据", "Reads the audit; grants nothing, sees no data"), frozenset({Permission.AUDIT_VIEW}), is_administrator=True),
)  # fmt: skip
"""Every role, one line each."""

ROLE_BY_CODE: dict[str, Role] = {role.code: role for role in ROLES}
"""Every role under its code."""


def permissions_of(roles: tuple[str, ...]) -> frozenset[Permission]:
    """Return what the holder of `roles` may do; an unknown code allows nothing."""
    return frozenset(permission for code in roles if code in ROLE_BY_CODE for permission in ROLE_BY_CODE[code].permissions)


def conflict_of(roles: tuple[str, ...]) -> Text | None:
    """Return why one person may not hold `roles` together; None when he may."""
    administrators = {code for code in roles if code in ROLE_BY_CODE and ROLE_BY_CODE[code].is_administrator}
    if len(administrators) > 1:
        return Text("系统、安全、审计管理员须由三人分任", "system, security and audit administrator are three people")
    if administrators and len(set(roles)) > 1:
        return Text("管理员不得兼任业务角色", "an administrator holds no business role")
    return None
