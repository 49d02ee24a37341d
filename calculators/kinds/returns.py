"""Return of goods that have all come back, or will: settled as every return is (rules.md section 7)."""

from calculators.returning import return_pieces
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Goods, freight and return postage by fault, less what is withheld; held until the goods are in."""
    return_pieces(sheet)
