"""Every file of the corpus gets its verdict, and known reports are read whatever their year and encoding."""

import pytest

from calculators.masking import redacted
from cli.errors import BadFile, fault_codes
from cli.readers import read_file, read_tables
from tests.cli.readers.bad_input.zips import zipped
from tests.cli.readers.corpus import (
    CORPUS,
    ORDER_HEADER,
    PREAMBLE,
    Sample,
    order_file,
    order_line,
    statement,
)


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.name)
def test_every_file_of_the_corpus_gets_its_verdict(sample: Sample) -> None:
    if not sample.codes:
        assert len(read_file("x.csv", sample.content).rows) == sample.rows
        return
    with pytest.raises(BadFile) as caught:
        read_file("x.csv", sample.content)
    assert {fault.code for fault in caught.value.faults} == sample.codes


def test_the_corpus_has_at_least_sixty_damaged_files_and_no_two_of_one_name() -> None:
    assert sum(1 for sample in CORPUS if sample.codes) >= 60
    assert len({sample.name for sample in CORPUS}) == len(CORPUS)


def test_every_fault_of_the_corpus_is_said_in_both_languages() -> None:
    for sample in CORPUS:
        for code in sample.codes:
            assert code in fault_codes()
        if sample.codes and not sample.is_large and len(sample.content) < 10_000:
            with pytest.raises(BadFile) as caught:
                read_file("x.csv", sample.content)
            for fault in caught.value.faults:
                assert fault.text("zh").next_step
                assert fault.text("en").why
                assert "x.csv" in fault.sentence("zh")


def test_the_same_content_in_three_encodings_gives_the_same_rows() -> None:
    text = order_file(order_line(宝贝标题="㐂字纹 連衣裙 é", 订单备注="【签收:2026-10-06 11:05】")).decode(
        "gb18030"
    )
    reads = [read_file("o.csv", text.encode(name)) for name in ("gb18030", "utf-8", "utf-8-sig")]
    assert {read.encoding for read in reads} == {"gb18030", "utf-8", "utf-8-sig"}
    assert reads[0].rows == reads[1].rows == reads[2].rows
    assert reads[0].orders[0].title == "㐂字纹 連衣裙 é"


def test_the_order_of_the_columns_does_not_matter() -> None:
    header, line, _ = order_file().decode("gb18030").split("\n")
    backwards = "\n".join(",".join(reversed(part.split(","))) for part in (header, line))
    assert read_file("o.csv", backwards.encode()).rows == read_file("o.csv", order_file()).rows


def test_either_comma_in_a_status_is_the_same_status() -> None:
    half = read_file("o.csv", order_file(order_line(订单状态='"买家已付款,等待卖家发货"')))
    full = read_file("o.csv", order_file(order_line(订单状态="买家已付款，等待卖家发货")))
    assert half.orders[0].status == full.orders[0].status == "买家已付款，等待卖家发货"


def test_nothing_personal_leaves_the_reader() -> None:
    read = read_file("o.csv", order_file(order_line(买家留言="请放门口", 联系电话="057188888888")))
    for canary in ("张三丰", "13800138000", "西湖", "请放门口", "057188888888", "tb***1"):
        assert canary not in repr(read)


def test_a_first_row_that_has_run_into_the_heading_is_masked() -> None:
    with pytest.raises(BadFile) as caught:
        read_file("o.csv", (ORDER_HEADER + order_line()).encode())
    said = caught.value.said("zh")
    assert "t***1" in said
    for canary in ("张三丰", "13800138000", "西湖"):
        assert canary not in said


@pytest.mark.parametrize("shown", ["x 13800138000", "a@example.com"])
def test_a_telephone_in_a_heading_is_masked_like_any_other(shown: str) -> None:
    for heading in (f"{ORDER_HEADER.replace('订单状态', 'x')},{shown}", f"{ORDER_HEADER},{shown},{shown}"):
        with pytest.raises(BadFile) as caught:
            read_file("o.csv", heading.encode())
        assert redacted(shown) in caught.value.said("zh")
        assert shown not in caught.value.said("zh")


def test_days_that_are_none_are_told_and_a_number_that_may_be_somebodys_is_not() -> None:
    for days, told in (("2026年10月32日", True), ("13800138000", False), ("138-0013-8000", False)):
        preamble = PREAMBLE.replace("2026年10月01日", days)
        with pytest.raises(BadFile) as caught:
            read_file("s.csv", statement(preamble=preamble))
        assert (days in caught.value.said("zh")) == told


def test_a_fault_shows_no_name_and_no_telephone_where_columns_have_shifted() -> None:
    shifted = order_file(
        order_line(买家实际支付金额="张三丰", 宝贝总数量="13800138000", 订单付款时间="西湖区文三路 1 号")
    )
    with pytest.raises(BadFile) as caught:
        read_file("o.csv", shifted)
    assert len(caught.value.faults) == 3
    for canary in ("三丰", "13800138000", "文三路"):
        assert canary not in str(caught.value)
        assert canary not in "".join(fault.sentence("zh") for fault in caught.value.faults)


def test_an_unknown_layout_names_the_nearest_one_and_what_keeps_the_file_from_it() -> None:
    with pytest.raises(BadFile) as caught:
        read_file("o.csv", (ORDER_HEADER.replace("订单状态", "状态") + "\n").encode())
    (fault,) = caught.value.faults
    assert "订单报表" in fault.detail
    assert "缺少 missing: 订单状态" in fault.detail
    assert "状态" in fault.detail.partition("未知")[2]


def test_a_first_row_that_is_a_buyers_data_is_not_shown() -> None:
    with pytest.raises(BadFile) as caught:
        read_file("o.csv", "3300000000000000001,欧阳娜娜,浙江省杭州市西湖区,13800138000\n".encode())
    assert not any(canary in str(caught.value) for canary in ("娜娜", "西湖", "13800138000"))


def test_a_fault_names_its_row_as_a_spreadsheet_shows_it() -> None:
    lines = (order_line(), order_line(订单编号="3300000000000000002", 买家实际支付金额="12.345"))
    with pytest.raises(BadFile) as caught:
        read_file("o.csv", order_file(*lines))
    (fault,) = caught.value.faults
    assert (fault.row, fault.column, fault.value) == (3, "买家实际支付金额", "12.345")


@pytest.mark.parametrize("rows_max", [1, 2])
def test_many_tables_in_one_file_have_no_more_rows_than_one_may(
    rows_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.readers.files.ROWS_MAX", rows_max)
    content = zipped(
        {"a.csv": order_file(), "b.csv": order_file(order_line(订单编号='="3300000000000000002"'))}
    )
    if rows_max == 2:
        assert [len(file.rows) for file in read_tables("x.zip", content)] == [1, 1]
        return
    with pytest.raises(BadFile) as caught:
        read_tables("x.zip", content)
    assert [(fault.code, fault.file, fault.detail) for fault in caught.value.faults] == [
        ("too_many_rows", "x.zip", "(1)")
    ]


def test_of_a_table_full_of_faults_the_first_200_are_told() -> None:
    lines = [order_line(订单编号=f'="33{at:017d}"', 买家实际支付金额="x") for at in range(300)]
    with pytest.raises(BadFile) as caught:
        read_file("x.csv", order_file(*lines))
    assert [fault.row for fault in caught.value.faults] == list(range(2, 202))


def test_lines_end_as_any_system_ends_them() -> None:
    read = [read_file("x.csv", order_file().replace(b"\n", end)).orders for end in (b"\n", b"\r\n", b"\r")]
    assert read == [read[0]] * 3
    assert len(read[0]) == 1
