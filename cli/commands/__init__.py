"""One file a command: gather, compute, apply, written straight down its body."""
