"""完成标准与数字: what an item wants in figures and parts."""

from tracker.items.models import ActionItem


def measures_of(item: ActionItem) -> list[tuple[str, str]]:
    """(what, wanted) of the parts and the numeric targets, however they were stored."""
    signs = {">=": "不少于", "<=": "不超过", "=": ""}
    rows = [(str(part.get("name", part)) if isinstance(part, dict) else str(part), "") for part in item.parts]
    for figure in item.figures:
        if isinstance(figure, dict):
            sign = signs.get(str(figure.get("direction", "=")), "")
            rows.append(("数量目标", f"{sign}{figure.get('text', '')}"))
        else:
            rows.append(("数量目标", str(figure)))
    return rows
