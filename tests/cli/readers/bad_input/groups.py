"""The whole corpus by its groups, with the number of files that the catalogue of faults asks of each."""

from tests.cli.readers.bad_input.amounts import AMOUNTS
from tests.cli.readers.bad_input.bombs import BOMBS
from tests.cli.readers.bad_input.dates import DATES
from tests.cli.readers.bad_input.encodings import ENCODED
from tests.cli.readers.bad_input.formulas import FORMULAS
from tests.cli.readers.bad_input.framed import FRAMED
from tests.cli.readers.bad_input.numbers import NUMBERS
from tests.cli.readers.bad_input.sizes import SIZES
from tests.cli.readers.bad_input.structures import STRUCTURES
from tests.cli.readers.bad_input.texts import TEXTS
from tests.cli.readers.corpus import CORPUS, Sample

GROUPS: dict[str, tuple[int, list[Sample]]] = {
    "encoding": (40, ENCODED),
    "amounts": (80, AMOUNTS),
    "dates": (40, DATES),
    "structure": (60, STRUCTURES),
    "text": (60, TEXTS),
    "formula": (60, FORMULAS),
    "size": (20, SIZES),
    "zip and xml": (30, BOMBS),
    "numbers": (30, NUMBERS),
    "frames": (40, FRAMED),
    "first": (60, CORPUS),
}
FILES_MIN = 420
SAMPLES = [(group, sample) for group, (_, samples) in GROUPS.items() for sample in samples]
