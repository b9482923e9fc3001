"""The bank's organisation tree, its staff and its tellers, real and virtual."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maisui.example_bank.codes import CHANNEL_WORDS, Channel
from maisui.example_bank.county import County
from maisui.example_bank.days import NO_DAY, day_number
from maisui.example_bank.identity import citizen_numbers, person_names, phone_numbers
from maisui.example_bank.randomness import stream
from maisui.example_bank.scale import Calendar, Scale
from maisui.example_bank.text_columns import ArrowText

HEAD_OFFICE = 0
POST_KINDS = ("高级管理", "高级管理", "高级管理", "管理", "管理支持", "管理", "营销", "操作", "服务")
POSITIONS = ("董事长", "行长", "副行长", "部门总经理", "科室职员", "支行行长", "客户经理", "综合柜员", "大堂经理")
_CHAIR, _PRESIDENT, _VICE, _MANAGER, _CLERK, _BRANCH_HEAD, _OFFICER, _TELLER, _LOBBY = range(9)
_STEMS = (
    "城关", "东街", "青禾", "柳溪", "石桥", "白杨", "落雁", "云岭", "清泉", "槐树", "松坪", "竹园", "梅湾", "兰塘", "安河", "永丰",
    "富田", "康乐", "泰和", "顺河", "兴隆", "昌宁", "金沙", "银山", "玉泉", "宝塔", "麦香", "稻丰", "菜园", "桃源", "杏林", "梨花",
    "枣庄", "桑园", "茶亭", "盐井", "铁炉", "瓦窑", "砖桥", "木桥", "草坝", "荷塘", "莲池", "菱湖", "苇湾",
)  # fmt: skip
_AREAS = ("城北", "城南", "东片", "西片", "南片", "北片", "山区", "河谷", "沿江", "开发区", "湖区", "矿区")


@dataclass(frozen=True)
class Organisations:
    """Parallel lists by organisation position: head office first, then sub-branches, then outlets."""

    codes: list[str]
    names: list[str]
    short_names: list[str]
    bank_codes: list[str]
    kinds: list[str]
    parents: list[int]
    founded: list[int]
    outlets: np.ndarray
    weights: np.ndarray
    urban: np.ndarray

    @property
    def count(self) -> int:
        """Number of organisations."""
        return len(self.codes)


@dataclass(frozen=True)
class Staff:
    """Employees (parallel arrays) and tellers; real tellers of one organisation are neighbours in the list.

    `since` is the day on which each took his present post, `left` the day he went; `credit_numbers` are the numbers
    under which they grant loans, for a few of them a second one. `retired_tellers` are teller numbers no longer used,
    each with the number that its holder was given instead.
    """

    org: np.ndarray
    position: np.ndarray
    numbers: list[str]
    names: ArrowText
    certificates: ArrowText
    phones: ArrowText
    hired: np.ndarray
    teller_codes: list[str]
    teller_org: np.ndarray
    teller_employee: np.ndarray
    first_teller: np.ndarray
    teller_count: np.ndarray
    virtual_teller: np.ndarray
    since: np.ndarray
    left: np.ndarray
    credit_numbers: list[str]
    leaver: int
    heir: int
    leaving_day: int
    officers: list[np.ndarray] = field(default_factory=list)
    retired_tellers: dict[int, str] = field(default_factory=dict)

    def counter_tellers(self, org: np.ndarray, draw: np.ndarray) -> np.ndarray:
        """A real teller of each organisation, chosen by a whole number."""
        return self.first_teller[org] + draw % self.teller_count[org]


def found_organisations(scale: Scale, county: County) -> Organisations:
    """The organisation tree of the county's bank at the scale: 2 urban outlets in 8, villages lightest."""
    codes, names, kinds, parents = [f"{county.organisation_prefix}0000"], [county.bank_name], ["管理机构"], [-1]
    for number in range(scale.sub_branches):
        codes.append(f"{county.organisation_prefix}08{number + 1:02d}")
        names.append(f"{county.bank_name}{_AREAS[number]}管辖支行")
        kinds.append("管理机构")
        parents.append(HEAD_OFFICE)
    urban = np.zeros(1 + scale.sub_branches + scale.outlets, bool)
    weights = np.zeros(len(urban))
    for number in range(scale.outlets):
        place = len(codes)
        codes.append(f"{county.organisation_prefix}01{number + 1:02d}")
        village = number % 8 >= 6
        urban[place] = number % 8 < 2
        weights[place] = 2.2 if urban[place] else 0.6 if village else 1.2 - 0.1 * (number % 8 - 2)
        names.append(f"{county.bank_name}{_STEMS[number]}{'分理处' if village else '支行'}")
        kinds.append("营业机构")
        parents.append(1 + number % scale.sub_branches if scale.sub_branches else HEAD_OFFICE)
    founded = [day_number(1996 + (place * 7) % 17, 1 + place % 12, 1 + (place * 5) % 28) for place in range(len(codes))]
    founded[0] = day_number(1995, 6, 18)
    bank_codes = [f"{county.payment_prefix}{number:06d}" for number in range(len(codes))]
    outlets = np.arange(1 + scale.sub_branches, len(codes))
    short_names = [name.removeprefix(county.bank_name) for name in names]
    return Organisations(codes, names, short_names, bank_codes, kinds, parents, founded, outlets, weights / weights.sum(), urban)


def _positions(scale: Scale, organisations: Organisations) -> tuple[np.ndarray, np.ndarray]:
    org: list[int] = []
    position: list[int] = []
    per_outlet = max(4, int(scale.staff * 0.72) // scale.outlets)
    for outlet in organisations.outlets:
        officers = max(1, (per_outlet - 1) // 3)
        roles = [_BRANCH_HEAD] + [_OFFICER] * officers + [_TELLER] * (per_outlet - 1 - officers)
        if per_outlet > 6:
            roles[-1] = _LOBBY
        org += [int(outlet)] * len(roles)
        position += roles
    for sub_branch in range(1, 1 + scale.sub_branches):
        org += [sub_branch] * 2
        position += [_MANAGER, _CLERK]
    head = [_CHAIR, _PRESIDENT, _VICE, _VICE, _MANAGER, _MANAGER, _MANAGER, _MANAGER]
    head += [_CLERK] * max(0, scale.staff - len(org) - len(head))
    return np.array(org + [HEAD_OFFICE] * len(head)), np.array(position + head)


def take_over_staff(staff: Staff, outlet: int, successor: int, day: int) -> None:
    """The people of a closing outlet work at its successor; its head becomes an officer, its tellers get new numbers."""
    moved = np.flatnonzero((staff.org == outlet) & (staff.left == NO_DAY))
    staff.org[moved] = successor
    staff.since[moved] = day
    staff.position[moved[staff.position[moved] == _BRANCH_HEAD]] = _OFFICER
    staff.officers[successor] = np.flatnonzero((staff.org == successor) & (staff.position == _OFFICER) & (staff.left == NO_DAY))
    for teller in np.flatnonzero(staff.teller_org == outlet).tolist():
        staff.retired_tellers[teller] = f"G{90_001 + len(staff.retired_tellers):05d}"


def hand_over_loans(staff: Staff, officer: np.ndarray) -> None:
    """An officer leaves the bank; whoever is his heir keeps his loans from now on."""
    staff.left[staff.leaver] = staff.leaving_day
    officer[officer == staff.leaver] = staff.heir
    place = int(staff.org[staff.leaver])
    rest = staff.officers[place][staff.officers[place] != staff.leaver]
    staff.officers[place] = rest if len(rest) else np.array([staff.heir])


def _leaver(org: np.ndarray, position: np.ndarray) -> tuple[int, int]:
    """The first officer leaves; another officer of his outlet, or its head, takes over his loans."""
    leaver = int(np.flatnonzero(position == _OFFICER)[0])
    mates = np.flatnonzero((org == org[leaver]) & np.isin(position, (_OFFICER, _BRANCH_HEAD)))
    mates = mates[mates != leaver]
    return leaver, int(mates[np.argmin(position[mates] != _OFFICER)])


def hire_staff(scale: Scale, county: County, organisations: Organisations, calendar: Calendar, seed: int) -> Staff:
    """Employees of every organisation and the tellers of the outlets and of the self-service channels."""
    rng = stream(seed, "staff")
    org, position = _positions(scale, organisations)
    order = np.argsort(org, kind="stable")
    org, position = org[order], position[order]
    count = len(org)
    birth = day_number(1966, 1, 1) + rng.integers(0, 34 * 365, count)
    hired = np.maximum(birth + 22 * 365 + rng.integers(0, 900, count), day_number(1996, 1, 1)).astype(np.int32)
    hired = np.minimum(hired, day_number(2024, 7, 1)).astype(np.int32)
    numbers = [f"M{number + 1:05d}" for number in range(count)]
    tellers = np.flatnonzero(position == _TELLER)
    codes = [f"G{number + 1:05d}" for number in range(len(tellers))]
    first = np.zeros(organisations.count, np.int64)
    size = np.bincount(org[tellers], minlength=organisations.count)
    first[1:] = np.cumsum(size)[:-1]
    virtual = np.full(len(CHANNEL_WORDS), -1)
    for channel in Channel:
        if channel != Channel.COUNTER:
            virtual[channel] = len(codes)
            codes.append(f"V{int(channel):05d}")
    extra = len(codes) - len(tellers)
    officers = [np.flatnonzero((org == place) & (position == _OFFICER)) for place in range(organisations.count)]
    leaver, heir = _leaver(org, position)
    return Staff(
        org=org,
        position=position,
        numbers=numbers,
        names=person_names(rng, count),
        certificates=citizen_numbers(rng, county, birth, rng.integers(0, 2, count)),
        phones=phone_numbers(count, county.staff_phones),
        hired=hired,
        teller_codes=codes,
        teller_org=np.r_[org[tellers], np.zeros(extra, np.int64)],
        teller_employee=np.r_[tellers, np.full(extra, -1)],
        first_teller=first,
        teller_count=np.maximum(size, 1),
        virtual_teller=virtual,
        since=hired.copy(),
        left=np.full(count, NO_DAY, np.int32),
        credit_numbers=[
            f"K{number + 1:05d}" if work == _OFFICER and number % 3 == 1 else numbers[number]
            for number, work in enumerate(position.tolist())
        ],
        leaver=leaver,
        heir=heir,
        leaving_day=calendar.first_day + (calendar.last_day - calendar.first_day) * 7 // 10,
        officers=officers,
    )
