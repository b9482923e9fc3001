"""Tables about the bank itself: organisations (101, 105), employees (102), tellers (103) and posts (104)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import CHANNEL_WORDS, NO_REMARK
from maisui.example_bank.days import NO_DAY, compact
from maisui.example_bank.organisations import POSITIONS, POST_KINDS
from maisui.example_bank.row_template import SEPARATOR, field_order

Row = dict[str, str]


def as_lines(table: str, rows: list[Row]) -> list[str]:
    """Lines of a small table from rows by field code."""
    order = field_order(table)
    return [SEPARATOR.join(row[field] for field in order) + "\n" for row in rows]


def organisation_rows(bank: Bank, day: int, previous: int) -> list[Row]:
    """Table 101; an outlet that closed since the `previous` report is shown once more, with its successor in the remark."""
    county, units, staff, closing = bank.county, bank.organisations, bank.staff, bank.closing
    heads = {int(org): number for number, org in reversed(list(enumerate(staff.org)))}
    rows = []
    for place in _reported_places(bank, day, previous):
        head, is_closed = heads.get(place), place == closing.outlet and day >= closing.day
        rows.append({
            "YHJGDM": units.bank_codes[place], "NBJGH": units.codes[place], "JRXKZH": county.licence,
            "YYZZH": f"91{county.region}MA5{place:06d}X"[:18], "YHJGMC": units.names[place], "JGLB": units.kinds[place],
            "XZQHDM": county.region, "YYZT": "被合并" if is_closed else "营业", "CLRQ": compact(units.founded[place]),
            "JGDZ": f"{county.full_name}{units.short_names[place] or '城关'}街{place * 7 + 1}号",
            "JGLXDH": f"0990-{5_000_000 + county.place * 100_000 + place}",
            "FZRXM": "" if head is None else staff.names[head].as_py(),
            "FZRZW": "" if head is None else POSITIONS[int(staff.position[head])],
            "FZRLXDH": "" if head is None else staff.phones[head].as_py(),
            "BBZ": f"{compact(closing.day)}并入{units.codes[closing.successor]}" if is_closed else NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
    return rows


def _reported_places(bank: Bank, day: int, previous: int) -> list[int]:
    """Positions of the organisations that are open, or have closed since the report before."""
    closing = bank.closing
    gone = previous >= closing.day and day >= closing.day
    return [place for place in range(bank.organisations.count) if place != closing.outlet or not gone]


def relation_rows(bank: Bank, day: int, previous: int) -> list[Row]:
    """Table 105; the head office stands under itself."""
    units = bank.organisations
    rows = []
    for place in _reported_places(bank, day, previous):
        above = max(units.parents[place], 0)
        rows.append({
            "YHJGDM": units.bank_codes[place], "JRXKZH": bank.county.licence, "NBJGH": units.codes[place],
            "YHJGMC": units.names[place], "SJGLJGDM": units.bank_codes[above], "SJGLNBJGH": units.codes[above],
            "SJGLJGMC": units.names[above], "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
    return rows


def employee_rows(bank: Bank, day: int, previous: int) -> list[Row]:
    """Table 102; some officers have a second number for loans, and who left since the `previous` report is shown once more."""
    units, staff = bank.organisations, bank.staff
    names, certificates, phones = staff.names.to_pylist(), staff.certificates.to_pylist(), staff.phones.to_pylist()
    rows = []
    for number, (org, position) in enumerate(zip(staff.org.tolist(), staff.position.tolist(), strict=True)):
        left = int(staff.left[number])
        if NO_DAY < left <= previous:
            continue
        row = {
            "JRXKZH": bank.county.licence, "NBJGH": units.codes[org], "YHJGMC": units.names[org], "GH": staff.numbers[number],
            "XM": names[number], "GJ": "中国", "ZJLB": "居民身份证", "ZJHM": certificates[number],
            "LXDH": phones[number], "SSBM": "总行机关" if org == 0 else "营业室", "GWBH": f"P{position:02d}",
            "GWMC": POSITIONS[position], "SFGG": "是" if position <= 2 else "否",
            "PFRQ": compact(int(staff.hired[number])) if position <= 2 else "99991231",
            "RZRQ": compact(int(staff.since[number])), "YGLX": "正式员工", "YGZT": "在岗" if left == NO_DAY else "离职", "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        }  # fmt: skip
        rows.append(row)
        if staff.credit_numbers[number] != staff.numbers[number]:
            rows.append({**row, "GH": staff.credit_numbers[number], "SSBM": "信贷部"})
    return rows


def teller_rows(bank: Bank, day: int, previous: int) -> list[Row]:
    """Table 103, real tellers and the virtual ones of the self-service channels; tellers of a closed outlet go on under new numbers."""
    units, staff, closing = bank.organisations, bank.staff, bank.closing
    rows = []
    for number, code in enumerate(staff.teller_codes):
        org, employee = int(staff.teller_org[number]), int(staff.teller_employee[number])
        real = employee >= 0
        kind = "综合柜员" if real else f"虚拟柜员-{CHANNEL_WORDS[int(code[1:])]}"
        since = int(staff.hired[employee]) if real else units.founded[0]
        row = {
            "JRXKZH": bank.county.licence, "NBJGH": units.codes[org], "YHJGMC": units.names[org], "GYH": code,
            "GYLX": kind, "SFSTGY": "是" if real else "否", "GYQXJB": "A" if real else "V",
            "GH": staff.numbers[employee] if real else "", "GWBH": "P07" if real else "",
            "SGRQ": compact(since), "GYZT": "在岗", "BBZ": NO_REMARK, "CJRQ": compact(day),
        }  # fmt: skip
        successor = staff.retired_tellers.get(number)
        if successor is None:
            rows.append(row)
            continue
        place = closing.successor
        moved = {"GYH": successor, "NBJGH": units.codes[place], "YHJGMC": units.names[place], "SGRQ": compact(closing.day)}
        rows.append({**row, **moved})
        if previous < closing.day:
            rows.append({**row, "GYZT": "停用"})
    return rows


def post_rows(bank: Bank, day: int) -> list[Row]:
    """Table 104: the posts that are filled in each organisation."""
    units, staff = bank.organisations, bank.staff
    filled = sorted(
        {(int(org), int(post)) for org, post, left in zip(staff.org, staff.position, staff.left, strict=True) if left == NO_DAY}
    )
    return [
        {
            "JRXKZH": bank.county.licence, "NBJGH": units.codes[org], "GWBH": f"P{post:02d}",
            "GWZL": POST_KINDS[post], "GWMC": POSITIONS[post],
            "GWSM": "", "GWZT": "有效", "BBZ": NO_REMARK, "CJRQ": compact(day),
        }
        for org, post in filled
    ]  # fmt: skip
