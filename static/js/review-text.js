// Selections of the speech as offsets of its body: adding a missed sentence, splitting at the caret.
(function () {
  "use strict";
  var page = window.review, $ = page.$, $$ = page.$$;

  function length(text) { return Array.from(text).length; } // code points, as the body is indexed
  function offset(node, at) { // within the nearest stretch that knows where it begins; null outside of all
    var segment = (node.nodeType === 1 ? node : node.parentNode).closest("[data-o]");
    if (!segment) return null;
    var range = document.createRange();
    range.setStart(segment, 0);
    range.setEnd(node, at);
    return Number(segment.dataset.o) + length(range.toString());
  }
  function selected(inside) { // {start, end} of the selection within an element, or null
    var selection = window.getSelection();
    if (!inside || !selection.rangeCount) return null;
    var range = selection.getRangeAt(0);
    if (!inside.contains(range.commonAncestorContainer)) return null;
    var segments = inside.matches("[data-o]") ? [inside] : $$("[data-o]", inside);
    segments = segments.filter(function (segment) { return range.intersectsNode(segment); });
    if (!segments.length) return null;
    var last = segments[segments.length - 1];
    var start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
    return {
      start: start === null ? Number(segments[0].dataset.o) : start,
      end: end === null ? Number(last.dataset.o) + length(last.textContent) : end
    };
  }
  function post(url, values) {
    var here = $("#here");
    if (here) values.here = here.value;
    window.htmx.ajax("POST", url, { source: $("#main"), swap: "none", values: values });
  }

  page.take = function () { // 补录: the selection, else the unclaimed sentence that is current
    var card = page.here(), found = selected($("#speech")), url = $("#speech").dataset.add;
    if (found && found.end > found.start) {
      window.getSelection().removeAllRanges();
      post(url, found);
    } else if (card && card.dataset.gap !== undefined) $('[data-key="t"]', card).click();
    else page.say("请先在原文中选中要补录的文字，再按 t。");
  };
  page.splitAtCaret = function () { // false when the caret is not within the quote
    var quote = $("#quote"), found = page.form() && selected(quote);
    if (!found) return false;
    var start = Number(quote.dataset.o);
    if (found.start <= start || found.start >= start + length(quote.textContent)) return false;
    post(page.form().action.replace(/accept\/$/, "split/"), { cut: found.start });
    return true;
  };
})();
