"""The pages of the items: the ledger, one item, a department's own."""
