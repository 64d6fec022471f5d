// Parts of forms: choosing out of a long list by typing, rows that are added and removed, scanning.
"use strict";
{
  const make = (tag, properties = {}, children = []) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };
  const later = (work, wait) => { let timer; return (...args) => { clearTimeout(timer); timer = setTimeout(() => work(...args), wait); }; };

  function prepareLink(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "1";
    const input = box.querySelector("[role=combobox]"), list = box.querySelector("[role=listbox]"), picked = box.querySelector(".picked");
    const multiple = "multiple" in box.dataset;
    let at = -1, asked = 0;
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); at = -1; };
    const choose = (item) => {
      if (!multiple) picked.replaceChildren();
      if (![...picked.querySelectorAll("input")].some((known) => known.value === String(item.id))) {
        const value = make("input", { type: "hidden", name: box.dataset.name, value: item.id });
        const drop = make("button", { type: "button", textContent: "×", ariaLabel: box.dataset.remove.replace("%s", () => item.text) });
        picked.append(make("span", { className: "pick" }, [value, item.text, drop]));
      }
      input.value = ""; close();
      box.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: item }));
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const keys = {};  // one for each name: sent twice, it is added once
    const create = async (text) => {
      const token = document.querySelector("input[name=csrf_token]").value;
      keys[text] ??= Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");
      const answer = await fetch(box.dataset.url, {
        method: "POST",
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        body: new URLSearchParams({ name: text, key: keys[text] }),
      });
      const item = await answer.json();
      if (answer.ok) choose(item); else show([], item.detail || item.title, "");
    };
    const option = (words, chosen) => {
      const row = make("li", { textContent: words });
      row.setAttribute("role", "option");
      row.addEventListener("mousedown", (event) => { event.preventDefault(); chosen(); });
      return row;
    };
    const show = (items, message, text) => {
      const rows = items.map((item) => option(item.note ? `${item.text} — ${item.note}` : item.text, () => choose(item)));
      const same = items.some((item) => item.text.toLowerCase() === text.toLowerCase());
      if (box.dataset.creates && text && !same) rows.push(option(box.dataset.creates.replace("%s", text), () => create(text)));
      if (!rows.length || message) rows.unshift(make("li", { className: "none", textContent: message || box.dataset.none }));
      list.replaceChildren(...rows); list.hidden = false; input.setAttribute("aria-expanded", "true"); at = -1;
    };
    const ask = later(async () => {
      const number = ++asked, text = input.value.trim();
      if (!text && ("scan" in input.dataset || "attaches" in box.dataset)) { close(); return; }  // an empty field covers no line
      const url = new URL(box.dataset.url, location.href); url.searchParams.set("q", text);
      const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => ({ ok: false }));  // no network: nothing is offered
      if (number === asked && answer.ok && document.activeElement === input) show(await answer.json(), "", text);
    }, 150);
    input.addEventListener("input", (event) => { event.stopPropagation(); ask(); });
    input.addEventListener("focus", ask);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const rows = [...list.querySelectorAll("[role=option]")];
      if (event.key === "Escape") close();
      if (event.key === "Enter") { event.preventDefault(); (rows[at] || rows[0])?.dispatchEvent(new MouseEvent("mousedown", { cancelable: true })); }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
        rows.forEach((row, index) => row.setAttribute("aria-selected", index === at));
        rows[at]?.scrollIntoView({ block: "nearest" });
      }
    });
    picked.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      button.parentElement.remove();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function prepare(root) { root.querySelectorAll("[data-link]").forEach(prepareLink); }
  prepare(document);
  document.addEventListener("parts-added", (event) => prepare(event.detail));

  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]"), remove = event.target.closest("[data-remove-row]");
    if (add) {
      const name = add.dataset.addRow, rows = document.querySelector(`[data-rows="${name}"]`);
      const next = Math.max(-1, ...[...rows.querySelectorAll("[name]")].map((field) => Number(field.name.split("-")[1])).filter(Number.isInteger)) + 1;
      const row = document.querySelector(`[data-row-template="${name}"]`).content.cloneNode(true);
      for (const node of row.querySelectorAll("[name], [id], label[for], [data-name]")) {
        for (const attribute of ["name", "id", "for", "data-name"]) {
          const value = node.getAttribute(attribute);
          if (value) node.setAttribute(attribute, value.replace(`${name}-__row__`, `${name}-${next}`));
        }
      }
      rows.append(row);
      prepare(rows);
      rows.lastElementChild.querySelector("input:not([type=hidden]), select").focus();
    }
    if (remove) remove.closest("[data-row]").remove();
  });
}
