from itertools import islice

from cli.chance import salt, salts


def test_salts_are_128_bits_and_never_the_same() -> None:
    drawn = [salt(), *islice(salts(), 99)]
    assert len(set(drawn)) == 100
    assert {len(bytes.fromhex(one)) for one in drawn} == {16}
