// Choosing among many departments by typing: the native field stays, and is what the form sends.
// select[data-units] gets a text field with a list that narrows; [data-unit-boxes] gets a field that narrows its boxes.
(function () {
  "use strict";
  function fits(element, wanted) {
    var low = wanted.toLowerCase();
    return (element.textContent + " " + (element.dataset.words || "")).toLowerCase().includes(low);
  }
  function enhance(select) {
    var box = document.createElement("span"), field = document.createElement("input"), list = document.createElement("ul");
    var options = Array.prototype.slice.call(select.options), at = -1;
    box.className = "unit-pick " + (select.classList.contains("f-lead") ? "f-lead" : "");
    field.className = "form-control";
    field.type = "text";
    field.autocomplete = "off";
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-label", select.getAttribute("aria-label") || (select.labels[0] ? select.labels[0].textContent : "单位"));
    list.id = select.id + "-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.getAttribute("aria-label"));
    field.setAttribute("aria-controls", list.id);
    var rows = options.map(function (option, index) {
      var row = document.createElement("li");
      row.textContent = option.textContent;
      row.dataset.words = option.dataset.words || "";
      row.id = list.id + "-" + index;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.addEventListener("mousedown", function (event) { event.preventDefault(); take(index); });
      list.appendChild(row);
      return row;
    });
    function shown() { return rows.filter(function (row) { return !row.hidden; }); }
    function mark(row) {
      rows.forEach(function (other) { other.setAttribute("aria-selected", String(other === row)); });
      if (row) { field.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); }
      else field.removeAttribute("aria-activedescendant");
    }
    function open(wanted) {
      rows.forEach(function (row) { row.hidden = !fits(row, wanted); });
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      at = wanted ? 0 : -1;
      mark(shown()[at]);
    }
    function close() {
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.value = select.value ? select.selectedOptions[0].textContent : "";
    }
    function take(index) {
      select.selectedIndex = index;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    }
    field.placeholder = options[0] && !options[0].value ? options[0].textContent : "";
    field.addEventListener("focus", function () { field.select(); open(""); });
    field.addEventListener("click", function () { if (list.hidden) open(""); });
    field.addEventListener("input", function () { if (!field.value) select.selectedIndex = 0; open(field.value.trim()); });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", function (event) {
      var left = shown();
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open("");
        else { at = Math.max(0, Math.min(left.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))); mark(left[at]); }
      } else if (event.key === "Enter" && !list.hidden && left[at]) {
        event.preventDefault();
        event.stopPropagation();
        take(rows.indexOf(left[at]));
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
    if (select.form) select.form.addEventListener("reset", function () { window.setTimeout(close, 0); });
    if (select.labels[0]) { field.id = select.id + "-typed"; select.labels[0].htmlFor = field.id; }
    select.hidden = true;
    box.append(field, list);
    select.after(box);
    close();
  }
  function narrow(boxes) {
    var labels = Array.prototype.slice.call(boxes.querySelectorAll("label"));
    if (labels.length < 8) return;
    var field = document.createElement("input");
    field.type = "search";
    field.className = "form-control";
    field.placeholder = "输入名称或拼音首字母查找";
    field.setAttribute("aria-label", "查找单位");
    field.addEventListener("input", function () {
      labels.forEach(function (label) { label.hidden = !fits(label, field.value.trim()); });
    });
    field.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    boxes.before(field);
  }
  document.querySelectorAll("select[data-units]").forEach(enhance);
  document.querySelectorAll("[data-unit-boxes]").forEach(narrow);
})();
