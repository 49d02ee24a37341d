"""What a person wants done with a line of a statement, read from the options of `settle reconcile`."""

import re
from dataclasses import dataclass

from calculators.masking import mask_number
from cli.speech import BadOption
from ledger.chart import ACCOUNTS
from ledger.deciding import Wish
from ledger.matching import Target

_ENTRY = re.compile(r"#?([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The options as they were given."""

    match: str | None = None
    explain: bool = False
    park: bool = False
    undo: bool = False
    owner: str | None = None
    account: str | None = None
    reason: str | None = None


def wish_of(said: Said, line: str | None) -> Wish | None:
    """What is wanted, None where nothing is; `BadOption` for options that do not go together."""
    actions = [name for name in ("match", "explain", "park", "undo") if getattr(said, name)]
    if line is None:
        if actions or said != Said():
            raise BadOption("缺少 --line：请写明是哪一行流水。", "--line is missing: name the line.")
        return None
    if len(actions) != 1:
        raise BadOption(
            "请在 --match、--explain、--park、--undo 中给出一个。",
            "give one of --match, --explain, --park, --undo.",
        )
    _check(said, actions[0])
    return Wish(
        action=actions[0],
        reason=(said.reason or "").strip(),
        target=_target(said.match) if said.match else None,
        owner=said.owner,
        account=said.account,
    )


def _check(said: Said, action: str) -> None:
    if not (said.reason or "").strip():
        raise BadOption(
            "缺少 --reason：每个决定都要写明原因。", "--reason is missing: every decision needs one."
        )
    if (action == "park") != bool((said.owner or "").strip()):
        raise BadOption(
            "--park 须用 --owner 写明谁去查，别的处理不用 --owner。",
            "--park needs an --owner who looks into it, and nothing else takes one.",
        )
    if said.account is not None and (action not in {"match", "explain"} or said.account not in ACCOUNTS):
        named = mask_number(said.account)
        raise BadOption(
            f"--account {named}：只用于 --explain 和 --match，须是科目表里的明细科目。",
            f"--account {named}: only with --explain or --match, and a leaf of the chart of accounts.",
        )


def _target(said: str) -> Target:
    """An entry by its number of at most nine digits, anything longer is an order."""
    entry = _ENTRY.fullmatch(said)
    return Target(seq=int(entry.group(1))) if entry else Target(order_no=said)
