// Scanning into the lines of a deed: a scanner types a code and Enter; the code is a line at once and is asked about after that.
import { Draft } from "./scan_draft.js";
import { Lines } from "./scan_lines.js";
import { Queue } from "./scan_queue.js";
import { camera } from "./scan_camera.js";
import { clock, counted, hryvnias, say } from "./scan_words.js";

const CODE = /^(?=.*\d)[\x21-\x7e]{5,48}$/;
const FAST = 60;  // milliseconds between two keys of a scanner; people are slower
const form = document.querySelector("[data-deed]");
const find = (part, root = form) => root.querySelector(part);
const [scan, book, saidAloud] = [find("[data-scan]"), find("[data-book]"), find("[data-said]")];
const lines = new Lines(form), draft = new Draft(form), sign = Number(form.dataset.sign);
const KEPT = ["location_id", "to_location_id", "reference", "reason"];
let offlineSince = null, signedOut = false;

const tell = (text) => { saidAloud.textContent = ""; setTimeout(() => { saidAloud.textContent = text; }, 50); };
const isCode = (text) => CODE.test(text);
const isBarcode = (text) => [...text].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 ? 3 : 1), 0) % 10 === 0;
const clean = (text) => (/^[\d\s-]+$/.test(text) ? text.replace(/[\s-]/g, "") : text.replace(/\s/g, "").toUpperCase());

// What stands in the page after each change: numbers, the button, the draft.
function refresh() {
  const known = lines.rows("known"), unknown = lines.rows("unknown").length, waiting = lines.rows("wait").length;
  let cost = 0;
  for (const row of known) {
    const onHand = Number(row.dataset.onHand), count = lines.count(row), was = find("[data-was]", row);
    const now = document.createElement("b"); now.textContent = onHand + sign * count;
    was.replaceChildren(...(sign ? [`${onHand} → `, now] : [String(onHand)]));
    const typed = (find("[name=unit_cost]", row)?.value || "").replace(/\s/g, "").replace(",", ".");
    cost += count * Number(typed || row.dataset.cost || 0);
  }
  const copies = known.reduce((sum, row) => sum + lines.count(row), 0);
  const put = (part, text, shown = true) => { const place = find(part); if (place) { place.textContent = text; place.hidden = !shown; } };
  put("[data-sum-lines]", counted("lines", known.length));
  put("[data-sum-copies]", counted("copies", copies));
  put("[data-sum-cost]", hryvnias(cost));
  put("[data-todo-unknown]", counted("count_unknown", unknown), unknown > 0);
  put("[data-todo-wait]", counted(offlineSince ? "count_offline" : "count_checking", waiting), waiting > 0);
  find("[data-sums]").hidden = !known.length;
  find("[data-todo]").hidden = !(unknown + waiting);
  find("[data-nothing]").hidden = lines.rows().length > 0;
  const help = find("[data-todo-help]"); if (help) help.hidden = !unknown;
  book.textContent = unknown ? counted("sort_out", unknown) : counted("deed", copies);
  for (const row of lines.rows("wait")) find("[data-state]", row).textContent = say(offlineSince || signedOut ? "waits" : "checking");
  for (const shown of form.querySelectorAll("[data-shows]")) {
    const field = form.elements[shown.dataset.shows];
    shown.textContent = field.selectedOptions ? field.selectedOptions[0]?.text : field.value || shown.dataset.empty;
  }
  keep();
}

function keep() {
  const fields = Object.fromEntries(KEPT.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]));
  const kept = draft.keep(lines.written(), fields), any = lines.rows().length > 0;
  find("[data-draft]").textContent = any && kept ? say("draft", { time: clock() }) : "";
  find("[data-start-anew]").hidden = !any;
}

const titleOf = (row) => find("[data-title]", row)?.textContent || row.dataset.code;

function take(text) {
  const row = lines.scanned(clean(text));
  const words = say("added", { title: titleOf(row), quantity: lines.count(row) });
  tell(words);
  refresh();
  queue.run();
  return words;
}

// Enter in the scan field: a code, the quantity of the last line, or on an empty field a way to that quantity.
function entered(text) {
  if (/^\d{1,4}$/.test(text) && lines.last && Number(text)) {
    lines.quantity(lines.last).value = Number(text);
    tell(say("quantity", { title: titleOf(lines.last), quantity: text }));
    refresh();
  } else if (!text && lines.last) {
    lines.quantity(lines.last).focus();
  } else if (isCode(clean(text))) {
    take(text);
  } else {
    return false;  // a title: the list below the field chooses
  }
  scan.value = "";
  scan.dispatchEvent(new Event("blur"));
  return true;
}

// A row in which somebody is typing stays as it is until they have left it.
const typedIn = (row) => row.contains(document.activeElement);
const waiting = () => lines.rows("wait").filter((row) => !typedIn(row)).at(-1)?.dataset.code;
const queue = new Queue(form.dataset.codeUrl, waiting, (code, state, found) => {
  network(state);
  const row = lines.rows("wait").find((each) => each.dataset.code === code);
  if (!row || typedIn(row)) return;
  if (state === "known") {
    const made = lines.known(found, { row, code, boxes: [find("[name=waiting_box]", row).value] });
    tell(say("added", { title: found.text, quantity: lines.count(made) }));
  } else if (state === "unknown") {
    lines.unknown(row);
    tell(say("unknown", { code }));
  }
  refresh();
});

function network(state) {
  const was = signedOut;
  signedOut = state === "signed-out";
  offlineSince = state === "offline" ? offlineSince || clock() : null;
  find("[data-offline]").hidden = !offlineSince;
  find("[data-signed-out]").hidden = !signedOut;
  if (offlineSince) find("[data-since]").textContent = say("network", { time: offlineSince });
  if (was && !signedOut && !offlineSince) freshToken();
}

// A new session has a new token against forgery; the form that was open all the time takes it over.
async function freshToken() {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  const token = page.querySelector("[name=csrf_token]");
  if (token) for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token.value;
}

async function send(address, fields, row) {
  const headers = { "X-CSRFToken": find("[name=csrf_token]").value, Accept: "application/json" }, refusal = row && find("[data-refusal]", row);
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" }).catch(() => null);
  network(!answer ? "offline" : answer.type === "opaqueredirect" || answer.status === 401 ? "signed-out" : "known");
  const told = answer && answer.type !== "opaqueredirect" ? await answer.json().catch(() => ({})) : {};
  if (answer?.ok) return told;
  if (refusal) { refusal.hidden = false; refusal.textContent = told.detail || told.title || say("wait_for_network"); }
  return null;
}

async function attach(row, edition) {
  const code = row.dataset.code, found = await send(form.dataset.attachUrl, { edition_id: edition.id, code }, row);
  if (!found) return;
  const made = lines.known(found, { row, code, boxes: [find("[name=waiting_box]", row).value] }), said = find("[data-attached]", made);
  find("span", said).textContent = say("attached", { code, title: found.text });
  said.hidden = false;
  said.dataset.code = code;
  tell(say("attached", { code, title: found.text }));
  refresh();
  scan.focus();
}

async function detach(row) {
  const said = find("[data-attached]", row), code = said.dataset.code, edition_id = find("[name=edition_id]", row).value;
  if (!await send(form.dataset.detachUrl, { edition_id, code })) return;
  const boxes = [...row.querySelectorAll("[name=box_id]")].map((each) => each.value.split(":")[1]);
  lines.drop(row);
  lines.unknown(lines.scanned(code, { quantity: lines.count(row), box: boxes[0] || "" }));
  refresh();
}

async function setAside(row) {
  row.dataset.key ||= crypto.randomUUID?.() || String(Math.random()).slice(2);
  const note = find("[data-aside-note]", row).value, code = row.dataset.code;
  const fields = { code, note, quantity: lines.count(row), location_id: form.elements.location_id.value, key: row.dataset.key };
  if (!await send(form.dataset.asideUrl, fields, row)) return;
  lines.drop(row);
  tell(say("set_aside", { code }));
  refresh();
  scan.focus();
}

scan.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const chosen = find("[role=option][aria-selected=true]", scan.closest("[data-link]"));
  if (!chosen && entered(scan.value.trim())) event.stopImmediatePropagation();
}, true);

// A code scanned into the field that looks an edition up is the next box, and never the answer.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target === scan || !event.target.matches("[role=combobox]") || !/^\d{8,14}$/.test(event.target.value.trim())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  take(event.target.value.trim());
  event.target.value = "";
  scan.focus();
}, true);

// A scanner types wherever the focus is: into nothing, it types into the scan field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.key.length !== 1 || " /".includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!document.querySelector("dialog[open]")) scan.focus();
});

// In another field of the form, what a scanner typed at the end of it is a code, and Enter never books.
let burst = { field: null, at: 0, before: "" };
form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches("input:not([type=hidden])") || field === scan) return;
  if (event.key.length === 1 && (burst.field !== field || event.timeStamp - burst.at > FAST)) burst = { field, at: 0, before: field.value };
  if (event.key.length === 1) { burst.at = event.timeStamp; return; }
  if (event.key !== "Enter" || field.matches("[role=combobox]")) return;
  event.preventDefault();
  const isQuantity = field.closest(".step"), text = field.value.trim();
  const typed = burst.field === field && event.timeStamp - burst.at < 3 * FAST && text.startsWith(burst.before.trim()) ? burst.before.trim() : "";
  const tail = isQuantity ? /^(\d{0,6}?)(\d{12,14}|\d{8}|[A-Za-z]+-[\w.-]+)$/.exec(text) : null;
  const digits = isQuantity ? "" : /\d{12,13}$/.exec(text)?.[0] ?? "";
  const burstText = !isQuantity && text.length - typed.length >= 8 ? text.slice(typed.length) : "";
  const code = [tail?.[2] ?? "", digits && isBarcode(digits) ? digits : "", burstText].find((each) => isCode(clean(each)));
  if (code) {
    field.value = tail ? tail[1] || field.dataset.before || "1" : text.slice(0, -code.length).trim();
    take(code);
  }
  if (field.matches("[data-aside-note]") && !code) { setAside(field.closest("li")); return; }
  scan.focus();
});
lines.list.addEventListener("focusin", (event) => {
  if (event.target.closest(".step") && event.target.matches("input")) { event.target.dataset.before = event.target.value; event.target.select(); }
});
form.addEventListener("input", (event) => {
  const row = event.target.closest("li[data-row]");
  if (row && event.target.closest(".step")) lines.last = row;
  refresh();
});
form.addEventListener("change", refresh);
lines.list.addEventListener("focusout", () => { setTimeout(() => queue.run()); });

lines.list.addEventListener("click", (event) => {
  const button = event.target.closest("button"), row = event.target.closest("li[data-row]");
  if (!button || !row) return;
  if (button.matches("[data-less], [data-more]")) lines.add(row, button.matches("[data-more]") ? 1 : -1);
  else if (button.matches("[data-drop]")) { event.preventDefault(); lines.drop(row); tell(say("removed", { title: titleOf(row) })); scan.focus(); }
  else if (button.matches("[data-aside]")) { find("[data-aside-form]", row).hidden = false; find("[data-aside-note]", row).focus(); return; }
  else if (button.matches("[data-aside-send]")) { setAside(row); return; }
  else if (button.matches("[data-detach]")) { detach(row); return; }
  refresh();
});
form.addEventListener("picked", (event) => {
  find(".picked", event.target).replaceChildren();
  if (!("picksLine" in event.target.dataset)) { attach(event.target.closest("li"), event.detail); return; }
  const row = lines.known(event.detail, {});
  tell(say("added", { title: event.detail.text, quantity: lines.count(row) }));
  refresh();
});

find("[data-try]").addEventListener("click", () => queue.now());
find("[data-start-anew]").addEventListener("click", (event) => {
  if (!event.currentTarget.dataset.sure) return;  // the question comes first
  lines.rows().forEach((row) => row.remove());
  draft.forget();
  location.assign(location.pathname);
});
form.addEventListener("submit", (event) => {
  if (scan.value.trim()) entered(scan.value.trim());
  const stuck = lines.rows("unknown").at(0);
  if (!stuck && !lines.rows("wait").length && navigator.onLine) return;
  event.preventDefault();
  if (stuck) (find("[role=combobox], [data-aside]", stuck) || stuck).focus();
  else { queue.now(); tell(say(navigator.onLine ? "checking" : "wait_for_network")); }
});

// Lines that the page came with, and those that were kept on the device.
const first = lines.written(), kept = await draft.found({ sentBack: "sentBack" in form.dataset });
if (kept) {
  lines.rows().forEach((row) => row.remove());
  const known = new Set(kept.rows.map((row) => row.found?.id)), boxes = new Set(kept.rows.flatMap((row) => row.boxes || [row.box]));
  const isNew = (row) => (row.boxes?.length === 0 ? !known.has(row.found.id) : !(row.boxes || [row.box]).some((each) => boxes.has(each)));
  const added = first.filter(isNew);
  lines.restore([...added, ...kept.rows]);
  for (const [name, value] of Object.entries(kept.fields)) if (form.elements[name]) form.elements[name].value = value;
} else if (!("sentBack" in form.dataset)) {
  lines.rows("unknown").forEach((row) => lines.again(row));
}
if (location.search) history.replaceState(null, "", location.pathname);
lines.last = lines.list.firstElementChild;
refresh();
queue.run();
camera(find("[data-camera]"), take);
