"""A deterministic October 2026 of an apparel shop, written as the files such a shop downloads.

No amount that a calculator works out is written by hand: the demo asks the calculators what they ask.
"""

from cli.demo.folder import write_shop

__all__ = ["write_shop"]
