// Shows only the fields of the chosen scope. Without it all of them are there, and the others are ignored.
(() => {
  const radios = document.querySelectorAll('input[type=radio][name=source]');
  if (!radios.length) return;
  const show = () => {
    const chosen = [...radios].find((radio) => radio.checked);
    document.querySelectorAll('[data-for]').forEach((box) => { box.hidden = Boolean(chosen) && box.dataset.for !== chosen.value; });
  };
  radios.forEach((radio) => radio.addEventListener('change', show));
  show();
})();
