"""Word and Excel in official form. Room kept by the layout; the ledger's own Excel export is in tracker/items."""
