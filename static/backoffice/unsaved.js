// What is typed and not saved yet: leaving asks first, also from a form that came back refused; and choosing between two versions.
"use strict";
{
  // A form that the server sent back holds what is not saved; in any other it begins with the first letter.
  const guarded = () => [...document.querySelectorAll("form[data-guard]")];
  document.addEventListener("input", (event) => { const form = event.target.closest?.("form[data-guard]"); if (form) form.dataset.unsaved = ""; });
  document.addEventListener("submit", (event) => { delete event.target.dataset.unsaved; });
  addEventListener("beforeunload", (event) => { if (guarded().some((form) => "unsaved" in form.dataset)) event.preventDefault(); });

  const tell = (form) => {
    const told = form.querySelector("[data-choosing]");
    if (!told) return;
    const clashes = [...form.querySelectorAll("[data-clash]")], open = clashes.filter((clash) => !clash.querySelector(":checked"));
    const chosen = document.createElement("b"), left = open.map((clash) => `«${clash.dataset.clash}»`).join(", ");
    chosen.textContent = told.dataset.chosen.replace("{done}", clashes.length - open.length).replace("{all}", clashes.length);
    told.replaceChildren(chosen, open.length ? ` ${told.dataset.left.replace("{names}", left)}` : "");
  };
  const start = (root) => { for (const told of root.querySelectorAll("[data-choosing]")) tell(told.closest("form")); };
  document.addEventListener("change", (event) => { if (event.target.closest?.("[data-clash]")) tell(event.target.form); });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-take-theirs]");
    if (!all) return;
    event.preventDefault();
    for (const box of all.form.querySelectorAll("[data-clash] input[value=theirs]")) box.checked = true;
    all.form.dataset.unsaved = "";
    tell(all.form);
  });
  document.addEventListener("parts-added", (event) => start(event.detail));
  start(document);
}
