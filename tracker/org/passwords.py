"""Words of the password rules that Django's own translation leaves in English."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class MinimumLength(MinimumLengthValidator):
    """At least eight characters."""

    def get_error_message(self) -> str:
        """What the form says."""
        return f"密码太短，至少 {self.min_length} 位。"

    def get_help_text(self) -> str:
        """The same rule, told beforehand."""
        return f"密码至少 {self.min_length} 位。"
