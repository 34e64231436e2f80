// Keys, selection and scrolling of the review page. Every decision is a button on the page; keys only press them.
(function () {
  "use strict";
  var main = document.getElementById("main");
  var drafts = {}; // what was typed into a card and not decided, by its id
  var $ = function (selector, root) { return (root || document).querySelector(selector); };
  var $$ = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };
  var here = function () { return $("#cards .here"); };

  // -- where things are on the page --------------------------------------------------------------------------
  function reveal(pane, element, middle) {
    if (!pane || !element) return;
    var box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (middle) pane.scrollTop += box.top - frame.top - Math.max(40, (frame.height - box.height) / 3);
    else if (box.top < frame.top + 8 || box.height > frame.height) pane.scrollTop += box.top - frame.top - 60;
    else if (box.bottom > frame.bottom - 8) pane.scrollTop += Math.min(box.bottom - frame.bottom + 60, box.top - frame.top - 60);
  }
  function words(card) { return card && $('#speech [data-k="' + card.id + '"]'); }
  function seen(element) {
    var box = element.getBoundingClientRect(), frame = $("#speech").getBoundingClientRect();
    return box.top > frame.top + 30 && box.bottom < frame.bottom - 60;
  }
  function locate(card, always) {
    var element = words(card) || $("#speech .at");
    if (element && (always || !seen(element))) reveal($("#speech"), element, true);
  }
  // Margin markers that share a line stand side by side, in reading order.
  function place() {
    $$("#speech .prose > *").forEach(function (line) {
      var rows = {};
      $$(".mk", line).forEach(function (mark) { (rows[mark.offsetTop] = rows[mark.offsetTop] || []).push(mark); });
      Object.keys(rows).forEach(function (top) {
        var right = 10;
        rows[top].reverse().forEach(function (mark) { mark.style.marginRight = right + "px"; right += mark.offsetWidth + 4; });
      });
    });
  }
  function light(card) {
    $$("#speech .lit").forEach(function (segment) { segment.classList.remove("lit"); });
    if (card) $$('#speech [data-k="' + card.id + '"]').forEach(function (segment) { segment.classList.add("lit"); });
  }

  // -- the current card --------------------------------------------------------------------------------------
  function fit(area) { // by rows: htmx would carry a style attribute over to the next card, which the CSP forbids
    if (!area) return;
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 4 && area.rows < 6) area.rows += 1;
  }
  function form() { var card = here(); return card && $("form[action$='/accept/']", card); }
  function remember() {
    var current = $("#cards .cur form");
    if (current) drafts[current.closest(".cur").id] = new URLSearchParams(new FormData(current));
  }
  function recall() {
    var current = form(), draft = current && drafts[here().id];
    if (!draft) return;
    ["title", "due", "cycle"].forEach(function (name) { if (draft.has(name)) current.elements[name].value = draft.get(name); });
    $$("[name=lead]", current).forEach(function (radio) { radio.checked = radio.value === (draft.get("lead") || ""); });
    $$("[name=supporting]", current).forEach(function (box) { box.checked = draft.getAll("supporting").includes(box.value); });
    chips();
  }
  function chips() {
    var lead = $("#lead-chip"), radio = $("[name=lead]:checked"), co = $("#co-chips");
    if (!lead || !radio) return;
    lead.textContent = radio.value ? radio.parentNode.textContent.trim() : lead.dataset.none;
    lead.className = "chip " + (radio.value ? "lead" : "none");
    var names = $$("[name=supporting]:checked").map(function (box) { return box.parentNode.textContent.trim(); });
    co.replaceChildren.apply(co, names.length ? names.map(function (name) { return chip("chip", name); }) : [chip("muted", "无")]);
  }
  function chip(css, text) {
    var span = document.createElement("span");
    span.className = css;
    span.textContent = text;
    return span;
  }
  function stand(card) { // an unclaimed sentence becomes current without asking the server
    $$("#cards .here").forEach(function (other) { other.classList.remove("here"); });
    card.classList.add("here");
    light(card);
    reveal($("#cards"), card);
    locate(card);
    card.focus({ preventScroll: true });
  }
  function open(card) {
    if (!card || card.classList.contains("here")) return;
    if (card.dataset.gap !== undefined || card.classList.contains("cur")) return stand(card);
    var link = $(".open", card);
    if (link) link.click();
  }
  function step(by) {
    var all = $$("#cards article[id]"), at = all.indexOf(here());
    open(all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]);
  }
  function nextGap() {
    var gaps = $$("#cards [data-gap]"), card = here(), at = card ? Number(card.dataset.at) : -1;
    var next = gaps.find(function (gap) { return Number(gap.dataset.at) > at; }) || gaps[0];
    if (next) stand(next);
    else if ($(".unclaimed .miss")) location.href = "?show=gaps";
  }
  function settle() {
    place();
    fit($("#tt"));
    recall();
    $$("#found .hit").forEach(address);
    var card = here();
    light(null);
    reveal($("#cards"), card);
    locate(card);
    if (card && (document.activeElement === document.body || document.activeElement === null)) card.focus({ preventScroll: true });
  }

  // -- offsets of the body ------------------------------------------------------------------------------------
  function offset(node, at) { // code points, from the nearest segment that knows where it begins
    var segment = (node.nodeType === 1 ? node : node.parentNode).closest("[data-o]");
    if (!segment) return null;
    var range = document.createRange();
    range.setStart(segment, 0);
    range.setEnd(node, at);
    return Number(segment.dataset.o) + Array.from(range.toString()).length;
  }
  function selected(inside) {
    var selection = window.getSelection();
    if (!selection.rangeCount) return null;
    var range = selection.getRangeAt(0), segments = $$("[data-o]", inside).concat(inside.matches("[data-o]") ? [inside] : []);
    segments = segments.filter(function (segment) { return range.intersectsNode(segment); });
    if (!segments.length || !inside.contains(range.commonAncestorContainer)) return null;
    var first = segments[0], last = segments[segments.length - 1];
    var start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
    return {
      start: start === null ? Number(first.dataset.o) : start,
      end: end === null ? Number(last.dataset.o) + Array.from(last.textContent).length : end
    };
  }
  function post(url, values) {
    window.htmx.ajax("POST", url, { source: main, swap: "none", values: values });
  }
  function take() {
    var card = here(), span = selected($("#speech"));
    if (span && span.end > span.start) {
      window.getSelection().removeAllRanges();
      return post($("#speech").dataset.add, span);
    }
    if (card && card.dataset.gap !== undefined) return press("t", card);
    say("请先在原文中选中要补录的文字。");
  }
  function splitAtCaret() {
    var quote = $("#quote"), button = $(".cuts button"), span = quote && selected(quote);
    if (!span) return false;
    var end = Number(quote.dataset.o) + Array.from(quote.textContent).length;
    if (span.start <= Number(quote.dataset.o) || span.start >= end) return false;
    var action = form().action.replace(/accept\/$/, "split/");
    post(action, { cut: span.start, here: $("#here").value });
    return Boolean(button) || true;
  }
  function say(text) { $("#said").textContent = text; $("#notice").replaceChildren(chip("notice notice-warn d-block", text)); }

  // -- keys ---------------------------------------------------------------------------------------------------
  function press(key, root) {
    var button = $$("[data-key]", root).find(function (element) { return element.dataset.key === key; });
    if (button && !button.disabled) button.click();
    return Boolean(button);
  }
  function openDrawer() { return $(".cur.here .drawer[open]"); }
  function typing(target) { return target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])"); }
  function act(key) {
    var card = here();
    if (key === "j" || key === "ArrowDown") step(1);
    else if (key === "k" || key === "ArrowUp") step(-1);
    else if (key === "n") nextGap();
    else if (key === "t") take();
    else if (key === "?") $("#help").showModal();
    else if (key === "u") press("u", $("#keys"));
    else if (key === "Enter") locate(card, true);
    else if (!card) return false;
    else if (key === "e") edit();
    else if (/^[1-9]$/.test(key)) return digit(key, card);
    else if (key === "s" && splitAtCaret()) return true;
    else return press(key, card);
    return true;
  }
  function digit(key, card) {
    var drawer = openDrawer();
    if (!drawer || drawer.dataset.digits === undefined) return press(key, card);
    var button = $('[data-digit="' + key + '"]', drawer);
    if (button) button.click();
    return true;
  }
  function edit() {
    var title = $(".cur.here #tt");
    if (title) { title.focus(); title.setSelectionRange(title.value.length, title.value.length); }
  }
  function leave() { // Esc: out of the drawer, or out of the form with what stood there
    var drawer = openDrawer() || $(".cur .pick[open]"), card = here(), current = form();
    if (drawer) drawer.open = false;
    else if (current) { current.reset(); delete drafts[card.id]; chips(); fit($("#tt")); }
    if (card) card.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || $("#help").open) return;
    if (event.key === "Escape") return leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); return void press("a", here()); }
    if (event.key === "Enter" && event.target.matches("#into")) { event.preventDefault(); return event.target.parentNode.querySelector("button").click(); }
    if (event.key === "Enter" && event.target.matches("#find")) return event.preventDefault();
    if (event.key === "Enter" && event.target.closest(".opts")) { event.preventDefault(); return pickFirst(event.target); }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || !$("#keys-on").checked) return;
    if (/^(Enter|Arrow.*)$/.test(event.key) && event.target.closest("a, button, summary, input, .optlist")) return;
    if (/^Arrow/.test(event.key)) return;
    if (act(event.key)) event.preventDefault();
  });

  // -- the mouse ----------------------------------------------------------------------------------------------
  document.addEventListener("click", function (event) {
    var target = event.target, button = target.closest("button[data-key]");
    if (button && button.type === "button" && !button.dataset.lead) return void act(button.dataset.key);
    if (button && button.dataset.lead) { $('[name=lead][value="' + button.dataset.lead + '"]').checked = true; return chips(); }
    if (target.dataset.blank) { document.getElementById(target.dataset.blank).value = ""; return weekday(); }
    var link = target.closest(".mk, .s[data-k]"), card = target.closest("#cards .cc");
    if (link && $("#speech").contains(link)) {
      event.preventDefault();
      if (String(window.getSelection())) return; // somebody is selecting text
      var key = link.dataset.k || link.getAttribute("href").slice(1), there = document.getElementById(key);
      if (there) return open(there);
      location.href = "?at=" + (link.dataset.o || link.nextElementSibling.dataset.o);
    } else if (card && !target.closest("a, button, form") && !String(window.getSelection())) open(card);
    var line = target.closest("#toc a");
    if (line) { event.preventDefault(); reveal($("#speech"), $(line.getAttribute("href")), true); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[name=lead], [name=supporting]")) chips();
    if (event.target.matches("[name=lead]") && !event.target.closest(".optlist:focus-within")) event.target.closest(".pick").open = false;
    if (event.target.matches("#due")) weekday();
    if (event.target.matches("#keys-on")) localStorage.setItem("review-keys", event.target.checked ? "on" : "off");
  });
  function weekday() {
    var day = $("#due").valueAsDate;
    $("#weekday").textContent = day ? "周" + "日一二三四五六"[day.getUTCDay()] : "";
  }
  document.addEventListener("input", function (event) {
    if (event.target.id === "tt") fit(event.target);
    if (!event.target.matches(".opts input[type=search]")) return;
    var wanted = event.target.value.trim();
    $$("label", event.target.closest(".opts")).forEach(function (label) {
      label.hidden = !(label.textContent + " " + ($("input", label).dataset.words || "")).includes(wanted);
    });
  });
  function pickFirst(target) { // Enter in a filter takes the first unit left; on a unit it closes the list
    var opts = target.closest(".opts"), first = $("label:not([hidden]) input:not([value=''])", opts);
    if (target.type === "search" && target.value && first) { first.checked = first.type === "radio" || !first.checked; target.value = ""; chips(); }
    opts.closest(".pick").open = false;
    here().focus({ preventScroll: true });
  }
  document.addEventListener("toggle", function (event) { // an opened drawer takes the keyboard
    var box = event.target;
    if (!box.open || !box.matches(".pick, .drawer")) return;
    $$(".drawer[open], .pick[open]").forEach(function (other) { if (other !== box) other.open = false; });
    var field = $("input:not([type=hidden]):not([type=radio]):not([type=checkbox])", box);
    if (field) { field.focus(); field.select(); }
    reveal($("#cards"), box.querySelector(".opts"));
  }, true);

  // -- htmx ---------------------------------------------------------------------------------------------------
  function address(button) {
    var list = button.closest("[data-attach]");
    if (!list || button.hasAttribute("hx-post")) return;
    button.setAttribute("formaction", list.dataset.attach);
    button.setAttribute("hx-post", list.dataset.attach);
    window.htmx.process(button);
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!event.detail.elt.matches("#find")) remember();
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var path = event.detail.pathInfo && event.detail.pathInfo.requestPath || "", done = /candidates\/(\d+)\/\w+\/$/.exec(path);
    if (event.detail.successful && done) delete drafts["c" + done[1]];
  });
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:sendError", function () { say("没有连上服务器，刚才的操作没有保存，请稍后再按一次。"); });
  document.addEventListener("htmx:responseError", function (event) { say("操作没有完成（" + event.detail.xhr.status + "），请刷新页面后再试。"); });
  window.addEventListener("resize", place);
  if (localStorage.getItem("review-keys") === "off") $("#keys-on").checked = false;
  settle();
  locate(here(), true);
  if (document.fonts) document.fonts.ready.then(place);
})();
