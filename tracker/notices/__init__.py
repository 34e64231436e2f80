"""Reminders and messages. Room kept by the layout."""
