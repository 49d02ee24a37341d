"""What is timed and counted on demand: `make bench`. Nothing here is part of the wheel, and nothing asserts."""
