"""What the program is made of: its locks, the bill of materials, and what is known to be wrong with any of it.

Nothing here is part of the wheel: `make sbom` and `make audit` run it.
"""
