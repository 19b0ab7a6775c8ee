/* Progressive enhancement of the public pages. Everything works without it.
   The data-hp-* attributes a part reads are named above its function. */
const doc = document;
const all = (selector, root = doc) => [...root.querySelectorAll(selector)];

/** Storage that may be switched off or full. */
const store = (name) => ({
  get(key) { try { return window[name].getItem(key); } catch { return null; } },
  set(key, value) { try { window[name].setItem(key, value); } catch { /* not stored, then */ } },
  remove(key) { try { window[name].removeItem(key); } catch { /* nothing there */ } },
});
const device = store("localStorage");
const visit = store("sessionStorage");
const reveal = (element) => { element.hidden = false; };

/** <a href="#id" data-hp-toggle="id">: becomes a button that folds #id out and in. */
function toggles() {
  const buttons = all("a[data-hp-toggle]").map((link) => {
    const button = doc.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.childNodes);
    button.dataset.target = link.dataset.hpToggle;
    button.setAttribute("aria-controls", link.dataset.hpToggle);
    button.setAttribute("aria-expanded", "false");
    link.replaceWith(button);
    return button;
  });
  const set = (button, open) => {
    const target = doc.getElementById(button.dataset.target);
    button.setAttribute("aria-expanded", String(open));
    target.classList.toggle("is-open", open);
    if (open) target.querySelector("input")?.focus();
  };
  const isOpen = (button) => button.getAttribute("aria-expanded") === "true";
  buttons.forEach((button) => button.addEventListener("click", () => {
    const open = !isOpen(button);
    buttons.forEach((other) => set(other, other === button && open));
  }));
  doc.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && buttons.find(isOpen);
    if (open) { set(open, false); open.focus(); }
  });
}

/** data-hp-print; data-hp-copy="#selector" or "text:…" or "" (the address of the page). */
function tools() {
  all("[data-hp-print]").forEach((button) => {
    reveal(button);
    button.addEventListener("click", () => window.print());
  });
  if (navigator.clipboard) all("[data-hp-copy]").forEach((button) => {
    reveal(button);
    const label = button.querySelector("[data-hp-label]") ?? button;
    const before = label.textContent;
    label.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const what = button.dataset.hpCopy;
      const text = what ? doc.querySelector(what)?.textContent.trim() : location.href.split("#")[0];
      try { await navigator.clipboard.writeText(text ?? ""); } catch { return; }
      label.textContent = button.dataset.hpDone ?? before;
      setTimeout(() => { label.textContent = before; }, 4000);
    });
  });
  // a link to a folded part unfolds it
  const unfold = () => {
    const target = location.hash.length > 1 && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  // folded parts belong on paper too
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("main details:not([open])");
    opened.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((fold) => { fold.open = false; }));
}

/** <ul data-hp-checklist="name"> of checkboxes: ticks stay on this device, by page. */
function checklists() {
  all("[data-hp-checklist]").forEach((list) => {
    const key = `hp-checklist:${location.pathname}:${list.dataset.hpChecklist}`;
    const boxes = all("input[type=checkbox]", list);
    const reset = doc.querySelector(`[data-hp-checklist-reset="${list.dataset.hpChecklist}"]`);
    const ticked = (device.get(key) ?? "").split(" ");
    boxes.forEach((box) => { if (ticked.includes(box.value)) box.checked = true; });
    const save = () => {
      const values = boxes.filter((box) => box.checked).map((box) => box.value);
      if (values.length) device.set(key, values.join(" ")); else device.remove(key);
      if (reset) reset.hidden = !values.length;
    };
    list.addEventListener("change", save);
    reset?.addEventListener("click", () => {
      boxes.forEach((box) => { box.checked = false; });
      save();
      boxes[0]?.focus();
    });
    if (reset) reset.hidden = !boxes.some((box) => box.checked);
  });
}

/** data-hp-warning="hash of the text": closed for the visit, back when the text changes. */
function warnings() {
  all("[data-hp-warning]").forEach((bar) => {
    const key = `hp-warning:${bar.dataset.hpWarning}`;
    if (visit.get(key)) { bar.hidden = true; return; }
    const button = bar.querySelector("[data-hp-warning-close]");
    if (!button) return;
    reveal(button);
    button.addEventListener("click", () => {
      visit.set(key, "1");
      bar.hidden = true;
      const main = doc.querySelector("main");
      main?.setAttribute("tabindex", "-1");
      main?.focus({ preventScroll: true });
    });
  });
}

/** Plain lower case: "Übach" and "uebach" are the same. */
const fold = (text) => text.toLowerCase()
  .replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss")
  .normalize("NFD").replace(/[^a-z0-9]+/g, " ").trim();

/** Entrance: <form data-hp-places="#list">, list items with data-hp-place="id" data-hp-search="name plz …". */
function places() {
  const form = doc.querySelector("form[data-hp-places]");
  const list = form && doc.querySelector(form.dataset.hpPlaces);
  if (!list) return;
  const field = form.querySelector("input[type=search], input[type=text]");
  const status = doc.querySelector("[data-hp-places-status]");
  const items = all("[data-hp-place]", list);
  const words = new Map(items.map((item) => [item, fold(`${item.dataset.hpSearch} ${item.textContent}`)]));
  const filter = () => {
    const query = fold(field.value);
    const hits = items.filter((item) => {
      const hit = query.split(" ").every((part) => ` ${words.get(item)}`.includes(` ${part}`));
      item.hidden = !hit;
      const area = doc.querySelector(`[data-municipality="${item.dataset.hpPlace}"]`);
      area?.classList.toggle("is-match", Boolean(query) && hit);
      return hit;
    });
    if (status) {
      const text = !query ? "" : hits.length === 0 ? status.dataset.none : hits.length === 1 ? status.dataset.one : status.dataset.many;
      status.textContent = (text ?? "").replace("{count}", hits.length).replace("{query}", field.value.trim());
    }
    return hits;
  };
  field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => {
    const hits = filter();
    const link = hits.length === 1 && hits[0].querySelector("a");
    if (!field.value.trim() || hits.length > 1) { event.preventDefault(); (hits[0]?.querySelector("a") ?? field).focus(); }
    else if (link) { event.preventDefault(); keep(hits[0].dataset.hpPlace); location.assign(link.href); }
  });

  // the choice is remembered only when the person ticks the box, and can be forgotten
  const KEY = "hp-place";
  const box = doc.querySelector("[data-hp-remember]");
  if (box) reveal(box.closest("[hidden]") ?? box);
  const keep = (id) => { if (box?.checked) device.set(KEY, id); };
  doc.addEventListener("click", (event) => {
    const item = event.target.closest("[data-hp-place], [data-municipality]");
    if (item) keep(item.dataset.hpPlace ?? item.dataset.municipality);
  });
  const panel = doc.querySelector("[data-hp-remembered]");
  const known = items.find((item) => item.dataset.hpPlace === device.get(KEY));
  if (panel && known) {
    const link = panel.querySelector("a");
    link.href = known.querySelector("a").href;
    link.textContent = known.querySelector("[data-hp-name]").textContent;
    panel.querySelector("[data-hp-forget]").addEventListener("click", () => {
      device.remove(KEY);
      panel.hidden = true;
      field.focus();
    });
    reveal(panel);
  }
}

/** data-hp-hours='{"mon":[["08:00","12:30"]],…}' with data-open "… {time} …", data-later, data-tomorrow, data-next "… {day} … {time}". */
function openNow() {
  const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  all("[data-hp-hours]").forEach((line) => {
    const hours = JSON.parse(line.dataset.hpHours);
    const closed = (line.dataset.hpClosed ?? "").split(" ");
    const label = line.querySelector("[data-hp-label]") ?? line;
    const lang = line.closest("[lang]")?.lang || "de";
    const here = (date, options) => new Intl.DateTimeFormat(options.lang ?? "en-GB", { timeZone: "Europe/Berlin", ...options }).format(date);
    const spans = (date) => (closed.includes(here(date, { lang: "sv-SE" })) ? [] : hours[here(date, { weekday: "short" }).toLowerCase()] ?? []);
    const show = (open, template, date, time) => {
      line.classList.toggle("hp-open--yes", open);
      label.textContent = template.replace("{time}", time).replace("{day}", here(date, { lang, weekday: "long" }));
    };
    const refresh = () => {
      const now = new Date();
      const clock = here(now, { hour: "2-digit", minute: "2-digit", hour12: false });
      const current = spans(now).find(([from, to]) => from <= clock && clock < to);
      if (current) return show(true, line.dataset.open, now, current[1]);
      for (let ahead = 0; ahead < 15; ahead += 1) {
        const date = new Date(now.getTime() + ahead * 864e5);
        const next = spans(date).find(([from]) => ahead || from > clock);
        if (next) return show(false, ahead === 0 ? line.dataset.later : ahead === 1 ? line.dataset.tomorrow : line.dataset.next, date, next[0]);
      }
      return undefined;                 // closed for long: the server's words stay
    };
    if (Object.keys(hours).every((day) => DAYS.includes(day))) {
      refresh();
      setInterval(refresh, 60000);
    }
  });
}

/** nav[data-hp-toc]: marks the section being read. */
function contents() {
  all("[data-hp-toc]").forEach((nav) => {
    const links = new Map(all("a[href^='#']", nav).map((link) => [doc.getElementById(link.hash.slice(1)), link]));
    links.delete(null);
    if (!links.size || !("IntersectionObserver" in window)) return;
    const mark = () => {
      let current = null;
      links.forEach((link, heading) => { if (heading.getBoundingClientRect().top < innerHeight / 3) current = link; });
      links.forEach((link) => { if (link === current) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current"); });
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  });
}

/** details[data-hp-wide]: folded on the phone, open from 64rem. */
function wideFolds() {
  const wide = matchMedia("(min-width: 64rem)");
  const set = () => all("details[data-hp-wide]").forEach((part) => { part.open = wide.matches; });
  wide.addEventListener("change", set);
  set();
}

doc.documentElement.classList.add("hp-js");
[toggles, tools, checklists, warnings, places, openNow, contents, wideFolds].forEach((part) => {
  try { part(); } catch (error) { console.error(error); }   // one broken part must not stop the others
});
