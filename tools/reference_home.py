"""Reference page of bank.toml: every setting with meaning, default and example, in both languages."""

from __future__ import annotations

import json
import tomllib
from dataclasses import MISSING, fields
from typing import Any, NamedTuple

from reference_model import NOTE, cell

from maisui.reconciliation import RULES
from maisui.warehouse import home
from maisui.warehouse.home import Home, WebSettings


class Setting(NamedTuple):
    """One setting: an example in TOML, and what it means."""

    example: str
    zh: str
    en: str


TABLES: dict[str, tuple[str, dict[str, Setting]]] = {
    "bank": (
        "这是谁的数据 Whose data this is",
        {
            "legal_entity_code": Setting(
                '"E0123H353090001"',
                "法人机构代码，1–32 位字母或数字；目录与所有键都含它，之后不可更改",
                "Code of the legal entity, 1 to 32 letters or digits; it is in folders and in every key, so it never changes",
            ),
            "name_zh": Setting('"麦川县农村商业银行"', "中文名称；缺省为代码", "Name in Chinese; the code where it is left out"),
            "name_en": Setting(
                '"Maichuan County Rural Commercial Bank"', "英文名称；缺省为代码", "Name in English; the code where it is left out"
            ),
            "currency": Setting('"CNY"', "本位币", "Base currency"),
            "sources": Setting(
                '["east5", "hillcore"]',
                "送数系统：内置的，或 `sources/` 下本行自己描述的",
                "Systems that deliver files: built in, or described in the bank's own `sources/`",
            ),
            "is_demo": Setting(
                "false",
                "示例银行：只在本机回环地址提供服务，页面显示横幅；不可改为真实银行",
                "An example bank: served on loopback only, with a banner; it never becomes a real one",
            ),
        },
    ),
    "batch": (
        "批量 The batch",
        {
            "memory_limit": Setting(
                '"6GB"',
                "引擎可用内存；缺省为本机（或容器）内存的四分之一，至少 2 GB、至多 6 GB；各表压缩存于 `scratch/`，超出部分亦写入其中",
                "Memory of the engine; where left out a quarter of the machine's or container's, at least 2 GB and at most 6 GB. Its tables "
                "lie packed in `scratch/`, where it spills beyond the limit",
            ),
            "threads": Setting("4", "引擎使用的线程数；不改变任何结果", "Threads of the engine; they change no result"),
            "models": Setting(
                "true",
                "发布后由模型（或规则）对新版本评分；失败只记录，不影响发布",
                "After a publication models, or rules, speak of the new version; a failure is recorded and touches no publication",
            ),
        },
    ),
    "east5": (
        "监管报送文件 The regulator's files",
        {
            "licences": Setting(
                '["E0123H353090001"]',
                "本行的金融许可证号；文件名中为其他许可证号的文件被拒收。缺省为首次交付文件名中的许可证号；文件名不带许可证号的总是接收",
                "The bank's financial licences: files whose name says another are refused. Where it is left out, the licence of the first "
                "delivery counts; files without a licence in their name are always taken",
            ),
        },
    ),
    "retention": (
        "版本保留 Versions kept",
        {
            "recent_versions": Setting("2", "保留最近发布的版本数，至少 2", "How many of the last published versions are kept, at least 2"),
            "month_ends": Setting("60", "保留最近多少个月末各自最新的版本", "Of how many last month ends the newest version is kept"),
        },
    ),
    "reconciliation": (
        "核对不平时 When figures do not tie",
        {
            "ledger": Setting(
                '"stop"',
                "总分核对与总账自身各项检查：`warn` 提示并发布，`stop` 不发布，新建目录写明 `stop`（`balances` 同）；也可写[核对](controls.md)代码，只改那一项",
                "Sub-ledgers against the ledger, and the ledger against itself: `warn` tells and publishes, `stop` does not publish; "
                "a new home says `stop` for it and for `balances`; "
                "the code of one such [control](controls.md) may stand here too and counts for that one only",
            ),
            "balances": Setting(
                '"stop"',
                "余额连续：上次余额加变动等于本次余额；取值同上",
                "Balance plus movements equals the next reported balance; values as above",
            ),
            "receipts": Setting(
                '"warn"',
                "借据核对：有分户账的借据合计等于贷款分户账；取值同上",
                "Loan receipts that have an account equal the loan accounts; values as above",
            ),
            "profit": Setting(
                '"stop"',
                "利润桥：未解释部分不超过参数 unexplained_profit_limit；取值同上",
                "The profit bridge leaves no more unexplained than `unexplained_profit_limit`; values as above",
            ),
        },
    ),
    "web": (
        "页面与接口 Pages and interface",
        {
            "database": Setting(
                '"postgres://maisui@127.0.0.1/maisui"',
                "业务数据库地址（用户、审计、导出）；空为本目录下的 SQLite。环境变量 `MAISUI_DATABASE_URL` 优先，密码应放在那里",
                "URL of the operational database (users, audit log, exports); empty means SQLite inside the home. "
                "The environment variable `MAISUI_DATABASE_URL` comes first and is the place for a password",
            ),
            "hosts": Setting(
                '["crm.bank.example"]',
                "用户访问时使用的域名；走 TLS 或代理时必填",
                "Host names under which people reach it; needed with TLS or behind a proxy",
            ),
            "behind_proxy": Setting("true", "前面有终止 TLS 的代理；须填 `hosts`", "A proxy that ends TLS stands before it; needs `hosts`"),
            "time_zone": Setting('"Asia/Shanghai"', "页面显示时刻所用时区", "Time zone of the times that pages show"),
            "idle_minutes": Setting("20", "多少分钟无操作后退出登录", "Minutes without a click after which a session ends"),
            "session_hours": Setting("12", "登录最长小时数，与是否操作无关", "Hours after which a session ends in any case"),
            "one_session": Setting("true", "新登录时结束该用户的其他会话", "Signing in ends the other sessions of the same user"),
            "export_rows": Setting("2000", "超过多少行的导出由后台任务生成", "Exports of more rows than this are made by the worker"),
            "reveals_a_day": Setting(
                "30", "每个用户每天可申请查看多少次未脱敏信息", "How often a day a user may ask to see a customer's masked values"
            ),
            "customer_export_rows": Setting(
                "200", "客户名单超过多少户的导出须由第二人审批", "Exports of more customers than this need the approval of a second person"
            ),
            "customer_exports_a_day": Setting(
                "5", "每个用户每天可申请导出多少次客户名单", "How often a day a user may ask for a list of customers"
            ),
        },
    ),
}
"""Every setting in the order of the page; a test and `bank_toml_page` hold it against what the home accepts."""


def bank_toml_page() -> str:
    """Return docs/reference/bank-toml.md.

    Raises:
        ValueError: when the page and the home do not know the same settings, or an example is of the wrong kind.
    """
    described = {name: list(settings) for name, (_, settings) in TABLES.items()}
    known = {name: list(settings) for name, settings in home._KNOWN.items()}  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    if described != known:
        raise ValueError(f"tools/reference_home.py describes {described}, bank.toml knows {known}")
    lines = [
        "# bank.toml",
        NOTE,
        (
            "`bank.toml` 位于银行目录的顶层，由 `maisui init` 生成，权限 0600。未知的设置和类型不符的值会被拒绝，并一次列出全部；"
            "改后运行 `maisui check`，`[web]` 的改动在重启 `maisui serve` 与 `maisui worker` 后生效。"
        ),
        (
            "`bank.toml` lies at the top of a bank's home; `maisui init` writes it, mode 0600. Unknown settings and values of another kind "
            "are refused, all of them at once. After a change run `maisui check`; changes of `[web]` count when `maisui serve` and "
            "`maisui worker` start again."
        ),
    ]
    for name, (title, settings) in TABLES.items():
        rows = ["| setting | default | 含义 | meaning |", "|---|---|---|---|"]
        rows += [f"| `{key}` | {default(name, key)} | {cell(s.zh)} | {cell(s.en)} |" for key, s in settings.items()]
        lines += [f"## \\[{name}\\] {title}", "\n".join(rows), f"```toml\n{example(name)}```"]
    lines += [
        "## \\[\\[parameter\\]\\] 本行参数 The bank's own parameters",
        "带生效日期的取值，可写多条；见 [参数](parameters.md)。 Dated values, as many as wanted; see [parameters](parameters.md).",
        '```toml\n[[parameter]]\ncode = "long_overdue_days"\nvalid_from = 2027-01-01\nnumber = "60"\n```',
        "## \\[\\[control_subject\\]\\] 本行科目归集 Which sub-ledger a subject is held against",
        (
            "优先于产品默认：`match` 为 `subclass`（归属业务子类）、`code`（科目号开头）或 `name`（名称所含），`set` 为 "
            "`deposit`、`loan`、`internal`、`card`、`discount`、`advance` 或 `none`（无分户账，列为未覆盖）；`element`、`valid_from`、"
            "`valid_until`（不含）可省。 Comes before the product's own lines (`src/maisui/reconciliation/subject_sets.toml`): by the business "
            "subclass, by what the code begins with or by what the name contains; `none` has no sub-ledger and is listed as uncovered."
        ),
        '```toml\n[[control_subject]]\nset = "none"\nmatch = "code"\npattern = "2251"\nvalid_from = 2026-01-01\n```',
        "## \\[\\[tolerance\\]\\] 容差 Differences the bank accepts",
        (
            "只对可放宽的[核对](controls.md)有效，逐笔比较，须写明谁、为何、何时起；容差内的差额单独计数并列在版本与 `maisui status` 中。 "
            "Only for [controls](controls.md) that have a setting; each single difference is compared; who accepted it, why and since when "
            "must be said. What is tolerated is counted apart and listed in the version and in `maisui status`."
        ),
        (
            '```toml\n[[tolerance]]\ncontrol = "deposit_equals_ledger"\namount = "0.05"\nvalid_from = 2026-10-01\nvalid_until = 2027-01-01\n'
            'decided_by = "财务部 李主任"\nreason = "旧核心分段计息尾差，年底前清理"\n```'
        ),
        "## \\[\\[file_name\\]\\] 文件名认定 File names the bank confirms",
        (
            "标准未给代码的表（理财各表）按列数识别：`maisui check` 提示疑似哪张表，并给出应写入的行；确认后即按该表读入。 "
            "Tables to which the standard gives no code (wealth products) are recognised by their columns: `maisui check` says what a "
            "file looks like and which lines to write here; once confirmed, files of that name are read as that table."
        ),
        '```toml\n[[file_name]]\nsource = "east5"\nfeed = "LCCPXSMX"\npattern = "{any}-LCXS-{date}{part}.txt"\n```',
    ]
    return "\n\n".join(lines) + "\n"


def example(table: str) -> str:
    """Return the example of a table as TOML.

    Raises:
        ValueError: when a value is not of the kind that the home wants.
    """
    text = f"[{table}]\n" + "".join(f"{key} = {setting.example}\n" for key, setting in TABLES[table][1].items())
    for key, value in tomllib.loads(text)[table].items():
        kind = home._KNOWN[table][key]  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        if type(value) is not kind:
            raise ValueError(f"the example of {table}.{key} is no {kind.__name__}")
    return text


def default(table: str, key: str) -> str:
    """Return the default of a setting as the code has it, as a cell."""
    if table == "reconciliation":
        return f"`{_toml(next(rule.severity for rule in RULES if rule.setting == key))}`"
    if (table, key) == ("bank", "currency"):
        return '`"CNY"`'
    if (table, key) == ("batch", "memory_limit"):
        return "¼"
    for field in fields(WebSettings if table == "web" else Home):
        if field.name == key and field.default is not MISSING:
            return f"`{_toml(field.default)}`" if field.default not in ("", ()) else "–"
    return "–" if key.startswith("name_") or table == "web" else "必填 must be given"


def _toml(value: Any) -> str:  # noqa: ANN401 - a setting has any kind
    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
