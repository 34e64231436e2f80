// Ticking rows: the count, the whole page, the whole list, shift-click ranges; menus; columns. All works without it.
(function () {
  "use strict";
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  // One open drop-down at a time; Escape or a click elsewhere closes it.
  var drops = all("details.drop");
  function shut(except) { drops.forEach(function (drop) { if (drop !== except) drop.open = false; }); }
  drops.forEach(function (drop) {
    drop.addEventListener("toggle", function () { if (drop.open) shut(drop); });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") shut(null); });
  document.addEventListener("click", function (event) { if (!event.target.closest("details.drop")) shut(null); });

  // A big bulk change goes on by itself.
  var auto = document.querySelector("form[data-auto]");
  if (auto) window.setTimeout(function () { auto.submit(); }, 300);

  // What was just done can be put out of sight.
  all("[data-dismissable]").forEach(function (bar) {
    var key = "dismissed-" + bar.dataset.dismissable, button = document.createElement("button");
    if (window.sessionStorage.getItem(key)) { bar.hidden = true; return; }
    button.type = "button";
    button.className = "linklike";
    button.textContent = "×";
    button.setAttribute("aria-label", "收起");
    button.addEventListener("click", function () { window.sessionStorage.setItem(key, "1"); bar.hidden = true; });
    bar.appendChild(button);
  });

  // Columns: arrows in place of the numbers.
  all("form[data-columns]").forEach(function (form) {
    var list = form.querySelector("ol");
    function number() { all("li", list).forEach(function (row, index) { row.querySelector(".at").value = index + 1; }); }
    function arrow(row, sign, word, move) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "linklike";
      button.textContent = sign;
      button.setAttribute("aria-label", row.querySelector("label").textContent.trim() + word);
      button.addEventListener("click", function () { move(); number(); button.focus(); });
      row.appendChild(button);
    }
    all("li", list).forEach(function (row) {
      row.querySelector(".at").type = "hidden";
      arrow(row, "↑", "上移", function () { if (row.previousElementSibling) list.insertBefore(row, row.previousElementSibling); });
      arrow(row, "↓", "下移", function () { if (row.nextElementSibling) list.insertBefore(row.nextElementSibling, row); });
    });
  });

  var form = document.querySelector("form.picking");
  if (!form) return;
  var boxes = all("input[name=ids]", form);
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
  function tickAll(value) { boxes.forEach(function (box) { box.checked = value; }); }
  page.hidden = false;
  page.addEventListener("change", function () { tickAll(page.checked); whole.checked = false; refresh(); });
  whole.addEventListener("change", function () { tickAll(whole.checked); refresh(); });
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
