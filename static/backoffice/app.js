// What the pages do beside being pages: one field that "/" focuses, confirmations, bulk choice, modals.
"use strict";
const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); const find = $("[data-find]"); find.focus(); find.select(); }
});

// Buttons with data-confirm ask first, in a dialog; the form is sent only after "yes".
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.sure) return;
  event.preventDefault();
  const dialog = $("#confirm");
  $("[data-question]", dialog).textContent = button.dataset.confirm;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    button.dataset.sure = "1";
    button.click();
    delete button.dataset.sure;
  }, { once: true });
  dialog.showModal();
});

// Choosing rows of a list shows the bar with what can be done to them together; here it learns to count.
for (const form of all("[data-bulk]")) {
  const bar = $(".bulk", form), found = $("[data-all-found]", form);
  if (!bar) continue;
  const boxes = () => all("input[name=rowid]", form);
  const refresh = () => {
    const chosen = found?.checked ? Number(found.dataset.allFound) : boxes().filter((box) => box.checked).length;
    $("[data-chosen]", bar).hidden = false;
    $("[data-count]", bar).textContent = chosen.toLocaleString(document.documentElement.lang);
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-all], [data-all-found]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    else if (found && !event.target.checked) found.checked = false;
    refresh();
  });
  refresh();
}

// Views that somebody keeps for themselves on this device: tabs beside those of the list.
for (const tabs of all("[data-views]")) {
  const kept = `views-${tabs.dataset.views}`, here = location.pathname + location.search;
  const read = () => { try { return JSON.parse(localStorage.getItem(kept)) || []; } catch { return []; } };
  const write = (views) => { try { localStorage.setItem(kept, JSON.stringify(views)); } catch { /* a browser that keeps nothing */ } location.reload(); };
  for (const view of read().filter((each) => each.address.startsWith(`${location.pathname}?`))) {
    const tab = Object.assign(document.createElement("a"), { href: view.address, textContent: view.name });
    if (view.address === here) tab.setAttribute("aria-current", "page");
    tabs.append(tab);
  }
  if (!location.search || $("[aria-current]:not([data-own])", tabs)?.getAttribute("href") === here && !read().some((each) => each.address === here)) continue;
  const known = read().some((each) => each.address === here);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: known ? tabs.dataset.drop : `+ ${tabs.dataset.add}` });
  button.addEventListener("click", () => {
    if (known) { write(read().filter((each) => each.address !== here)); return; }
    const name = prompt(tabs.dataset.name, "")?.trim().slice(0, 40);
    if (name) write([...read(), { name, address: here }].slice(-12));
  });
  tabs.append(button);
}

// Links with data-modal open their page's form in a dialog; errors come back into the dialog.
const modal = $("#modal");
async function showInModal(url, options) {
  const answer = await fetch(url, { ...options, redirect: "manual", headers: { "X-Requested-With": "modal" } });
  if (answer.type === "opaqueredirect") { location.reload(); return; }  // saved; following it here would eat the message
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  $("[data-modal-body]", modal).replaceChildren(...page.body.childNodes);
  if (!modal.open) modal.showModal();
  document.dispatchEvent(new CustomEvent("parts-added", { detail: modal }));
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-modal]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const url = new URL(link.href);
    url.searchParams.set("modal", "1");
    showInModal(url);
  }
  if (event.target.closest("[data-close]")) { event.preventDefault(); modal.close(); }
  const open = event.target.closest("details.who, details.menu");
  for (const details of all("details.who[open], details.menu[open]")) if (details !== open) details.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]"), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (menu && step) {
    const deeds = all("a, button", menu), next = deeds.indexOf(document.activeElement) + step;
    event.preventDefault();
    deeds[(next + deeds.length) % deeds.length].focus();
  }
  if (event.key !== "Escape") return;
  for (const details of all("details.who[open], details.menu[open]")) { details.open = false; $("summary", details).focus(); }
});

// What is closed here stays closed on the next pages.
for (const button of all("[data-dismiss]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.cookie = `${button.dataset.dismiss}=seen; path=/admin; max-age=2592000; samesite=lax`;
    button.closest(`[data-${button.dataset.dismiss}]`).remove();
  });
}
modal?.addEventListener("submit", (event) => {
  event.preventDefault();
  showInModal(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter) });
});

// The filters of a list are fetched when they are asked for: their choices are long.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-panel]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const shown = $(".sheet", link.parentElement);
  if (shown) { shown.hidden = !shown.hidden; return; }
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  for (const kept of all("input[type=hidden]", link.parentElement)) kept.remove();
  link.after($(".narrow .sheet", page));
});

// Ticking a permission ticks what it is of no use without.
document.addEventListener("change", (event) => {
  const { needs } = event.target.dataset;
  if (!needs || !event.target.checked) return;
  for (const box of all(`input[name="${event.target.name}"]`, event.target.form)) if (needs.split(" ").includes(box.value)) box.checked = true;
});

// A sent form can't be sent twice.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "1";
  setTimeout(() => { delete event.target.dataset.sent; }, 5000);
});
