"""The ledger: journal entries, their chain, periods and replay. The only writer of the database."""
