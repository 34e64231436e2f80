"""The pages of the 例会."""
