// Codes are asked about one after another, in the order in which they were scanned, and again when the network was gone.
const FIRST = 1000, LONGEST = 15000, PATIENCE = 10000;

export class Queue {
  // `next()` gives the code to ask about or nothing; `told(code, state, found)` hears known, unknown, offline or signed-out.
  constructor(address, next, told) {
    Object.assign(this, { address, next, told, wait: FIRST, busy: false, timer: 0 });
    addEventListener("online", () => this.now());
    addEventListener("focus", () => this.now());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
  }

  now() { this.wait = FIRST; clearTimeout(this.timer); this.run(); }

  async run() {
    if (this.busy) return;
    this.busy = true;
    for (let code = this.next(); code !== undefined; code = this.next()) {
      const { state, found } = await this.ask(code);
      this.told(code, state, found);
      if (state === "offline" || state === "signed-out") {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.run(), this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST);
        break;
      }
      this.wait = FIRST;
    }
    this.busy = false;
  }

  async ask(code) {
    const url = new URL(this.address, location.href);
    url.searchParams.set("q", code);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return { state: "signed-out" };
      if (answer.ok) return { state: "known", found: await answer.json() };
      return { state: answer.status === 404 ? "unknown" : "offline" };
    } catch { return { state: "offline" }; }
  }
}
