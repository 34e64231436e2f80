// Ticking rows: the count, the whole page, the whole list, shift-click ranges. The buttons work without it.
(function () {
  "use strict";
  var form = document.querySelector("form.picking");
  if (!form) return;
  var boxes = Array.prototype.slice.call(form.querySelectorAll("input[name=ids]"));
  var page = form.querySelector("[data-pick-all]");
  var whole = form.querySelector("[data-pick-whole]");
  var count = form.querySelector("[data-pick-count]");
  var last = null;

  function refresh() {
    var ticked = boxes.filter(function (box) { return box.checked; }).length;
    count.textContent = "已选 " + (whole.checked ? form.dataset.total : ticked) + " 件";
    page.checked = boxes.length > 0 && ticked === boxes.length;
    page.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  function tickAll(value) {
    boxes.forEach(function (box) { box.checked = value; });
  }
  page.hidden = false;
  page.addEventListener("change", function () {
    tickAll(page.checked);
    whole.checked = false;
    refresh();
  });
  whole.addEventListener("change", function () {
    tickAll(whole.checked);
    refresh();
  });
  boxes.forEach(function (box, index) {
    box.addEventListener("click", function (event) {
      if (event.shiftKey && last !== null) {
        for (var i = Math.min(last, index); i <= Math.max(last, index); i++) boxes[i].checked = box.checked;
      }
      last = index;
      whole.checked = false;
      refresh();
    });
  });
  // A reset takes effect after its event.
  form.addEventListener("reset", function () { window.setTimeout(function () { tickAll(false); refresh(); }, 0); });
  // One open drop-down at a time; Escape closes it.
  var drops = Array.prototype.slice.call(form.querySelectorAll("details.drop"));
  drops.forEach(function (drop) {
    drop.addEventListener("toggle", function () {
      if (drop.open) drops.forEach(function (other) { if (other !== drop) other.open = false; });
    });
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Escape") drops.forEach(function (drop) { drop.open = false; });
  });
  // Enter in a field of a drop-down presses that drop-down's button, not the first of the form.
  form.addEventListener("keydown", function (event) {
    var drop = event.target.closest("details.drop");
    if (event.key === "Enter" && drop && event.target.matches("input")) {
      event.preventDefault();
      drop.querySelector("button[name=action]").click();
    }
  });
  refresh();
})();
