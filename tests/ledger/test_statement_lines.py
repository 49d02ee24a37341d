"""The lines of imported statements: each once, in the order of time, and late where their month was closed."""

from ledger.book import Book
from ledger.statement_lines import Balances, balances, statement_lines
from tests.ledger.samples import NOW
from tests.ledger.statements import file_of, import_statement, said

FEE = said("1", "service_fee", -3_00, "2026-10-08T10:00:00", "33")
RECEIPT = said("2", "receipt", 100_00, "2026-10-09T10:00:00", "33")
SAME_SECOND = said("3", "commission", -5_00, "2026-10-09T10:00:00", "33")


def test_lines_come_oldest_first_and_within_a_second_as_their_file_has_them(book: Book) -> None:
    import_statement(book, file_of("b.csv", [RECEIPT, SAME_SECOND]))
    import_statement(book, file_of("a.csv", [FEE]))
    with book.reading() as reader:
        lines = statement_lines(reader)
    assert [(line.serial, line.file, line.row_no, line.fen) for line in lines] == [
        ("1", "a.csv", 6, -3_00),
        ("2", "b.csv", 6, 100_00),
        ("3", "b.csv", 7, -5_00),
    ]


def test_a_file_with_the_newest_first_is_read_backwards(book: Book) -> None:
    import_statement(book, file_of("a.csv", [SAME_SECOND, RECEIPT, FEE]))
    with book.reading() as reader:
        assert [line.serial for line in statement_lines(reader)] == ["1", "2", "3"]


def test_of_two_files_that_overlap_the_first_has_the_line(book: Book) -> None:
    import_statement(book, file_of("week.csv", [FEE]))
    import_statement(book, file_of("month.csv", [FEE, RECEIPT]))
    with book.reading() as reader:
        lines = statement_lines(reader)
    assert [(line.serial, line.file) for line in lines] == [("1", "week.csv"), ("2", "month.csv")]


def test_a_line_is_late_where_its_month_was_closed_before_it_came(book: Book) -> None:
    september = said("0", "service_fee", -1_00, "2026-09-30T10:00:00")
    import_statement(book, file_of("in time.csv", [september]))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-09")
    late = said("9", "service_fee", -1_00, "2026-09-29T10:00:00")
    import_statement(book, file_of("late.csv", [late]))
    import_statement(book, file_of("october.csv", [FEE]))
    with book.reading() as reader:
        assert [(line.serial, line.late) for line in statement_lines(reader)] == [
            ("9", True),
            ("0", False),
            ("1", False),
        ]


def test_the_balances_of_a_month_are_its_own_lines_and_a_gap_is_told(book: Book) -> None:
    import_statement(book, file_of("a.csv", [FEE], opening_fen=50_00))
    import_statement(book, file_of("b.csv", [RECEIPT], opening_fen=40_00))
    with book.reading() as reader:
        lines = statement_lines(reader)
    told = Balances(opening_fen=50_00, closing_fen=140_00, gap_fen=-7_00)
    assert balances(lines, "2026-10") == told
    assert balances(lines, "2026-11") == Balances(opening_fen=140_00, closing_fen=140_00, gap_fen=0)
    assert balances(lines, "2026-09") == Balances(opening_fen=None, closing_fen=None, gap_fen=0)
