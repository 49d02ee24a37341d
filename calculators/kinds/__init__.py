"""One file a kind of claim or question. They do not know each other; `calculators.answers` calls each."""
