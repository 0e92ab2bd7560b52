"""The ledger: checks, events, keys and sites in one append-only store."""
