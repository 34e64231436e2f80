"""The pages for what goes wrong: one sentence what happened, one what to do."""

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    # Without the request's context, which asks the database: that may be what has failed.
    page = render_to_string("errors/error.html", {"title": title, "advice": advice})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, with what to do where we know it."""
    if isinstance(exception, DisallowedHost):
        advice = "请改用系统管理员给出的地址。管理员：把这个主机名加入 ALLOWED_HOSTS 后重新启动。"
        return _page(request, 400, "不能用这个地址访问本系统", advice)
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 400, "提交的内容太长", "请返回上一页，只保留需要的文字，或改为上传文件。")
    return _page(request, 400, "提交的内容无法识别", "请返回上一页重新填写；若仍不行，请联系系统管理员。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, "您没有权限进行此操作", "如工作需要，请联系系统管理员调整角色。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for what exists but is not this person's to see."""
    return _page(request, 404, "没有找到这个页面", "内容可能已被移走，或不在您的查看范围内。")


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        "系统出现意外错误",
        "已记入日志，您填写的内容可返回上一页找回；请稍后再试或联系系统管理员。",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the session."""
    return _page(
        request, 403, "页面已过期，提交未生效", "请返回上一页刷新后重新提交，已填写的文字可先复制保存。"
    )
