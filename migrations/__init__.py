"""Alembic revisions, each named by its deed, with its SQL frozen in it. They import none of the program."""
