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

  // 新增事项.
  var extra = document.getElementById("newitem");
  function showExtra(event) {
    if (!extra) return;
    if (event) event.preventDefault();
    extra.open = !extra.open;
    if (extra.open) document.getElementById("new-title").focus();
  }
  var opener = document.querySelector('[data-go="new"]');
  if (opener) opener.addEventListener("click", showExtra);

  // Time spent on this item, counted down from three minutes. Off until somebody asks for it.
  var clock = document.getElementById("clock");
  var MINUTES = 3;
  var ticking = null;
  function drawClock(started) {
    var left = MINUTES * 60 - Math.floor((Date.now() - started) / 1000);
    var shown = Math.abs(left);
    clock.textContent = (left < 0 ? "超时 " : "") + Math.floor(shown / 60) + ":" + String(shown % 60).padStart(2, "0");
    clock.classList.toggle("out", left < 0);
  }
  function startClock() {
    var started = Date.now();
    clock.hidden = false;
    drawClock(started);
    ticking = setInterval(drawClock, 1000, started);
  }
  function toggleClock() {
    var on = clock.hidden;
    localStorage.setItem("present-clock", on ? "on" : "");
    if (on) startClock();
    else {
      clearInterval(ticking);
      clock.hidden = true;
    }
  }
  var clockButton = document.querySelector('[data-go="clock"]');
  if (clockButton) clockButton.addEventListener("click", toggleClock);
  if (clock && localStorage.getItem("present-clock")) startClock();

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    var typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (typing) typing.blur();
      else if (quotes && quotes.open) showQuotes();
      else if (extra && extra.open) showExtra();
      else go("leave");
      return;
    }
    if (typing) return;
    if (event.key === "ArrowLeft" || event.key === "PageUp") go("back");
    else if (event.key === "ArrowRight" || event.key === "PageDown") go("on");
    else if (event.key === "o") showQuotes(event);
    else if (event.key === "n") showExtra(event);
    else if (event.key === "t") toggleClock();
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
