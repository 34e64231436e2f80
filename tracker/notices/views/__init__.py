"""The pages: one's messages, chasing, the administrator's settings."""
