"""What can be wrong with what a calculator is given.

    CalculatorError
    ├── BadMoney       a text that is not an amount of yuan
    ├── BadCase        a case that breaks its format; names the path of the offending value
    └── BadRulebook    a rulebook that may not be used; names the place

All three are the user's to mend. A slip of ours raises the built-in exceptions and is never caught.
"""


class CalculatorError(Exception):
    """The root of what a calculator refuses."""


class BadMoney(CalculatorError):
    """A text that is not an amount of yuan with at most two decimals."""


class BadCase(CalculatorError):
    """A case that breaks its format: `path` is the offending value's place, `message` what is wrong."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class BadRulebook(CalculatorError):
    """A rulebook that may not be used: every fault found, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
