// Keys of the projector. Every key has a visible link; single keys are off inside inputs and while an IME composes.
(function () {
  "use strict";
  var quotes = document.getElementById("quotes");
  function go(name) {
    var link = document.querySelector('[data-go="' + name + '"]');
    if (link) link.click();
  }
  function showQuotes(event) {
    if (!quotes) return;
    if (event) event.preventDefault();
    quotes.open = !quotes.open;
  }
  var link = document.querySelector('[data-go="quotes"]');
  if (link) link.addEventListener("click", showQuotes);

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    var typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) typing.blur();
      else if (quotes && quotes.open) showQuotes();
      else go("leave");
      return;
    }
    if (typing) return;
    if (event.key === "ArrowLeft" || event.key === "PageUp") go("back");
    else if (event.key === "ArrowRight" || event.key === "PageDown") go("on");
    else if (event.key === "o") showQuotes(event);
    else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      var text = document.getElementById("ruling-text");
      if (text) {
        event.preventDefault();
        text.focus();
      }
    }
  });
  // Filling in a date or a department chooses the handling it belongs to.
  document.addEventListener("input", function (event) {
    var kind = event.target.dataset.for;
    var radio = kind && document.querySelector('[name="kind"][value="' + kind + '"]');
    if (radio && event.target.value) radio.checked = true;
  });
})();
