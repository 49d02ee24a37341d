"""`settle audit-bundle`: the demo's month is taken out, and its own verifier passes it and names the head."""

import json
from pathlib import Path

from tests.cli.commands.shop import settle
from tests.exports.bundles import in_table, members_of, setting, verified, written


def test_the_demos_bundle_passes_its_own_verifier_and_a_forged_one_does_not(
    shop: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "2026-10.zip"
    words = ("audit-bundle", "2026-10", "--to", str(bundle), "--db", str(shop / "settle.db"))
    done = settle(*words, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    head = json.loads(done.stdout)["head"]
    empty = tmp_path / "empty"
    empty.mkdir()
    passed = verified(bundle, empty, "--head", head["hash"])
    assert (passed.returncode, passed.stderr) == (0, "")
    assert f"{head['seq']} {head['hash']}" in passed.stdout
    members = members_of(bundle)
    in_table("posting", setting(1000, amount_fen=1))(members)
    forged = verified(written(members, tmp_path / "forged.zip"), empty)
    assert forged.returncode == 1
    assert "entry " in forged.stdout


def test_people_are_told_how_to_check_it(shop: Path, tmp_path: Path) -> None:
    words = ("audit-bundle", "2026-10", "--to", "b.zip", "--db", str(shop / "settle.db"), "--lang")
    assert "python verify.py b.zip --head" in settle(*words, "en", folder=tmp_path).stdout
    again = settle(*words, "zh", "--overwrite", folder=tmp_path)
    assert "校验:取出 verify.py" in again.stdout
    assert settle(*words, "en", folder=tmp_path).returncode == 3
