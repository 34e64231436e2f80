"""完成标准与数字: what an item wants in figures and parts."""

import re

from tracker.items.models import ActionItem

# A figure that says its own bound: 不少于2次, 95%以上. Another in front of it would say it twice.
_BOUNDED = re.compile(r"^[^\d零一二两三四五六七八九十百千万半]|以上|以下|以内|之内|左右")


def measures_of(item: ActionItem) -> list[tuple[str, str]]:
    """(what, wanted) of the parts and the numeric targets, however they were stored."""
    signs = {">=": "不少于", "<=": "不超过", "=": ""}
    rows = [(str(part.get("name", part)) if isinstance(part, dict) else str(part), "") for part in item.parts]
    for figure in item.figures:
        if isinstance(figure, dict):
            text = str(figure.get("text", ""))
            sign = "" if _BOUNDED.search(text) else signs.get(str(figure.get("direction", "=")), "")
            rows.append(("数量目标", f"{sign}{text}"))
        else:
            rows.append(("数量目标", str(figure)))
    return rows
