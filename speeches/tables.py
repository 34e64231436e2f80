"""The list of speeches."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import InvalidPage
from django.http import QueryDict

from speeches.models import Speech

PAGE_SIZES = (20, 50, 100)


class SpeechTable(tables.Table):
    """Rows need `with_counts`."""

    title = tables.TemplateColumn(
        template_name="speeches/cells/title.html",
        order_by=("title", "file_name"),
        attrs={"td": {"class": "w-title"}},
    )
    speaker = tables.Column(default="—", attrs={"td": {"class": "nw"}})
    held_on = tables.DateColumn(format="Y年n月j日", default="—", attrs={"td": {"class": "nw"}})
    kind = tables.Column(default="—", attrs={"td": {"class": "nw"}})
    state = tables.TemplateColumn(template_name="speeches/cells/state.html", attrs={"td": {"class": "nw"}})
    counts = tables.TemplateColumn(
        template_name="speeches/cells/counts.html",
        verbose_name="已处理／候选",
        order_by=("decided_count", "candidate_count"),
        attrs={"td": {"class": "nw"}},
    )
    uploaded_at = tables.TemplateColumn(
        template_name="speeches/cells/uploaded.html", verbose_name="上传", attrs={"td": {"class": "nw"}}
    )

    class Meta:
        model = Speech
        fields: ClassVar[tuple[str, ...]] = ()
        sequence = ("title", "speaker", "held_on", "kind", "state", "counts", "uploaded_at")
        order_by = ("-uploaded_at",)
        attrs: ClassVar[dict[str, str]] = {"class": "t led"}
        row_attrs: ClassVar[dict[str, Any]] = {"id": lambda record: f"s{record.pk}"}
        empty_text = "没有符合条件的讲话"
        template_name = "tables/table.html"

    def __init__(self, *args: Any, query: QueryDict, **kwargs: Any) -> None:
        """`query` is the page's query string: it says order, page and page size, and the links are built on it."""
        super().__init__(*args, order_by=query.get("sort") or None, **kwargs)
        self.query, self.url, self.sizes = query, "", PAGE_SIZES
        wanted = query.get("per_page", "")
        size = int(wanted) if wanted in map(str, PAGE_SIZES) else PAGE_SIZES[0]
        try:
            self.paginate(page=query.get("page", 1), per_page=size)
        except InvalidPage:
            self.paginate(page=1, per_page=size)
