// The preview of new prices: its button says how many are ticked.
"use strict";
{
  const form = document.querySelector("[data-repricing]"), button = form.querySelector("[data-forms]"), told = form.querySelector("[data-ticked]");
  const language = document.documentElement.lang, rules = new Intl.PluralRules(language);
  const [one, few, many] = button.dataset.forms.split("|");
  const all = form.querySelector("[data-all-seen]"), boxes = () => [...form.querySelectorAll("[name=seen]")];
  const refresh = () => {
    const ticked = boxes().filter((box) => box.checked).length, written = ticked.toLocaleString(language);
    button.textContent = ({ one, few }[rules.select(ticked)] || many).replace("#", written);
    button.disabled = ticked === 0;
    told.hidden = false;
    told.textContent = button.dataset.tickedWord.replace("#", written);
    all.checked = ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    refresh();
  });
  refresh();
  document.querySelector("#preview").focus({ preventScroll: true });
  document.querySelector("#preview").scrollIntoView({ block: "start" });
}
