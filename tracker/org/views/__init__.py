"""The settings pages, for administrators only, and everybody's own password."""
