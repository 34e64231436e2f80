"""Excel in and out of the ledger: import of an existing 台账, round trips with departments that never log in."""
