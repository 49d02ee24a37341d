"""Renders report shapes into files. Cannot query and cannot post."""
