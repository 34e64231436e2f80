"""What can go wrong on the way out."""


class TransportError(Exception):
    """A message did not get out; `str()` says why, without secrets.

    `uncertain`: it may have arrived all the same, so it must not be sent again. `recipient`: this address was refused,
    while the channel itself works.
    """

    def __init__(self, message: str, *, uncertain: bool = False, recipient: bool = False) -> None:
        super().__init__(message)
        self.uncertain, self.recipient = uncertain, recipient


class SecretUnreadable(TransportError):
    """A secret was sealed with another SECRET_KEY."""

    def __init__(self) -> None:
        super().__init__(
            "系统密钥（SECRET_KEY）已更换，保存的地址和密钥无法读取，请在“设置—通知渠道”中重新填写"
        )
