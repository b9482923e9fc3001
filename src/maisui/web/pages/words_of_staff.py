"""Words for what is written in the audit log and held by staff, in both languages."""

from __future__ import annotations

from maisui.web.access.permissions import ROLE_BY_CODE
from maisui.web.text import Text

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
    "customer_reveal": Text("查看客户明文", "Customer unmasked"),
    "export": Text("导出", "Export"),
    "ask_export": Text("申请导出", "Export asked for"),
    "make_export": Text("生成导出", "Export made"),
    "fetch_export": Text("下载导出", "Export fetched"),
}
"""What the actions of the log are called; others appear by their code."""

RESULTS: dict[str, Text] = {
    "allowed": Text("成功", "Allowed"),
    "refused": Text("拒绝", "Refused"),
    "failed": Text("失败", "Failed"),
}


def action_name(code: str) -> str:
    """Return what an action is called in the active language."""
    return str(ACTIONS.get(code, code))


def result_name(code: str) -> str:
    """Return how a result is called in the active language."""
    return str(RESULTS.get(code, code))


def role_name(code: str) -> str:
    """Return what a role is called in the active language."""
    return str(ROLE_BY_CODE[code].name) if code in ROLE_BY_CODE else code
