"""Words for what is written in the audit log and held by staff, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from maisui.web.access.permissions import ROLE_BY_CODE
from maisui.web.text import Text, choose

ACTIONS: dict[str, Text] = {
    "sign_in": Text("登录", "Sign in"),
    "sign_in_lock_out": Text("登录锁定", "Lock-out"),
    "sign_out": Text("退出", "Sign out"),
    "session_end": Text("结束会话", "End of a session"),
    "second_factor": Text("动态码校验", "Second factor"),
    "second_factor_enrol": Text("启用动态码", "Second factor set up"),
    "second_factor_remove": Text("停用动态码", "Second factor given up"),
    "password_change": Text("修改口令", "Password changed"),
    "password_reset": Text("重置口令", "Password reset"),
    "user_create": Text("新建用户", "User made"),
    "user_disable": Text("停用用户", "User disabled"),
    "user_enable": Text("启用用户", "User enabled"),
    "role_grant": Text("授予角色", "Role granted"),
    "role_end": Text("结束授权", "Grant ended"),
    "token_create": Text("创建令牌", "Token made"),
    "token_revoke": Text("吊销令牌", "Token revoked"),
    "audit_export": Text("导出审计", "Audit exported"),
    "audit_check": Text("校验审计链", "Chain checked"),
    "audit_purged": Text("清理审计", "Audit purged"),
    "use": Text("使用功能", "Use of a function"),
    "view": Text("查看", "Look"),
    "customer_list": Text("客户列表", "List of customers"),
    "customer_view": Text("查看客户", "Look at a customer"),
    "performance_view": Text("查看员工绩效", "Look at a person's performance"),
    "score_list": Text("流失预警名单", "Churn list"),
    "score_export": Text("导出流失预警名单", "Churn list taken out"),
    "pair_list": Text("疑似同一客户名单", "List of those who may be one person"),
    "pair_confirm": Text("确认同一客户", "Numbers confirmed as one person"),
    "pair_refuse": Text("否认同一客户", "Numbers kept as two persons"),
    "pair_undo": Text("撤销同一客户决定", "Decision on one person taken back"),
    "value_list": Text("客户价值名单", "List of customers by value"),
    "value_export": Text("导出客户价值名单", "List by value taken out"),
    "label_list": Text("三类名单", "Three lists"),
    "channel_list": Text("渠道客户名单", "List of customers by channel"),
    "label_export": Text("导出名单", "List taken out"),
    "group_save": Text("保存客户群", "Group kept"),
    "group_forget": Text("删除客户群", "Group forgotten"),
    "group_share": Text("共享客户群", "Group shared"),
    "group_freeze": Text("固定客户群名单", "Group frozen"),
    "group_list": Text("查看客户群名单", "Look at a group's members"),
    "group_why": Text("查看入群原因", "Look at why a customer is in a group"),
    "worklist_export": Text("导出续贷催收名单", "Worklist taken out"),
    "campaign_propose": Text("提出营销活动", "Campaign proposed"),
    "campaign_start": Text("批准营销活动", "Campaign approved"),
    "campaign_reject": Text("驳回营销活动", "Campaign rejected"),
    "campaign_withdraw": Text("撤回营销活动", "Campaign taken back"),
    "campaign_list": Text("查看活动名单", "Look at a campaign's customers"),
    "campaign_export": Text("导出活动名单", "Customers of a campaign taken out"),
    "customer_reveal": Text("查看客户明文", "Customer unmasked"),
    "customer_export": Text("生成客户名单", "List of customers made"),
    "customer_export_ask": Text("申请导出客户名单", "List of customers asked for"),
    "customer_export_approve": Text("批准导出客户名单", "List of customers approved"),
    "customer_export_reject": Text("驳回导出客户名单", "List of customers rejected"),
    "customer_fact_write": Text("登记客户档案", "Fact of a customer written"),
    "customer_fact_end": Text("终止客户档案", "Fact of a customer ended"),
    "customer_contact_write": Text("登记客户联系", "Contact with a customer written"),
    "customer_task_write": Text("新建客户任务", "Task for a customer written"),
    "customer_task_end": Text("结束客户任务", "Task for a customer ended"),
    "need_record": Text("登记客户需求", "Need of a customer recorded"),
    "need_list": Text("需求与投诉列表", "List of needs"),
    "need_view": Text("查看客户需求", "Look at a need"),
    "need_take": Text("受理客户需求", "Need taken"),
    "need_hand_over": Text("转交客户需求", "Need handed over"),
    "need_answer": Text("答复客户需求", "Need answered"),
    "need_close": Text("办结客户需求", "Need closed"),
    "strategy_propose": Text("提出策略变更", "Change of strategy proposed"),
    "strategy_withdraw": Text("撤回策略变更", "Change of strategy taken back"),
    "strategy_approve": Text("批准策略变更", "Change of strategy approved"),
    "strategy_reject": Text("驳回策略变更", "Change of strategy rejected"),
    "follow": Text("关注客户或客户群", "Customer or group followed"),
    "unfollow": Text("取消关注", "Follow ended"),
    "follow_list": Text("查看关注客户的动态", "Look at events of those followed"),
    "quarantine_release": Text("放行隔离行", "Quarantined line released"),
    "merge_log": Text("查看客户归并记录", "Look at the merge log"),
    "tie_accounts": Text("查看不符账户", "Look at accounts that do not tie"),
    "report_accounts": Text("查看口径差异账户", "Look at accounts of a difference"),
    "county_ask": Text("申请查看行社", "Right to look into a county asked for"),
    "county_grant": Text("同意查看行社", "Right to look into a county given"),
    "county_refuse": Text("拒绝查看行社", "Right to look into a county refused"),
    "county_end": Text("结束查看授权", "Right to look into a county ended"),
    "county_view": Text("查看行社机构指标", "Look into a county"),
    "difference_accept": Text("认可口径差异", "Difference accepted"),
    "subject_accounts": Text("查看科目账户", "Look at accounts of a ledger subject"),
    "export": Text("导出", "Export"),
    "ask_export": Text("申请导出", "Export asked for"),
    "make_export": Text("生成导出", "Export made"),
    "fetch_export": Text("下载导出", "Export fetched"),
    "template_keep": Text("保存报表模板", "Template kept"),
    "template_fill": Text("填充报表模板", "Template filled"),
    "template_forget": Text("删除报表模板", "Template forgotten"),
    "report_subscribe": Text("订阅经营月报", "Report subscribed to"),
    "report_unsubscribe": Text("停止订阅经营月报", "Report subscription ended"),
    "supplement_upload": Text("上传补录", "Supplement uploaded"),
    "supplement_submit": Text("提交补录", "Supplement submitted"),
    "supplement_withdraw": Text("撤回补录", "Supplement taken back"),
    "supplement_approve": Text("批准补录", "Supplement approved"),
    "supplement_reject": Text("驳回补录", "Supplement rejected"),
    "supplement_fetch": Text("下载补录原件", "Supplement fetched"),
    "model_propose": Text("提议启用模型", "Model proposed"),
    "model_approve": Text("批准启用模型", "Model approved"),
    "model_reject": Text("驳回启用模型", "Model rejected"),
    "parameter_propose": Text("提出参数变更", "Parameter change proposed"),
    "parameter_withdraw": Text("撤回参数变更", "Parameter change taken back"),
    "parameter_approve": Text("批准参数变更", "Parameter change approved"),
    "parameter_reject": Text("驳回参数变更", "Parameter change rejected"),
    "parameter_preview": Text("重算参数预览", "Parameter preview asked for"),
    "view_save": Text("保存视图", "View kept"),
    "view_forget": Text("删除视图", "View forgotten"),
    "ticket_raise": Text("提出更正工单", "Ticket raised"),
    "ticket_view": Text("查看更正工单", "Look at a ticket"),
    "ticket_take": Text("受理更正工单", "Ticket taken"),
    "ticket_answer": Text("答复更正工单", "Ticket answered"),
    "ticket_reopen": Text("重开更正工单", "Ticket reopened"),
    "ticket_close": Text("关闭更正工单", "Ticket closed"),
    "case_list": Text("重点关注列表", "List of cases"),
    "case_view": Text("查看关注事项", "Look at a case"),
    "case_take": Text("受理关注事项", "Case taken"),
    "case_snooze": Text("暂缓关注事项", "Case put off"),
    "case_hand_over": Text("转交关注事项", "Case handed over"),
    "case_escalate": Text("上报关注事项", "Case passed upward"),
    "case_close": Text("办结关注事项", "Case closed"),
    "deputy_name": Text("指定代理人", "Deputy named"),
    "deputy_end": Text("结束代理", "Deputy ended"),
}
"""What the actions of the log are called; others appear by their code."""

RESULTS: dict[str, Text] = {
    "allowed": Text("成功", "Allowed"),
    "refused": Text("拒绝", "Refused"),
    "failed": Text("失败", "Failed"),
}


OBJECTS: dict[str, Text] = {
    "user": Text("用户", "user"),
    "token": Text("令牌", "token"),
    "organisation": Text("机构", "organisation"),
    "permission": Text("权限", "permission"),
    "customer": Text("客户", "customer"),
    "customers": Text("客户列表", "customers"),
    "employee": Text("员工", "employee"),
    "performance": Text("绩效总览", "performance"),
    "performance_scheme": Text("考核方案", "scheme of managers"),
    "overview": Text("经营概览", "overview"),
    "all_figures": Text("全部指标", "all figures"),
    "customer_list": Text("客户名单", "list of customers"),
    "operating_report": Text("经营月报", "operating report"),
    "report_template": Text("报表模板", "template"),
    "audit_log": Text("审计", "audit"),
    "delivery": Text("交付文件", "delivery"),
    "tie_outs": Text("勾稽", "tie-outs"),
    "reported_figure": Text("外部报表数", "reported figure"),
    "ledger_subject": Text("会计科目", "ledger subject"),
    "supplement": Text("补录", "supplement"),
    "parameter": Text("参数", "parameter"),
    "ticket": Text("更正工单", "ticket"),
    "county": Text("行社", "county"),
    "campaign": Text("营销活动", "campaign"),
    "need": Text("客户需求", "need"),
    "needs": Text("需求与投诉", "needs"),
    "strategy": Text("服务策略", "strategy"),
    "strategies": Text("服务策略", "strategies"),
    "case": Text("关注事项", "case"),
    "cases": Text("重点关注", "cases"),
    "deputy": Text("代理人", "deputy"),
    "jurisdiction": Text("辖区总览", "jurisdiction"),
    "drivers": Text("变动归因", "why it changed"),
    "targets": Text("目标完成", "targets"),
    "contribution": Text("贡献分析", "contribution"),
    "ledger": Text("总账分析", "general ledger"),
    "self_service": Text("自助分析", "self-service"),
    "saved_view": Text("保存的视图", "saved view"),
    "focus": Text("重点关注", "key focus"),
    "three_lists": Text("三类名单", "three lists"),
    "churn": Text("流失预警", "churn"),
    "customer_value": Text("客户价值预测", "customer value"),
    "model": Text("模型", "model"),
    "group": Text("客户群", "customer group"),
    "follow": Text("关注", "follow"),
    "worklist": Text("续贷与催收", "due and overdue"),
    "products": Text("产品总览", "products"),
    "product_ties": Text("产品关联", "held together"),
    "channels": Text("渠道总览", "channels"),
    "substitution": Text("替代率", "substitution"),
    "card_use": Text("本代他与他代本", "card use"),
    "terminals": Text("机具", "terminals"),
}
"""What the objects of the log are called."""

DETAILS: dict[str, Text] = {
    "role": Text("角色", "role"),
    "organisation": Text("机构", "organisation"),
    "from": Text("自", "from"),
    "until": Text("至", "until"),
    "name": Text("姓名", "name"),
    "employee_number": Text("员工号", "employee"),
    "ticket": Text("工单号", "ticket"),
    "proposal": Text("变更号", "change"),
    "valid_from": Text("生效日", "valid from"),
    "value": Text("值", "value"),
    "note": Text("意见", "note"),
    "file": Text("文件", "file"),
    "field": Text("项目", "field"),
    "source": Text("来源", "source"),
    "feed": Text("接口", "feed"),
    "state": Text("状态", "state"),
    "outcome": Text("结论", "outcome"),
    "reason": Text("理由", "reason"),
    "what": Text("说明", "what"),
    "rows": Text("行数", "rows"),
    "is_shared": Text("共享给全体", "shared with everybody"),
    "shared_role": Text("共享给角色", "shared with the role"),
    "shared_organisation": Text("共享给机构", "shared with the organisation"),
    "request": Text("申请号", "request"),
    "fields": Text("内容", "fields"),
    "approved_by": Text("审批人", "approved by"),
    "form": Text("格式", "form"),
    "county": Text("行社", "county"),
    "for": Text("授予", "for"),
    "by": Text("由", "by"),
    "grant": Text("授权号", "grant"),
    "of": Text("共", "of"),
    "day": Text("日期", "day"),
    "count": Text("条数", "count"),
    "finding": Text("结论", "finding"),
    "filters": Text("条件", "filters"),
    "customers": Text("客户号", "customers"),
    "found": Text("命中", "found"),
    "metric": Text("指标", "figure"),
    "manager": Text("客户经理", "manager"),
    "search": Text("查询方式", "search by"),
    "kind": Text("类别", "kind"),
    "page": Text("页", "page"),
    "revealed": Text("明文", "unmasked"),
    "scopes": Text("权限", "scopes"),
    "days": Text("天数", "days"),
    "hint": Text("尾号", "ending"),
    "owner": Text("所有人", "owner"),
    "ended_sessions": Text("结束会话数", "sessions ended"),
    "revoked_tokens": Text("吊销令牌数", "tokens revoked"),
    "second_factor": Text("含动态码", "second factor too"),
    "locked_out": Text("已锁定", "locked out"),
    "rule": Text("规则", "rule"),
    "to": Text("转至", "to"),
    "label": Text("标签", "label"),
    "why": Text("主要理由", "main reason"),
    "with_open_account": Text("仅有未销账户", "only with an open account"),
}
"""What the details of a record are called; others appear by their name."""

_SHOWN_VALUES = {"*": Text("全行", "whole bank"), "True": Text("是", "yes"), "False": Text("否", "no")}


def object_name(code: str) -> str:
    """Return what an object of the log is called in the active language."""
    return str(OBJECTS.get(code, code))


def details_in_words(details: Mapping[str, object]) -> str:
    """Return a record's details as words: `角色：柜员，机构：B1`; what is empty is left out."""
    colon, comma = choose("：", ": "), choose("，", ", ")
    return comma.join(
        f"{DETAILS.get(name, name)}{colon}{_value(name, value)}" for name, value in details.items() if value not in ("", None, [], {})
    )


def _value(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if name == "role":
        return role_name(str(value))
    return str(_SHOWN_VALUES.get(str(value), value))


def action_name(code: str) -> str:
    """Return what an action is called in the active language."""
    return str(ACTIONS.get(code, code))


def result_name(code: str) -> str:
    """Return how a result is called in the active language."""
    return str(RESULTS.get(code, code))


def role_name(code: str) -> str:
    """Return what a role is called in the active language."""
    return str(ROLE_BY_CODE[code].name) if code in ROLE_BY_CODE else code
