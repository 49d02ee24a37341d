"""How fast we answer: in process, as a whole command, over a file of cases, and the demo from start to end."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.timing import Timed, median_seconds, rate, seconds
from cli.rulebooks import default_rulebook
from ledger.quoting import quote
from tests.calculators.asking import case, order, sent_back

QUOTES, RUNS, LINES = 2_000, 10, 1_000
SETTLE = [str(Path(sys.executable).with_name("settle"))]

CASE: dict[str, Any] = case(
    order((2, "129.00"), (1, "99.00"), (3, "49.90"), coupon={"amount": "50.00"}, postage="10.00", points=500),
    sent_back("quality", (1, 1), (3, 2), return_postage="12.00"),
    [sent_back("size", (3, 1))],
)


def answer_rows(folder: Path) -> list[Timed]:
    """The four figures; files go into the folder."""
    one, many = folder / "case.json", folder / "cases.jsonl"
    text = json.dumps(CASE, ensure_ascii=False)
    one.write_text(text, "utf-8")
    many.write_text(f"{text}\n" * LINES, "utf-8")
    return [_in_process(), _one_case(one), _many_cases(many), _demo(folder)]


def _in_process() -> Timed:
    rulebook = default_rulebook()
    took = seconds(lambda: [quote(CASE, rulebook) for _ in range(QUOTES)])
    return Timed(
        what="quotes in process", figure=rate(QUOTES, took, "quotes"), how=f"{QUOTES:,} of them, one thread"
    )


def _one_case(path: Path) -> Timed:
    took = median_seconds(lambda: _settle("quote", "--case", str(path), "--json"), RUNS)
    return Timed(what="settle quote --case", figure=f"{took:.3f} s", how=f"whole process, median of {RUNS}")


def _many_cases(path: Path) -> Timed:
    took = seconds(lambda: _settle("quote", "--cases", str(path), "--json"))
    return Timed(
        what="settle quote --cases", figure=rate(LINES, took, "cases"), how=f"whole process, {LINES:,} lines"
    )


def _demo(folder: Path) -> Timed:
    took = seconds(lambda: _settle("demo", str(folder / "demo")))
    return Timed(what="settle demo", figure=f"{took:.2f} s", how="whole process, once")


def _settle(*words: str) -> None:
    subprocess.run([*SETTLE, *words], check=True, capture_output=True)
