// A long list of departments gets a field that narrows it. The list works without.
(function () {
  "use strict";
  document.querySelectorAll("[data-pick-list]").forEach(function (list) {
    var labels = Array.prototype.slice.call(list.querySelectorAll("label"));
    if (labels.length < 12) return;
    var find = document.createElement("input");
    find.type = "search";
    find.className = "form-control find";
    find.placeholder = "输入几个字筛选单位";
    find.setAttribute("aria-label", "筛选配合单位");
    find.addEventListener("input", function () {
      var wanted = find.value.trim();
      labels.forEach(function (label) {
        var box = label.querySelector("input");
        label.parentNode.hidden = wanted !== "" && label.textContent.indexOf(wanted) < 0 && !box.checked;
      });
    });
    find.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault();
    });
    list.insertBefore(find, list.firstChild);
  });
  // ← → open the previous and the next item of the list.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select, details[open]")) return;
    var rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var link = rel && document.querySelector('.crumb a[rel="' + rel + '"]');
    if (link) link.click();
  });
})();
