"""What can keep a report from becoming a file.

    ExportError
    ├── BadPlace       the path cannot take the file: no folder, something there already, not writable
    ├── BadCell        a value that no cell can hold exactly: too long, too large, too early
    └── TooManyRows    more rows than one sheet has

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
