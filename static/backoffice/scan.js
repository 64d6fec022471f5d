// Scanning into the lines of a deed: a scanner types the code and Enter; a known code becomes a line, an unknown one a question.
"use strict";
{
  const form = document.querySelector("[data-deed]");
  const [scan, lines, unknown] = ["[data-scan]", "[data-lines]", "[data-unknown]"].map((part) => form.querySelector(part));
  let code = "";
  const add = (found) => {
    unknown.hidden = true;
    const same = [...lines.querySelectorAll("[name=edition_id]")].find((input) => input.value === String(found.id));
    if (same) {
      const quantity = same.closest("tr").querySelector("[name=quantity]");
      quantity.value = Number(quantity.value || 0) + 1;
      quantity.focus();
      quantity.select();
      return;
    }
    const row = form.querySelector("[data-line]").content.cloneNode(true);
    row.querySelector("[name=edition_id]").value = found.id;
    row.querySelector("[data-title]").textContent = found.text;
    row.querySelector("[data-note]").textContent = found.note;
    row.querySelector("[data-on-hand]").textContent = found.on_hand;
    lines.append(row);
    const quantity = lines.lastElementChild.querySelector("[name=quantity]"); quantity.focus(); quantity.select();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const ask = async (text) => {
    const url = new URL(form.dataset.codeUrl, location.href); url.searchParams.set("q", text);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }), found = await answer.json();
    if (answer.ok) { add(found); return; }
    code = found.code || "";
    unknown.querySelector("[data-told]").textContent = found.detail || "";
    const link = unknown.querySelector("[data-new-game]");
    if (link) { const target = new URL(link.dataset.url, location.href); target.searchParams.set("ean13", code); link.href = target; }
    unknown.hidden = false;
  };
  scan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const text = scan.value.trim(), codeLike = /^[\d\s-]{8,16}$/.test(text) || /^[A-Za-z]+-[\w.-]+$/.test(text);
    event.preventDefault();
    if (!codeLike) return;  // a title: the list below the field chooses
    event.stopImmediatePropagation();
    scan.value = ""; scan.dispatchEvent(new Event("blur"));
    ask(text);
  }, true);
  form.addEventListener("picked", async (event) => {
    event.target.querySelector(".picked").replaceChildren();
    if ("picksLine" in event.target.dataset) { add(event.detail); return; }
    const answer = await fetch(form.dataset.attachUrl, {
      method: "POST",
      headers: { "X-CSRFToken": form.querySelector("[name=csrf_token]").value, Accept: "application/json" },
      body: new URLSearchParams({ edition_id: event.detail.id, ean13: code }),
    });
    const found = await answer.json();
    if (answer.ok) add(found); else unknown.querySelector("[data-told]").textContent = found.detail || found.title;
  });
  lines.addEventListener("click", (event) => { if (event.target.closest("[data-drop-line]")) event.target.closest("tr").remove(); });
  lines.addEventListener("focusin", (event) => { event.target.dataset.before = event.target.value; });
  lines.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const field = event.target, isQuantity = field.name === "quantity";
    const scanned = isQuantity && /^(\d{0,6}?)(\d{12,13}|\d{8}|[A-Za-z]+-[\w.-]+)$/.exec(field.value.trim());
    if (scanned) {  // the next box was scanned while the cursor stood here
      field.value = scanned[1] || field.dataset.before || "1";
      ask(scanned[2]);
      return;
    }
    scan.focus();
  });
}
