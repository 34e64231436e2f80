"""From clean text to candidate tasks. Pure Python: no Django, no database, no clock, no settings."""
