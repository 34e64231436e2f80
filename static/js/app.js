// Keys and small conveniences every page shares. Pages work without it.
(function () {
  "use strict";
  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") {
      var search = document.querySelector('[data-key="/"]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });
  // A form or button with data-confirm asks first; one with data-once cannot be sent twice.
  document.addEventListener("submit", function (event) {
    var asker = event.submitter && event.submitter.dataset.confirm ? event.submitter : event.target;
    if (asker.dataset.confirm && !window.confirm(asker.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    if (event.target.dataset.once !== undefined && event.submitter) {
      window.setTimeout(function () {
        event.submitter.disabled = true;
      }, 0);
    }
  });
  // Selects with data-autosubmit send their form.
  document.addEventListener("change", function (event) {
    if (event.target.dataset.autosubmit !== undefined) event.target.form.requestSubmit();
  });
})();
