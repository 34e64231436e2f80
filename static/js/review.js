// The review page: what is current, where it stands in both panes, what was typed. Keys and text: review-*.js.
(function () {
  "use strict";
  var drafts = {}; // what was typed into a card and not decided, by its id
  var $ = function (selector, root) { return (root || document).querySelector(selector); };
  var $$ = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };
  var here = function () { return $("#cards .here"); };
  var form = function () { return $("#cards .cur.here form"); };

  // -- where things are on the page ---------------------------------------------------------------------------
  function reveal(pane, element, middle) {
    if (!pane || !element) return;
    var box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    var up = box.top - frame.top;
    if (middle) pane.scrollTop += up - Math.max(40, (frame.height - box.height) / 3);
    else if (up < 8 || box.height > frame.height) pane.scrollTop += up - 60;
    else if (box.bottom > frame.bottom - 8) pane.scrollTop += Math.min(box.bottom - frame.bottom + 60, up - 60);
  }
  function seen(element) {
    var box = element.getBoundingClientRect(), frame = $("#speech").getBoundingClientRect();
    return box.top > frame.top + 30 && box.bottom < frame.bottom - 60;
  }
  function locate(card, always) {
    var element = (card && $('#speech [data-k="' + card.id + '"]')) || $("#speech .at");
    if (element && (always || !seen(element))) reveal($("#speech"), element, true);
  }
  function place() { // margin markers that share a line stand side by side, in reading order
    var marks = $$("#speech .mk").map(function (mark) { // measured in one go, then moved: else every line is laid out anew
      return { mark: mark, line: mark.parentNode, top: mark.offsetTop, width: mark.offsetWidth };
    });
    var right = 10;
    marks.reverse().forEach(function (one, at) {
      var after = marks[at - 1];
      right = after && after.line === one.line && after.top === one.top ? right + after.width + 4 : 10;
      one.mark.style.marginRight = right + "px";
    });
  }
  function light(card) {
    $$("#speech .lit").forEach(function (segment) { segment.classList.remove("lit"); });
    if (card) $$('#speech [data-k="' + card.id + '"]').forEach(function (segment) { segment.classList.add("lit"); });
  }

  // -- the current card ---------------------------------------------------------------------------------------
  function fit(area) { // by rows: htmx would carry a style attribute over to the next card, which the CSP forbids
    if (!area) return;
    area.rows = 1;
    while (area.scrollHeight > area.clientHeight + 4 && area.rows < 6) area.rows += 1;
  }
  function span(css, text) {
    var element = document.createElement("span");
    element.className = css;
    element.textContent = text;
    return element;
  }
  function chips() { // show what the radio buttons and boxes say
    var lead = $("#lead-chip"), radio = $("[name=lead]:checked");
    if (!lead || !radio) return;
    lead.textContent = radio.value ? radio.parentNode.textContent.trim() : lead.dataset.none;
    lead.className = "chip " + (radio.value || "known" in lead.dataset ? "lead" : "none");
    var chosen = $$("[name=supporting]:checked").map(function (box) { return span("chip", box.parentNode.textContent.trim()); });
    var list = $("#co-chips");
    list.replaceChildren.apply(list, chosen.length ? chosen : [span("muted", "无")]);
  }
  function weekday() {
    var day = $("#due").valueAsDate;
    $("#weekday").textContent = day ? "周" + "日一二三四五六"[day.getUTCDay()] : "";
  }
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
    weekday();
  }
  function forget() {
    var current = form();
    if (!current) return;
    current.reset();
    delete drafts[here().id];
    chips();
    weekday();
    fit($("#tt"));
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
    if (card.dataset.gap !== undefined || card.classList.contains("cur")) stand(card);
    else $(".open", card).click();
  }
  function step(by) {
    var all = $$("#cards article[data-at]"), at = all.indexOf(here());
    open(all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]);
  }
  function nextGap() {
    var gaps = $$("#cards [data-gap]"), card = here(), at = card ? Number(card.dataset.at) : -1;
    var next = gaps.find(function (gap) { return Number(gap.dataset.at) > at; }) || gaps[0];
    if (next) stand(next);
    else if ($(".unclaimed .miss")) location.href = "?show=gaps";
    else say("没有未认领的指令句。");
  }
  function say(text) {
    $("#said").textContent = text;
    $("#notice").replaceChildren(span("notice notice-warn d-block", text));
  }
  function settle() {
    var card = here();
    place();
    fit($("#tt"));
    recall();
    light(card && !card.classList.contains("cur") ? card : null);
    reveal($("#cards"), card);
    locate(card);
    if (card && (!document.activeElement || document.activeElement === document.body)) card.focus({ preventScroll: true });
  }

  // -- answers of the server ----------------------------------------------------------------------------------
  function dress(button) { // a found item can be merged into: the list itself does not know of which card
    var list = button.closest("[data-attach]");
    if (!list || button.hasAttribute("hx-post")) return;
    button.setAttribute("formaction", list.dataset.attach);
    button.setAttribute("hx-post", list.dataset.attach);
    window.htmx.process(button);
  }
  function ours(event) { // not the count of messages in the head of the page, which must not disturb who is typing
    return ((event.detail.pathInfo || {}).requestPath || "").includes("/speeches/");
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.elt.id === "find" || !ours(event)) return;
    remember();
    // Else htmx hands the focus on to the next card's field of the same id, and keys would type there.
    if (document.activeElement && document.activeElement.closest(".cur")) document.activeElement.blur();
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var done = /candidates\/(\d+)\/\w+\/$/.exec((event.detail.pathInfo || {}).requestPath || "");
    if (event.detail.successful && done) delete drafts["c" + done[1]];
  });
  var due = false; // an answer has many pieces and each one reports; the page is set right once
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.elt.id === "found") return $$("#found .hit").forEach(dress);
    if (!ours(event)) return;
    if (!due) window.requestAnimationFrame(function () { due = false; settle(); });
    due = true;
  });
  document.addEventListener("htmx:sendError", function (event) { if (ours(event)) say("没有连上服务器，刚才的操作没有保存，请稍后再按一次。"); });
  document.addEventListener("htmx:responseError", function (event) {
    if (ours(event)) say("操作没有完成（" + event.detail.xhr.status + "），请刷新页面后再试。");
  });
  window.addEventListener("resize", place);

  window.review = {
    $: $, $$: $$, here: here, form: form, reveal: reveal, locate: locate, chips: chips, weekday: weekday, fit: fit,
    forget: forget, open: open, step: step, nextGap: nextGap, say: say
  };
  settle();
  locate(here(), true);
  if (document.fonts) document.fonts.ready.then(place);
})();
