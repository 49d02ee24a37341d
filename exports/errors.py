"""What can keep a report from becoming a file.

    ExportError
    ├── BadPlace       the path cannot take the file: no folder, something there already, not writable
    ├── BadCell        a value that no cell can hold exactly: too long, too large, too early
    ├── TooManyRows    more rows than one sheet has
    ├── BadWorkbook    a file that cannot be verified: no workbook, damaged, or one that could choke a reader
    └── BadBooks       vouchers that do not balance, have gaps or do not add up to the trial balance

Each says what is wrong, why it is refused and what to do next. Nothing is left behind at the path.
"""


class ExportError(Exception):
    """The root of what a renderer refuses."""


class BadPlace(ExportError):
    """A path that cannot take the file."""


class BadCell(ExportError):
    """A value that a cell cannot hold without changing it."""


class TooManyRows(ExportError):
    """A list longer than one sheet."""


class BadWorkbook(ExportError):
    """A file that is not read as a workbook."""


class BadBooks(ExportError):
    """A month whose vouchers may not be handed over, with everything that is wrong with them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(
            "这个月不能移交,账不平 / this month cannot be handed over: "
            + "; ".join(faults)
            + "。请运行 settle replay 查找原因 / run `settle replay` to find out why."
        )
        self.faults = faults
