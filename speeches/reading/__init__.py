"""From the bytes of a file to clean text, and what the text says of itself. Pure Python."""
