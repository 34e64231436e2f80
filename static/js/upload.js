// Drag a file onto the page, see what was chosen, hear of a file that is too large before it travels.
(function () {
  "use strict";
  var drop = document.querySelector("[data-drop]");
  if (!drop) return;
  var input = drop.querySelector("input[type=file]");
  var chosen = drop.querySelector("[data-chosen]");
  var limit = Number(drop.dataset.limit);
  drop.classList.add("sp-js"); // our own words instead of the browser's

  function size(bytes) {
    return bytes < 1024 * 1024 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
  }
  function complaint(file) {
    if (file.size === 0) return "文件是空的（0 字节），请重新选择。";
    if (file.size > limit) return "文件有 " + size(file.size) + "，超过上限 " + size(limit) + "，请只保留正文。";
    return "";
  }
  function show() {
    var file = input.files[0];
    var wrong = file ? complaint(file) : "";
    input.setCustomValidity(wrong);
    chosen.classList.toggle("bad", wrong !== "");
    drop.classList.toggle("ready", Boolean(file) && !wrong);
    chosen.textContent = file ? wrong || "已选：" + file.name + "（" + size(file.size) + "）" : "";
  }
  function over(event) {
    if (!event.dataTransfer || event.dataTransfer.types.indexOf("Files") < 0) return;
    event.preventDefault(); // the whole page takes the file: missing the box must not open it in the browser
    drop.classList.toggle("over", event.type === "dragover");
  }
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", function (event) {
    over(event);
    if (event.dataTransfer && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
  input.addEventListener("change", show);
  show();
})();
