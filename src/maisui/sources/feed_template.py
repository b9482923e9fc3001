"""What somebody fills in to deliver a feed: a workbook or a csv made from its contract, in Chinese and English."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from maisui.sources.contract import AmountMark, ColumnKind, Feed, FeedColumn

FIRST_DATA_ROW = 2
_ROWS_WITH_LISTS = 2000
_LONGEST_LIST = 255
_LONGEST_SHEET_NAME = 31

KIND_WORDS: dict[ColumnKind, tuple[str, str, str]] = {
    ColumnKind.TEXT: ("文字", "text", "示例文字"),
    ColumnKind.CODE: ("代码，按文本录入，保留前导零", "code, entered as text, leading zeros kept", "A001"),
    ColumnKind.ACCOUNT: ("账号，按文本录入", "account number, entered as text", "6210001234567890123"),
    ColumnKind.CARD: ("卡号 12 至 19 位，校验位须正确", "card number of 12 to 19 digits, check digit right", "6222020000000000006"),
    ColumnKind.DATE: ("日期", "date", "20261031"),
    ColumnKind.MONTH: ("月份 YYYYMM", "month YYYYMM", "202610"),
    ColumnKind.TIME: ("时间 hhmmss", "time hhmmss", "093000"),
    ColumnKind.AMOUNT: ("金额，元，最多两位小数", "amount in yuan, two decimals at most", "12345.67"),
    ColumnKind.POSITIVE_AMOUNT: ("非负金额，元，最多两位小数", "amount in yuan, not negative, two decimals at most", "12345.67"),
    ColumnKind.RATE: ("比率，小数，最多六位", "fraction, six decimals at most", "0.025"),
    ColumnKind.INTEGER: ("整数", "whole number", "30"),
    ColumnKind.CURRENCY: ("三位币种代码", "currency code of three letters", "CNY"),
    ColumnKind.WORD: ("字典值（其他值会提示）", "a word of the list; others are noted", ""),
    ColumnKind.CLOSED_WORD: ("字典值（只允许所列）", "a word of the list and no other", ""),
    ColumnKind.ID_NUMBER: ("居民身份证号 18 位，校验位须正确", "resident number of 18 places, check digit right", "11010519491231002X"),
    ColumnKind.CREDIT_CODE: ("统一社会信用代码 18 位", "unified social credit code of 18 places", "91350100M000100Y43"),
    ColumnKind.CERTIFICATE: ("证件号码，按文本录入", "certificate number, entered as text", "11010519491231002X"),
}
"""Each kind of column in Chinese and English, with a sample value that passes its check."""

_MARK_WORDS: dict[AmountMark, tuple[str, str]] = {
    AmountMark.SEPARATORS: ("可用千分位", "thousands separators allowed"),
    AmountMark.MINUS_BEHIND: ("负号可在后", "the minus may stand behind"),
    AmountMark.ZEROS: ("可前补零", "zeros in front allowed"),
}
_NO_SEPARATORS = ("不用千分位", "no thousands separators")
_AS_NUMBER = frozenset((ColumnKind.AMOUNT, ColumnKind.POSITIVE_AMOUNT, ColumnKind.RATE, ColumnKind.INTEGER))


def titles_of(column: FeedColumn) -> tuple[str, str]:
    """Return a column's title in Chinese and English; its name where the contract has no English one."""
    title_zh, _, title_en = column.title.partition(" / ")
    return title_zh, title_en or column.name.replace("_", " ")


def form_of(column: FeedColumn) -> tuple[str, str]:
    """Return the form a column's values must have, in Chinese and English."""
    zh, en, _ = KIND_WORDS[column.kind]
    if column.kind.is_amount:
        said = [(zh, en), *_marks_of(column)]
        return "，".join(one for one, _ in said), ", ".join(one for _, one in said)
    written = column.format.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD").replace("%y", "YY")
    return (f"{zh} {written}", f"{en} {written}") if column.kind is ColumnKind.DATE else (zh, en)


def _marks_of(column: FeedColumn) -> list[tuple[str, str]]:
    """Return how an amount may be written besides the plain form, a minus only where it may be negative; without separators that too."""
    marks = [mark for mark in AmountMark if mark in column.format]
    if column.kind is ColumnKind.POSITIVE_AMOUNT:
        marks = [mark for mark in marks if mark is not AmountMark.MINUS_BEHIND]
    refused = [] if AmountMark.SEPARATORS in marks else [_NO_SEPARATORS]
    return [*refused, *(_MARK_WORDS[mark] for mark in marks)]


def sample_of(column: FeedColumn) -> str:
    """Return a value that passes the column's check."""
    words = [word for word in column.words if not word.endswith("*")]
    if words:
        return words[0]
    if column.kind is ColumnKind.DATE:
        return column.format.replace("%Y", "2026").replace("%y", "26").replace("%m", "10").replace("%d", "31")
    return KIND_WORDS[column.kind][2] or "A001"


def file_name_of(feed: Feed, suffix: str) -> str:
    """Return the name a filled template is delivered under, with the date still to be put in."""
    name = feed.file_pattern.replace("{any}", "bank").replace("{part}", "").replace("{date}", "YYYYMMDD")
    return name[: name.rfind(".")] + f".{suffix}"


def csv_template(feed: Feed) -> bytes:
    """Return the header and one sample row, which whoever fills it in replaces; with the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=feed.delimiter, quotechar=feed.quote or '"', lineterminator="\r\n")
    writer.writerow(feed.column_names)
    writer.writerow([sample_of(column) for column in feed.columns])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def workbook_template(feed: Feed) -> bytes:
    """Return a workbook with a sheet to fill in and one that explains every column."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True, "valign": "top"})
    needed = book.add_format({"bold": True, "bg_color": "#FBE5D6", "border": 1, "text_wrap": True, "valign": "top"})
    as_text = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _data_sheet(book.add_worksheet(_sheet_name(feed)), feed, (bold, needed), as_text)
    _guide_sheet(book.add_worksheet("说明 Guide"), feed, bold, wrapped)
    book.close()
    return written.getvalue()


def _sheet_name(feed: Feed) -> str:
    return "".join(letter for letter in feed.title_zh if letter not in "[]:*?/\\'")[:_LONGEST_SHEET_NAME] or feed.code


def _data_sheet(sheet: Worksheet, feed: Feed, heads: tuple[Format, Format], as_text: Format) -> None:
    bold, needed = heads
    for place, column in enumerate(feed.columns):
        head = needed if column.is_required else bold
        sheet.write_string(0, place, column.name, head)
        sheet.write_string(1, place, titles_of(column)[0], head)
        sheet.set_column(place, place, max(14, len(column.name) + 3), None if column.kind in _AS_NUMBER else as_text)
        _validate(sheet, place, column)
    sheet.freeze_panes(FIRST_DATA_ROW, 0)


def _validate(sheet: Worksheet, place: int, column: FeedColumn) -> None:
    words = [word for word in column.words if not word.endswith("*")]
    if not words or len(",".join(words)) > _LONGEST_LIST:
        return
    is_closed = column.kind is ColumnKind.CLOSED_WORD
    rule = {
        "validate": "list",
        "source": words,
        "ignore_blank": not column.is_required,
        "error_type": "stop" if is_closed else "warning",
        "error_title": column.name,
        "error_message": "只允许列表中的值 / a word of the list" if is_closed else "列表外的值会被提示 / others are noted",
    }
    sheet.data_validation(FIRST_DATA_ROW, place, _ROWS_WITH_LISTS, place, rule)


def guide_rows(feed: Feed) -> list[tuple[str, ...]]:
    """Return one row for each column: name, titles, form, whether required and key, allowed words, a sample."""
    rows: list[tuple[str, ...]] = []
    for column in feed.columns:
        zh, en = titles_of(column)
        form_zh, form_en = form_of(column)
        required, key = "是 yes" if column.is_required else "", "是 yes" if column.is_key else ""
        words = " ".join(word.replace("*", "…") for word in column.words)
        rows.append((column.name, zh, en, form_zh, form_en, required, key, words, sample_of(column)))
    return rows


GUIDE_HEADINGS = ("列 column", "含义", "meaning", "格式", "form", "必填 required", "主键 key", "可用值 allowed words", "样例 sample")


_CARE = (
    "请勿改动表头；不得有公式、合并单元格；超过 15 位的数字按文本录入"
    " / keep the header; no formulas, no merged cells; enter numbers of more than 15 digits as text"
)


def _guide_sheet(sheet: Worksheet, feed: Feed, bold: Format, wrapped: Format) -> None:
    name = file_name_of(feed, "xlsx")
    lines = [
        f"{feed.title_zh} / {feed.title_en}",
        f"文件名：{name}（或 .csv），YYYYMMDD 为业务日期 / file name: {name} or .csv, YYYYMMDD is the business date",
        _content_words(feed),
        f"缺少本数据时停用：{feed.without_zh} / without it these are disabled: {feed.without_en}",
        _CARE,
    ]
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, bold if number == 0 else None)
    start = len(lines) + 1
    _write_row(sheet, start, GUIDE_HEADINGS, bold)
    for number, row in enumerate(guide_rows(feed), start=start + 1):
        _write_row(sheet, number, row, wrapped)
    for place, width in enumerate((24, 26, 30, 26, 30, 10, 10, 36, 22)):
        sheet.set_column(place, place, width)


def _content_words(feed: Feed) -> str:
    if feed.content.value == "full":
        return "全量：每个文件包含当日全部记录 / full: each file holds everything alive on its day"
    return "增量：同一主键以最后交付为准 / increments: the last delivery of a key counts"


def _write_row(sheet: Worksheet, number: int, texts: Sequence[str], form: Format) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(number, place, text, form)
