// Keys of a list: J/K or arrows choose a row, X ticks it, O or Enter opens it, ? explains. Search has its own key.
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll("table.led tbody tr[id]")), at = -1;
  var help = document.getElementById("help");
  if (!rows.length && !help) return;

  function go(index) {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("cur");
    at = Math.max(0, Math.min(rows.length - 1, index));
    rows[at].classList.add("cur");
    rows[at].querySelector("a.title").focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }
  function leave() {
    if (at < 0) return;
    rows[at].classList.remove("cur");
    if (rows[at].contains(document.activeElement)) document.activeElement.blur();
    at = -1;
  }
  function tick() {
    var box = at >= 0 && rows[at].querySelector("input[name=ids]");
    if (box) box.click();
  }
  function open() { if (at >= 0) rows[at].querySelector("a.title").click(); }
  var keys = {
    j: function () { go(at + 1); },
    k: function () { go(at < 0 ? 0 : at - 1); },
    ArrowDown: function () { go(at + 1); },
    ArrowUp: function () { go(at - 1); },
    x: tick,
    o: open,
    "?": function () { help.showModal(); }
  };
  document.addEventListener("keydown", function (event) {
    var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || (help && help.open)) return;
    if (key === "Escape") return leave();
    if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    if (event.target.closest("details[open], dialog") || !keys[key]) return;
    if (key.indexOf("Arrow") === 0 && at < 0) return; // without a row the arrows scroll
    event.preventDefault();
    keys[key]();
  });
  // Back from an item, or from a bulk change: go on from that row.
  var there = rows.findIndex(function (row) { return "#" + row.id === window.location.hash; });
  if (there >= 0) at = there;
})();
