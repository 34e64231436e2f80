// Keys and mouse. Every decision is a button on the page; a key only presses it.
(function () {
  "use strict";
  var page = window.review, $ = page.$, $$ = page.$$, here = page.here;

  function press(key, root) {
    var button = $$("[data-key]", root).find(function (element) { return element.dataset.key === key; });
    if (!button) return false;
    if (!button.disabled) button.click();
    if (button.matches("summary")) unfold(button.parentNode); // at once: the next key may be on its way already
    return true;
  }
  function unfold(box) { // an opened list takes the keyboard and closes the others
    if (!box.open) return;
    $$(".drawer[open], .pick[open]").forEach(function (other) { if (other !== box) other.open = false; });
    var field = $("input:not([type=hidden]):not([type=radio]):not([type=checkbox])", box);
    if (field && document.activeElement !== field) { field.focus(); field.select(); }
    page.reveal($("#cards"), $(".opts", box));
  }
  function drawer() { return $(".cur.here .drawer[open]"); }
  function digit(key, card) { // in an open drawer the numbers choose in it, else they take a suggested unit
    var open = drawer(), button = open && $('[data-digit="' + key + '"]', open);
    if (!open || open.dataset.digits === undefined) return press(key, card);
    if (button) button.click();
    return true;
  }
  function edit() {
    var title = $(".cur.here #tt");
    if (!title) return;
    title.focus();
    title.setSelectionRange(title.value.length, title.value.length);
  }
  var anywhere = {
    j: function () { page.step(1); },
    k: function () { page.step(-1); },
    n: page.nextGap,
    t: page.take,
    u: function () { press("u", $("#keys")); },
    "?": function () { $("#help").showModal(); },
    Enter: function () { page.locate(here(), true); }
  };
  function act(key) { // true when the key meant something
    var card = here();
    if (anywhere[key]) anywhere[key]();
    else if (!card) return false;
    else if (key === "e") edit();
    else if (/^[1-9]$/.test(key)) return digit(key, card);
    else if (key === "s" && page.splitAtCaret()) return true;
    else return press(key, card);
    return true;
  }
  function escape() { // out of the open list, or out of the form with what stood there
    var open = drawer() || $(".cur .pick[open]"), card = here();
    if (open) open.open = false;
    else page.forget();
    if (card) card.focus({ preventScroll: true });
  }
  function pick(target) { // Enter in a filter takes the first unit left; on a unit it closes the list
    var list = target.closest(".opts"), first = $("label:not([hidden]) input:not([value=''])", list);
    if (target.type === "search" && target.value && first) {
      first.checked = first.type === "radio" || !first.checked;
      target.value = "";
      page.chips();
    }
    list.closest(".pick").open = false;
    here().focus({ preventScroll: true });
  }
  function enter(target) { // Enter inside the card's form; true when it was meant for a field
    var hit = $("#found .hit");
    if (target.id === "into") $("button", target.parentNode).click();
    else if (target.id === "find" && hit) hit.focus();
    else if (target.id !== "find" && target.closest(".opts")) pick(target);
    else return target.matches("#find, #due");
    return true;
  }
  function typing(target) {
    return target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
  }
  document.addEventListener("keydown", function (event) {
    var key = event.key, target = event.target;
    if (event.isComposing || event.keyCode === 229 || $("#help").open) return;
    if (key === "Escape") return void escape();
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) { if (press("a", here() || document)) event.preventDefault(); return; }
    if (key === "Enter" && enter(target)) return void event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey || typing(target) || !$("#keys-on").checked) return;
    if (key === "Enter" && target.closest("a, button, summary, input")) return;
    if (act(key)) event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var target = event.target, button = target.closest("button[type=button]");
    if (button && button.dataset.lead) {
      $('[name=lead][value="' + button.dataset.lead + '"]').checked = true;
      return page.chips();
    }
    if (button && button.dataset.blank) { document.getElementById(button.dataset.blank).value = ""; return page.weekday(); }
    if (button && button.dataset.key) return void act(button.dataset.key);
    if (String(window.getSelection())) return; // somebody is selecting text
    var words = target.closest("#speech .mk, #speech .s[data-k]"), card = target.closest("#cards .cc"), line = target.closest("#toc a");
    if (words || line) event.preventDefault();
    if (line) page.reveal($("#speech"), $(line.getAttribute("href")), true);
    if (words) {
      var there = document.getElementById(words.dataset.k || words.getAttribute("href").slice(1));
      if (there) page.open(there);
      else location.href = "?at=" + (words.dataset.o || words.nextElementSibling.dataset.o);
    } else if (card && !target.closest("a, button, form")) page.open(card);
  });
  document.addEventListener("change", function (event) {
    var target = event.target;
    if (target.matches("[name=lead], [name=supporting]")) page.chips();
    if (target.id === "due") page.weekday();
    if (target.id === "keys-on") localStorage.setItem("review-keys", target.checked ? "on" : "off");
  });
  document.addEventListener("input", function (event) {
    if (event.target.id === "tt") page.fit(event.target);
    if (!event.target.matches(".opts input[type=search]")) return;
    var wanted = event.target.value.trim();
    $$("label", event.target.closest(".opts")).forEach(function (label) {
      label.hidden = !(label.textContent + " " + ($("input", label).dataset.words || "")).includes(wanted);
    });
  });
  document.addEventListener("toggle", function (event) {
    if (event.target.matches(".pick, .drawer")) unfold(event.target);
  }, true);
  if (localStorage.getItem("review-keys") === "off") $("#keys-on").checked = false;
  // The footer is redrawn by every decision; the switch keeps its place.
  document.addEventListener("htmx:afterSettle", function () {
    $("#keys-on").checked = localStorage.getItem("review-keys") !== "off";
  });
})();
