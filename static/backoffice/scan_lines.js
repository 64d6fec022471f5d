// The rows of a deed: editions, codes that are being asked about, codes that nobody knows. What stands in them is what is sent.
const HIGHEST = 100000;

export class Lines {
  constructor(form) {
    this.form = form;
    this.list = form.querySelector("[data-lines]");
    this.last = null;
  }

  rows(kind) { return [...this.list.children].filter((row) => !kind || row.dataset.row === kind); }

  quantity(row) { return row.querySelector(".step input"); }

  count(row) { return Number(this.quantity(row).value.replace(/\s/g, "")) || 0; }

  add(row, number) {
    const field = this.quantity(row);
    field.value = Math.min(HIGHEST, Math.max(1, this.count(row) + number));
    this.last = row;
  }

  // A scanned code: one more of its row, or a row that waits for an answer. It never moves the focus.
  scanned(code, { quantity = 1, box = "" } = {}) {
    const same = this.rows().find((row) => row.dataset.code === code || (row.dataset.codes || "").split("\n").includes(code));
    if (same && !box) { this.add(same, quantity); return same; }
    const row = this.blank("wait", { code, box, quantity });
    this.list.prepend(row);
    this.last = row;
    return row;
  }

  blank(kind, { code = "", box = "", quantity = 1 }) {
    const row = this.form.querySelector(`template[data-${kind}]`).content.firstElementChild.cloneNode(true);
    row.dataset.code = code;
    this.quantity(row).value = quantity;
    if (kind === "known") return row;
    row.querySelector("[name=waiting_code]").value = code;
    row.querySelector("[name=waiting_box]").value = box;
    row.querySelector("[data-code-text]").textContent = code;
    this.label(row, code);
    row.querySelector("[data-drop]").value = code;
    const link = row.querySelector("[data-new-game]");
    if (link) { const target = new URL(link.href, location.href); target.searchParams.set("code", code); link.href = target; }
    return row;
  }

  label(row, name) {
    for (const part of row.querySelectorAll(".step [aria-label], [data-drop], .cost input")) {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/: ?.*$/, "") + `: ${name}`);
    }
  }

  // What a code turned out to be: its copies go to the row of that edition.
  known(found, { row = null, quantity = 1, code = "", boxes = [] } = {}) {
    const number = row ? this.count(row) : quantity, wasLast = !row || this.last === row;
    let target = this.rows("known").find((each) => each.querySelector("[name=edition_id]").value === String(found.id));
    if (target) {
      const before = this.last;
      this.add(target, number);
      if (!wasLast) this.last = before;
      row?.remove();
    } else {
      target = this.blank("known", { quantity: number });
      target.querySelector("[name=edition_id]").value = found.id;
      target.querySelector("[data-title]").textContent = found.text;
      target.querySelector("[data-note]").textContent = found.sku ?? found.note;
      target.querySelector("[data-drop]").value = found.id;
      Object.assign(target.dataset, { onHand: found.on_hand, cost: found.cost || "" });
      const cost = target.querySelector("[name=unit_cost]");
      if (cost) cost.placeholder = (found.cost || "").replace(/\.00$/, "").replace(".", ",");
      this.label(target, found.text);
      if (row) row.replaceWith(target); else this.list.prepend(target);
      if (wasLast) this.last = target;
    }
    if (code) target.dataset.codes = [...new Set([...(target.dataset.codes || "").split("\n"), code])].filter(Boolean).join("\n");
    for (const box of boxes.filter(Boolean)) {
      const name = `${found.id}:${box}`;
      if ([...target.querySelectorAll("[name=box_id]")].some((each) => each.value === name)) continue;
      target.prepend(Object.assign(document.createElement("input"), { type: "hidden", name: "box_id", value: name }));
    }
    return target;
  }

  unknown(row) {
    const box = row.querySelector("[name=waiting_box]").value;
    const made = this.blank("unknown", { code: row.dataset.code, box, quantity: this.count(row) });
    row.replaceWith(made);
    if (this.last === row) this.last = made;
    document.dispatchEvent(new CustomEvent("parts-added", { detail: made }));
    return made;
  }

  // An unknown code is asked about again: perhaps it was attached meanwhile, or its game was made.
  again(row) {
    const box = row.querySelector("[name=waiting_box]").value;
    const made = this.blank("wait", { code: row.dataset.code, box, quantity: this.count(row) });
    row.replaceWith(made);
    if (this.last === row) this.last = made;
  }

  drop(row) {
    row.remove();
    if (this.last === row) this.last = this.list.firstElementChild;
  }

  // As they are kept on the device, the newest first.
  written() {
    return this.rows().map((row) => {
      const shared = { quantity: this.quantity(row).value, code: row.dataset.code || "" };
      if (row.dataset.row !== "known") return { ...shared, kind: "wait", box: row.querySelector("[name=waiting_box]").value };
      return {
        ...shared,
        kind: "known",
        codes: row.dataset.codes || "",
        unit_cost: row.querySelector("[name=unit_cost]")?.value || "",
        boxes: [...row.querySelectorAll("[name=box_id]")].map((each) => each.value.split(":")[1]),
        found: {
          id: row.querySelector("[name=edition_id]").value,
          text: row.querySelector("[data-title]").textContent,
          note: row.querySelector("[data-note]").textContent,
          on_hand: row.dataset.onHand,
          cost: row.dataset.cost,
        },
      };
    });
  }

  restore(written) {
    for (const each of [...written].reverse()) {
      if (each.kind === "known") {
        const row = this.known(each.found, { quantity: Number(each.quantity) || 1, boxes: each.boxes });
        this.quantity(row).value = each.quantity;
        row.dataset.codes = each.codes;
        const cost = row.querySelector("[name=unit_cost]");
        if (cost) cost.value = each.unit_cost;
      } else {
        this.scanned(each.code, { quantity: each.quantity, box: each.box });
      }
    }
    this.last = this.list.firstElementChild;
  }
}
