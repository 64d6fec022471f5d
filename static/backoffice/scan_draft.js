// Lines that nobody has booked yet are kept on the device, for one person and one form; they outlive a reload and a sign-in.
const WEEK = 7 * 24 * 3600 * 1000;
const PLACE = "komora:deed:";

// Each tab holds the name of its draft, so that two tabs never share one.
const hold = (name) => new Promise((free) => {
  if (!navigator.locks) { free(true); return; }
  navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    free(Boolean(lock));
    return lock ? new Promise(() => {}) : undefined;
  });
});

export class Draft {
  constructor(form) {
    this.key = form.querySelector("[name=key]");
    this.place = `${PLACE}${form.dataset.person}:${form.dataset.deed}:`;
    this.pointer = `${PLACE}${form.dataset.deed}`;
  }

  get name() { return this.place + this.key.value; }

  // The draft of this tab, or one whose tab is gone; the form takes its key over, so that it can't be booked twice.
  async found({ sentBack }) {
    if (sentBack) { await hold(this.name); this.own(); return null; }
    const kept = this.all(), own = this.place + sessionStorage.getItem(this.pointer);
    kept.sort((one, other) => (other.name === own) - (one.name === own) || other.at - one.at);
    for (const draft of kept) {
      let mine = await hold(draft.name);
      for (let tries = 0; !mine && draft.name === own && tries < 10; tries += 1) {  // the page before this one is just closing
        await new Promise((done) => { setTimeout(done, 50); });
        mine = await hold(draft.name);
      }
      if (!mine) continue;
      this.key.value = draft.name.slice(this.place.length);
      this.own();
      return draft;
    }
    await hold(this.name);
    this.own();
    return null;
  }

  own() { sessionStorage.setItem(this.pointer, this.key.value); }

  all() {
    const drafts = [];
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(this.place))) {
      try {
        const draft = JSON.parse(localStorage.getItem(name));
        if (Date.now() - draft.at > WEEK) localStorage.removeItem(name); else drafts.push({ ...draft, name });
      } catch { localStorage.removeItem(name); }
    }
    return drafts;
  }

  keep(rows, fields) {
    if (!rows.length) { this.forget(); return true; }
    try { localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), rows, fields })); return true; } catch { return false; }
  }

  forget() { localStorage.removeItem(this.name); }
}

// What is booked needs no draft any more.
export const forgetBooked = (key) => {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PLACE) && name.endsWith(`:${key}`)) localStorage.removeItem(name);
};
