"""How chases look in templates: shape, colour and word together."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.notices.models import Chase, Step

register = template.Library()
_STANDINGS = {
    "proposed": ("is-hold", "◆", "待签发"),
    "dropped": ("muted", "－", "不发"),
    "running": ("is-ok", "●", "限期内"),
    "expired": ("is-over", "■", "到期未回"),
    "answered": ("is-ok", "✓", "已反馈"),
    "ended": ("is-ok", "✓", "已办结"),
}


@register.simple_tag
def standing(value: str) -> SafeString:
    """Where a chase stands."""
    css, mark, words = _STANDINGS[value]
    return format_html('<span class="light {}"><i aria-hidden="true">{}</i>{}</span>', css, mark, words)


@register.simple_tag
def paper(chase: Chase | Step) -> SafeString:
    """The kind of paper, with its colour in words even where its name leaves it out."""
    colour = chase.get_colour_display() if chase.colour else ""
    name = chase.name if not colour or colour in chase.name else f"{chase.name}（{colour}）"
    return format_html('<span class="paper p-{}">{}</span>', chase.colour or "none", name)
