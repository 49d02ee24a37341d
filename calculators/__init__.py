"""Settle's calculators: facts and a rulebook in, a settlement out.

Everything in this package is pure. It reads no clock, file, database or environment, so that the same
case under the same rulebook gives the same answer on any machine, today and in ten years.
"""
