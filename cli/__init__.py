"""The shell: commands, readers of the shop's files, the clock, paths and exit codes."""
