"""Invented names, telephone numbers and certificates with right check digits (GB 11643, GB 32100)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.county import County
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红春梅建国志文俊晓东海云飞林峰山川河禾麦穗秋雨雪晨光荣福贵生德昌宏宇婷欣怡佳慧"
_PLACE = "麦青柳石白云落岭泉湾塘坪河桥杨槐松竹梅兰清安永丰富康泰和顺兴隆昌盛金银玉宝"
_TRADES = ("种植", "养殖", "粮油", "建材", "商贸", "运输", "食品", "机械", "农资", "餐饮", "服装", "化工")
_REGION_SHARES = (0.8, 0.08, 0.05, 0.04, 0.03)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LETTERS = "10X98765432"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person_names(rng: np.random.Generator, count: int) -> ArrowText:
    """Invented Chinese personal names of two or three characters."""
    surnames, given = list(_SURNAMES), list(GIVEN)
    second = np.where(rng.random(count) < 0.75, rng.integers(1, len(given) + 1, count), 0)
    weights = 1 / np.arange(4, len(surnames) + 4)
    family = rng.choice(len(surnames), count, p=weights / weights.sum())
    return glued(
        word_text(surnames, family),
        word_text(given, rng.integers(0, len(given), count)),
        word_text(["", *given], second),
    )


def company_names(rng: np.random.Generator, county: County, endings: np.ndarray) -> ArrowText:
    """Invented names of organisations; `endings` are positions in ENDINGS."""
    count = len(endings)
    place = list(_PLACE)
    trade = np.where(endings == len(ENDINGS) - 1, 0, rng.integers(1, len(_TRADES) + 1, count))
    return glued(
        county.name,
        word_text(place, rng.integers(0, len(place), count)),
        word_text(place, rng.integers(0, len(place), count)),
        word_text(["", *_TRADES], trade),
        word_text(ENDINGS, endings),
    )


ENDINGS = ("经营部", "有限公司", "农民专业合作社", "中心学校")


def citizen_numbers(rng: np.random.Generator, county: County, birth: np.ndarray, male: np.ndarray) -> ArrowText:
    """Unique 18-character GB 11643 numbers of the county's invented regions for the given birth days and sexes."""
    count = len(birth)
    region = np.array(county.regions, np.int64)[rng.choice(len(county.regions), count, p=_REGION_SHARES)]
    stamps = birth.astype("datetime64[D]")
    year = stamps.astype("datetime64[Y]").astype(np.int64) + 1970
    month = stamps.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (stamps - stamps.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    date_number = year * 10_000 + month * 100 + day
    group = (region * 100_000_000 + date_number) * 2 + male
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(count), 0))
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count) - start
    serial = ((rank * 7 + date_number) % 500) * 2 + male
    body = region * 100_000_000_000 + date_number * 1_000 + serial
    total = np.zeros(count, np.int64)
    rest = body.copy()
    for weight in reversed(_WEIGHTS):
        total += rest % 10 * weight
        rest //= 10
    return glued(number_text(body, 17), word_text(list(_LETTERS), total % 11))


def check_letter(body: int) -> str:
    """Return the check letter of the seventeen digits of a resident number."""
    return _LETTERS[sum(int(digit) * weight for digit, weight in zip(f"{body}", _WEIGHTS, strict=True)) % 11]


def credit_codes(county: County, kinds: np.ndarray, serials: np.ndarray) -> ArrowText:
    """Unique 18-character GB 32100 codes; `kinds` are positions in ('91', '93', '12'), `serials` below 10^8."""
    heads = ("91", "93", "12")
    org_weights = (3, 7, 9, 10, 5, 8, 4, 2)
    digits = [(serials // 10 ** (7 - place)) % 10 for place in range(8)]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, org_weights, strict=True)) % 11
    ninth = np.where(check == 11, 0, check)
    ninth_value = np.where(ninth == 10, _USCC.index("X"), ninth)
    region = [int(digit) for digit in county.region]
    head_digits = np.array([[int(c) for c in head] for head in heads])[kinds]
    values = [head_digits[:, 0], head_digits[:, 1], *(np.full(len(kinds), d) for d in region), *digits, ninth_value]
    total = np.zeros(len(kinds), np.int64)
    weight = 1
    for value in values:
        total += value * weight
        weight = weight * 3 % 31
    last = (31 - total % 31) % 31
    return glued(
        word_text(heads, kinds),
        county.region,
        number_text(serials, 8),
        word_text(list("0123456789X"), ninth),
        word_text(list(_USCC), last),
    )


def phone_numbers(count: int, first: int) -> ArrowText:
    """Eleven-digit telephone numbers in a range (12…) that is not given to subscribers."""
    serial = (np.arange(first, first + count, dtype=np.int64) * 7_919_317) % 1_000_000_000
    return glued("12", number_text(serial, 9))
