"""Renders report shapes into files. Cannot query and cannot post."""

import os

# Where lxml happens to be installed openpyxl would write by it, and the same report would be other bytes.
os.environ["OPENPYXL_LXML"] = "False"
