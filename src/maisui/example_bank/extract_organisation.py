"""Tables about the bank itself: organisations (101, 105), employees (102) and tellers (103)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import CHANNEL_WORDS, NO_REMARK
from maisui.example_bank.days import compact
from maisui.example_bank.identity import COUNTY
from maisui.example_bank.organisations import LICENCE, POSITIONS
from maisui.example_bank.row_template import SEPARATOR, field_order

Row = dict[str, str]


def as_lines(table: str, rows: list[Row]) -> list[str]:
    """Lines of a small table from rows by field code."""
    order = field_order(table)
    return [SEPARATOR.join(row[field] for field in order) + "\n" for row in rows]


def organisation_rows(bank: Bank, day: int) -> list[Row]:
    """Table 101."""
    units, staff = bank.organisations, bank.staff
    heads = {int(org): number for number, org in reversed(list(enumerate(staff.org)))}
    rows = []
    for place in range(units.count):
        head = heads[place]
        rows.append({
            "YHJGDM": units.bank_codes[place], "NBJGH": units.codes[place], "JRXKZH": LICENCE,
            "YYZZH": f"91{COUNTY}MA5{place:06d}X"[:18], "YHJGMC": units.names[place], "JGLB": units.kinds[place],
            "XZQHDM": COUNTY, "YYZT": "营业", "CLRQ": compact(units.founded[place]),
            "JGDZ": f"云川省麦川县{units.names[place][9:] or '城关'}街{place * 7 + 1}号", "JGLXDH": f"0990-{5_000_000 + place}",
            "FZRXM": staff.names[head].as_py(), "FZRZW": POSITIONS[int(staff.position[head])],
            "FZRLXDH": staff.phones[head].as_py(), "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
    return rows


def relation_rows(bank: Bank, day: int) -> list[Row]:
    """Table 105; the head office stands under itself."""
    units = bank.organisations
    rows = []
    for place in range(units.count):
        above = max(units.parents[place], 0)
        rows.append({
            "YHJGDM": units.bank_codes[place], "JRXKZH": LICENCE, "NBJGH": units.codes[place],
            "YHJGMC": units.names[place], "SJGLJGDM": units.bank_codes[above], "SJGLNBJGH": units.codes[above],
            "SJGLJGMC": units.names[above], "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
    return rows


def employee_rows(bank: Bank, day: int) -> list[Row]:
    """Table 102."""
    units, staff = bank.organisations, bank.staff
    names, certificates, phones = staff.names.to_pylist(), staff.certificates.to_pylist(), staff.phones.to_pylist()
    rows = []
    for number, (org, position) in enumerate(zip(staff.org.tolist(), staff.position.tolist(), strict=True)):
        rows.append({
            "JRXKZH": LICENCE, "NBJGH": units.codes[org], "YHJGMC": units.names[org], "GH": staff.numbers[number],
            "XM": names[number], "GJ": "中国", "ZJLB": "居民身份证", "ZJHM": certificates[number],
            "LXDH": phones[number], "SSBM": "总行机关" if org == 0 else "营业室", "GWBH": f"P{position:02d}",
            "GWMC": POSITIONS[position], "SFGG": "是" if position <= 2 else "否",
            "PFRQ": compact(int(staff.hired[number])) if position <= 2 else "99991231",
            "RZRQ": compact(int(staff.hired[number])), "YGLX": "正式员工", "YGZT": "在岗", "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        })  # fmt: skip
    return rows


def teller_rows(bank: Bank, day: int) -> list[Row]:
    """Table 103, real tellers and the virtual ones of the self-service channels."""
    units, staff = bank.organisations, bank.staff
    rows = []
    for number, code in enumerate(staff.teller_codes):
        org, employee = int(staff.teller_org[number]), int(staff.teller_employee[number])
        real = employee >= 0
        kind = "综合柜员" if real else f"虚拟柜员-{CHANNEL_WORDS[int(code[1:])]}"
        since = int(staff.hired[employee]) if real else units.founded[0]
        rows.append({
            "JRXKZH": LICENCE, "NBJGH": units.codes[org], "YHJGMC": units.names[org], "GYH": code,
            "GYLX": kind, "SFSTGY": "是" if real else "否", "GYQXJB": "A" if real else "V",
            "GH": staff.numbers[employee] if real else "", "GWBH": "P07" if real else "",
            "SGRQ": compact(since), "GYZT": "在岗", "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
    return rows
