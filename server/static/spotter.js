// Faster hands, never needed hands: every page does its work without this file.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const texts = document.getElementById("live").dataset; // its few texts, in the page's language (base.html)
  const say = (text) => { const live = document.getElementById("live"); live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  // --- Short times are said by the reader's own clock, in the words that the server has for UTC (wording.moment). Before anything
  // is painted (the script is `blocking="render"`), so that nothing moves. On paper, which others read, they stand in UTC.
  const ahead = Date.parse(document.documentElement.dataset.now) - Date.now();
  const { lang } = document.documentElement, locale = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;
  const form = (parts) => new Intl.DateTimeFormat(locale, parts);
  const clock = form({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const thisYear = form({ day: "numeric", month: "short" }), otherYear = form({ day: "numeric", month: "short", year: "numeric" });
  const moment = (at, now) => {
    const day = (time) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / 86400000, days = day(now) - day(at);
    const near = { 1: texts.sayYesterday, 0: texts.sayToday, "-1": texts.sayTomorrow }[days];
    if (near) return near.replace("{time}", clock.format(at));
    const said = (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at);
    return lang === "fr" ? said.replace(/^1(?=\s)/u, "1er") : said;
  };
  const times = () => {
    for (const time of all("time[data-short]")) {
      time.dataset.short ||= time.textContent;
      time.textContent = moment(new Date(time.dateTime), new Date(Date.now() + ahead));
    }
  };
  times();
  document.addEventListener("htmx:afterSwap", times);
  window.addEventListener("beforeprint", () => { for (const time of all("time[data-short]")) time.textContent = time.dataset.short; });
  window.addEventListener("afterprint", times);

  // --- Pictures: look, blur again, lens; each ends when the page is left.
  const look = (figure) => {
    const image = figure.querySelector(".veil-box > img"), looked = figure.classList.toggle("looked");
    image.src = looked ? image.dataset.clear : image.dataset.blurred;
    image.alt = looked ? image.dataset.altClear : image.dataset.altBlurred;
    const button = figure.querySelector("[data-look]"), name = button.querySelector("span");
    name.textContent = looked ? name.dataset.sayBlur : name.dataset.sayLook;
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, looked ? "#eye-slash" : "#eye"));
    unlens(figure);
    say(looked ? texts.sayShown : texts.sayBlurred);
  };
  const unlens = (figure) => {
    figure.querySelector(".lens")?.remove();
    figure.querySelector("[data-lens]")?.setAttribute("aria-pressed", "false");
  };
  const lens = (figure) => {
    if (figure.querySelector(".lens")) return unlens(figure);
    if (figure.classList.contains("looked")) return undefined;
    const box = figure.querySelector(".veil-box"), clear = new Image();
    let x = box.clientWidth / 2, y = box.clientHeight / 2;
    const put = () => { clear.style.setProperty("--x", `${x}px`); clear.style.setProperty("--y", `${y}px`); };
    clear.src = box.querySelector("img").dataset.clear;
    clear.alt = "";
    clear.className = "lens";
    put();
    box.querySelector("img").after(clear);
    box.onpointermove = (event) => { const at = box.getBoundingClientRect(); x = event.clientX - at.left; y = event.clientY - at.top; put(); };
    const button = figure.querySelector("[data-lens]");
    button.setAttribute("aria-pressed", "true");
    button.onkeydown = (event) => {
      const step = { ArrowLeft: [-16, 0], ArrowRight: [16, 0], ArrowUp: [0, -16], ArrowDown: [0, 16] }[event.key];
      if (!step || !clear.isConnected) return;
      event.preventDefault();
      x += step[0]; y += step[1]; put();
    };
    say(texts.sayLens);
    return undefined;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-look], [data-lens], [data-copy]");
    if (!button) return;
    if (button.dataset.copy) {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(texts.sayCopied);
      return;
    }
    const figure = button.closest(".veil");
    if ("look" in button.dataset) { event.preventDefault(); look(figure); } else lens(figure);
  });

  // --- A ready reason is put into the reason's field, and taken out again; one that goes with a choice replaces the others.
  const without = (text, sentence) => text.split(sentence).map((part) => part.trim()).filter(Boolean).join(" ");
  const pressed = (form) => {
    for (const pick of all("[data-pick]", form)) pick.setAttribute("aria-pressed", form.elements.reason.value.includes(pick.dataset.pick));
  };
  const put = (button) => {
    const { pick, field, value } = button.dataset, { form } = button, { reason } = form.elements, had = reason.value.includes(pick);
    let text = had ? without(reason.value, pick) : reason.value.trim();
    if (field) {
      for (const other of all("[data-pick][data-field]", form)) if (other !== button) text = without(text, other.dataset.pick);
      for (const choice of all(`[name=${field}]`, form)) choice.checked = choice.value === value;
    }
    reason.value = had ? text : [text, pick].filter(Boolean).join(" ");
    pressed(form);
    reason.dispatchEvent(new Event("input", { bubbles: true })); // the preview follows
    if (!had) say(pick);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (button) { event.preventDefault(); put(button); }
  });
  document.addEventListener("input", (event) => { if (event.target.name === "reason" && event.target.form?.querySelector("[data-pick]")) pressed(event.target.form); });

  // --- The address of a report is kept as it is typed, until it has been sent or its writer signs out.
  const forget = () => { for (const key of Object.keys(localStorage)) if (key.startsWith("draft-")) localStorage.removeItem(key); };
  for (const form of all("form[data-forget]")) form.addEventListener("submit", forget);
  const keep = () => {
    for (const form of all("form[data-keep]")) {
      const field = form.elements.url, key = `draft-${form.dataset.keep}`;
      const draft = !field.value && localStorage.getItem(key);
      if (draft) {
        field.value = draft;
        document.addEventListener("DOMContentLoaded", () => field.dispatchEvent(new Event("drafted"))); // htmx listens from then on
      }
      field.addEventListener("input", () => localStorage.setItem(key, field.value));
      form.addEventListener("submit", () => localStorage.removeItem(key));
    }
  };

  // --- A decision can be undone for some seconds: they are counted. With the last one, words take the button's place, in a box
  // as high as before: whatever stands below it must not move under a hand that is about to press Undo.
  const end = (offer) => {
    const button = offer.querySelector("button"), over = offer.querySelector("[data-over]"), focused = button.contains(document.activeElement);
    offer.style.minBlockSize = `${offer.offsetHeight}px`;
    button.remove();
    offer.querySelector("[data-until]").remove();
    over.hidden = false;
    say(over.textContent);
    if (focused) (over.querySelector("a") ?? document.getElementById("main")).focus();
  };
  for (const offer of all("form[data-seconds]")) {
    const left = offer.querySelector("[data-left]"), until = performance.now() + 1000 * Number(offer.dataset.seconds);
    const count = setInterval(() => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      if (seconds > 0) left.textContent = left.dataset.left.replace("{seconds}", seconds);
      else { clearInterval(count); end(offer); }
    }, 250);
  }

  // --- All notices, or cases, of a page are ticked at once; they are no longer all once one of them is not ticked.
  for (const whole of all("[data-tick] input")) {
    const name = whole.closest("[data-tick]").dataset.tick || "notice";
    whole.addEventListener("change", () => { for (const one of all(`input[name=${name}]`)) one.checked = whole.checked; });
    document.addEventListener("change", ({ target }) => { if (!target.checked && (target.name === name || target.closest("[data-tick]"))) whole.checked = false; });
  }

  // --- Keys: single letters never work inside a field.
  // In the inbox the focus goes from row to row, so that Enter opens its notice; where it was is known while it is elsewhere.
  let row = -1, ticked = -1;
  const rows = () => all("[data-row]");
  const ofRow = (link) => link?.closest("tr");
  const here = (links) => {
    const at = links.findIndex((link) => ofRow(link).contains(document.activeElement));
    if (at >= 0) row = at;
    return row;
  };
  const onward = () => document.querySelector("[rel=next]")?.click(); // J after the last row of a page
  const go = (links, by) => {
    row = Math.min(Math.max(0, here(links) + by), links.length - 1);
    links[row].focus();
    ofRow(links[row]).scrollIntoView({ block: "nearest" });
  };
  const sayTicked = () => say(document.querySelector("[data-say-ticked]").dataset.sayTicked
    .replace("{number}", all(".cases [name=case]:checked, [name=notice]:checked").length));
  const tick = (links, several) => { // several: all from the one ticked last to this one
    const at = here(links), box = ofRow(links[at])?.querySelector("[name=notice]");
    if (!box) return;
    const from = several && ticked >= 0 ? Math.min(ticked, at) : at, to = several && ticked >= 0 ? Math.max(ticked, at) : at;
    const checked = several || !box.checked;
    for (const link of links.slice(from, to + 1)) ofRow(link).querySelector("[name=notice]").checked = checked;
    ticked = at;
    sayTicked();
  };
  const arrows = { ArrowDown: 1, ArrowUp: -1 };
  const inRows = (event, links) => event.target === document.body || ofRow(links[here(links)])?.contains(event.target);

  let gone = 0; // when G was pressed
  const move = (by) => {
    const links = all("[data-case]");
    const at = links.findIndex((link) => link.hasAttribute("aria-current")), next = links[Math.max(0, at + by)];
    if (next && next !== links[at]) next.click();
    return Boolean(next) || !links.length;
  };
  // What somebody has typed is not left behind by a key. (On the desk Esc closes a panel, and the case stays.)
  const written = (form) => [...form.elements].some((field) => field.matches("textarea, input:not([type=radio],[type=checkbox],[type=hidden])") &&
    field.value !== field.defaultValue);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form") || document.querySelector("form[data-send]");
      if (!form) return;
      event.preventDefault(); // else the browser sends it, too: into a new tab, as Ctrl and a click would
      if (!event.repeat) form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input:not([type=radio],[type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      const drop = event.target.closest?.("details[open]"), back = document.querySelector("[data-key=Escape]");
      if (typing?.value && !typing.closest(".bench")) typing.blur();
      else if (drop) { drop.open = false; drop.querySelector("summary").focus(); }
      else if (back?.closest(".bench") || !all("form[data-send]").some(written)) back?.click();
      return;
    }
    if (typing || !document.querySelector("[data-keys]")) return;
    const page = Date.now() - gone < 1500 && document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
    gone = 0;
    if (page) { event.preventDefault(); return location.assign(page.href); }
    const key = event.key.toLowerCase(), links = rows(), own = document.querySelector("[data-keys]:not(body)");
    if (key === "g" && !event.repeat) { gone = Date.now(); return undefined; }
    if (!own && key !== "/" && key !== "?") return undefined; // the page has no other keys
    if (links.length) {
      const by = arrows[event.key] || { j: 1, k: -1 }[key];
      if (key === "j" && here(links) === links.length - 1 && !event.repeat) onward();
      if (by && (!arrows[event.key] || inRows(event, links))) { event.preventDefault(); return go(links, by); }
      if ((key === "x" || key === "o") && here(links) < 0) go(links, 1); // before any other key it is the first row's
      if (key === "x") return event.repeat ? undefined : tick(links, event.shiftKey);
      if (key === "o") return links[here(links)]?.click();
    }
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1) || event.repeat || onward();
    if (event.repeat) return undefined; // a key that is held does once what it does
    if (key === "b") { const first = document.querySelector("[data-look]:not(details:not([open]) *)"); if (first) look(first.closest(".veil")); return undefined; }
    if (key === "l") { const first = document.querySelector("[data-lens]:not([hidden], details:not([open]) *)"); if (first) lens(first.closest(".veil")); return undefined; }
    if (key === "x") { document.querySelector("[data-case][aria-current]")?.closest("li").querySelector("[name=case]")?.click(); return undefined; }
    const ticked = document.querySelector(".cases [name=case]:checked") && document.querySelector(`[data-key-ticked="${CSS.escape(key)}"]`);
    const target = ticked || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return undefined;
    event.preventDefault();
    const whole = target.closest("[data-tick]"); // as with an option, the focus stays in its row
    if (target.matches("option")) { target.selected = true; say(target.text); }
    else if (whole || !target.matches("input:not([type=radio]), textarea")) target.click();
    if (whole) sayTicked();
    else if (target.matches("input, textarea, summary")) target.focus();
    return undefined;
  });
  document.addEventListener("click", (event) => {
    for (const open of all(".top details[open]")) if (!open.contains(event.target)) open.open = false;
    const led = event.target.closest('a[href^="#"]'); // to a fold: it is opened
    const fold = led && document.getElementById(led.hash.slice(1));
    if (fold?.matches("details")) fold.open = true;
  });

  // --- What only makes sense with a script is shown by it; after a swap the focus goes to the new heading.
  const ready = (root = document) => {
    for (const button of all("[data-lens], [data-copy], [data-tick]", root)) button.hidden = false;
    root.querySelector("[data-focus]")?.focus();
  };
  ready();
  keep();
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => { // what was opened stays open
    const was = detail.target.querySelector("details[open]"), now = detail.fragment.querySelector("details");
    if (was && now) now.open = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const pane = event.detail.elt;
    ready(pane);
    if (pane.id !== "pane") return; // a part of it: the search of the panel, the preview
    const path = location.pathname;
    for (const link of all("[data-case]")) {
      if (new URL(link.href).pathname === path) { link.setAttribute("aria-current", "true"); link.scrollIntoView({ block: "nearest" }); } else link.removeAttribute("aria-current");
    }
    const heading = pane.querySelector("h1, .h1");
    if (heading && !pane.querySelector("[data-focus]")) heading.focus();
    window.scrollTo(0, 0);
  });
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.id === "pane" && document.getElementById("pane")?.setAttribute("aria-busy", "true"));
  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, ({ detail: { target } }) => {
      if (target?.id === "about-address") { target.replaceChildren(); return; } // it is looked at when the report is sent
      document.getElementById("pane")?.removeAttribute("aria-busy");
      say(texts.sayFailed);
    });
  }
})();
