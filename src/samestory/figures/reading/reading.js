/* The reading view: what its switches cannot do alone. It touches nothing outside of its views, and may run twice. */
(() => {
  "use strict";
  const MOST = 4; // articles side by side
  const AROUND = 70; // characters of context on each side of a passage
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function make(name, className, words) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  }

  function button(words, act, className) {
    const made = make("button", className, words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function start(root) {
    root.dataset.live = "";
    const data = JSON.parse(root.querySelector("script.data").textContent);
    const text = root.querySelector(".text");
    const numbersOf = new Map();
    data.marks.forEach((at, n) => {
      const row = data.ids[at];
      if (numbersOf.has(row)) numbersOf.get(row).push(n);
      else numbersOf.set(row, [n]);
    });
    const articleOf = (mark) => {
      const column = mark.closest(".cell").dataset.c;
      return Object.keys(data.outlets)[Number(column)];
    };
    const pieces = (n) => [...text.querySelectorAll(`mark[data-n="${n}"]`)];

    const card = make("div", "card");
    card.hidden = true;
    card.id = `${root.id}-card`;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", "What is marked here");
    const found = make("section", "found");
    found.hidden = true;
    found.setAttribute("aria-label", "Passages");
    const status = make("p", "status");
    status.setAttribute("role", "status");
    root.append(found, card, status);

    // -- which marks are seen ------------------------------------------------------------------------------------
    function seen(mark) {
      const [layer, ...names] = mark.classList;
      if (mark.classList.contains("sel")) return true;
      if (!root.querySelector(`.on[value="${layer}"]`)?.checked) return false;
      return names.every((name) => root.querySelector(`.code[value="${layer}.${name}"]`)?.checked ?? true);
    }

    function firsts(article) {
      const kept = new Set();
      return [...text.querySelectorAll(`.cell[data-c="${article}"] mark`)].filter((mark) => {
        if (kept.has(mark.dataset.n) || !mark.getClientRects().length || !seen(mark)) return false;
        kept.add(mark.dataset.n);
        return true;
      });
    }

    // one stop of the Tab key in each article; arrows go on from there
    function stops() {
      text.querySelectorAll("mark[tabindex]").forEach((mark) => mark.removeAttribute("tabindex"));
      Object.keys(data.outlets).forEach((_, article) => firsts(article)[0]?.setAttribute("tabindex", "0"));
    }

    function reach(mark) {
      const column = mark.closest(".cell").dataset.c;
      text.querySelectorAll(`.cell[data-c="${column}"] mark[tabindex]`).forEach((m) => m.removeAttribute("tabindex"));
      mark.setAttribute("tabindex", "0");
      mark.focus({ preventScroll: true });
      into(mark);
    }

    function into(element, block = "center") {
      for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
      element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
    }

    // -- the detail beside a mark --------------------------------------------------------------------------------
    let held = null; // the mark whose detail is open
    let pinned = false;
    let waiting = 0;

    function chain(mark) {
      const rows = [];
      for (let at = mark; at; at = at.parentElement.closest("mark")) {
        const row = data.marks[Number(at.dataset.n)]; // its place among the notes
        if (seen(at) && data.rows[row].some((part) => part.length) && !rows.includes(row)) rows.push(row);
      }
      return rows;
    }

    function detail(row) {
      const [codes, facts, links] = data.rows[row];
      const part = make("div", "row");
      for (const [name, meaning] of codes.map((at) => data.codes[at])) {
        const line = make("p", "meaning");
        line.append(make("b", "", name), ` ${meaning}`);
        part.append(line);
      }
      const list = make("dl");
      for (const [term, words] of facts.map((at) => data.facts[at])) list.append(make("dt", "", term), make("dd", "", words));
      if (facts.length) part.append(list);
      for (let at = 0; at < links.length; at += 2) { // words, and where they lead to
        const [words, to] = [data.words[links[at]], data.ids[links[at + 1]]];
        const line = make("p", "beside");
        if (numbersOf.has(to)) {
          const link = make("a", "", words);
          link.href = `#mark=${encodeURIComponent(to)}`;
          line.append(link);
        } else line.textContent = words;
        part.append(line);
      }
      return part;
    }

    function open(mark, pin) {
      clearTimeout(waiting);
      const rows = chain(mark);
      if (!rows.length) return close();
      held?.removeAttribute("aria-describedby");
      [held, pinned] = [mark, pin];
      card.replaceChildren(...rows.map(detail));
      if (pin) card.append(button("Close", () => close(true), "close"));
      card.hidden = false;
      held.setAttribute("aria-describedby", card.id);
      place(mark);
    }

    function place(mark) {
      const [at, around] = [mark.getClientRects()[0], root.getBoundingClientRect()];
      if (!at) return;
      const left = Math.max(8, Math.min(at.left - around.left, around.width - card.offsetWidth - 8));
      const below = at.bottom + card.offsetHeight + 12 < innerHeight || at.top < card.offsetHeight + 12;
      card.style.left = `${left}px`;
      card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) - around.top}px`;
    }

    function close(back) {
      clearTimeout(waiting);
      if (card.hidden) return;
      card.hidden = true;
      held?.removeAttribute("aria-describedby");
      if (back && held) held.focus({ preventScroll: true });
      [held, pinned] = [null, false];
    }

    const later = (act, time) => {
      clearTimeout(waiting);
      waiting = setTimeout(act, time);
    };
    text.addEventListener("pointerover", (event) => {
      const mark = event.target.closest("mark");
      if (event.pointerType === "mouse" && mark && !pinned && chain(mark).length) later(() => open(mark, false), 140);
    });
    text.addEventListener("pointerout", () => !pinned && later(() => close(), 260));
    card.addEventListener("pointerenter", () => clearTimeout(waiting));
    card.addEventListener("pointerleave", () => !pinned && later(() => close(), 260));
    text.addEventListener("focusin", (event) => event.target.matches("mark") && !pinned && open(event.target, false));
    text.addEventListener("click", (event) => {
      const mark = event.target.closest("mark");
      if (!mark || String(getSelection()).trim() || !chain(mark).length) return; // words being selected stay so
      reachable(mark);
      open(mark, true);
    });

    function reachable(mark) {
      if (!mark.hasAttribute("tabindex")) mark.setAttribute("tabindex", "-1");
      mark.focus({ preventScroll: true });
    }

    text.addEventListener("keydown", (event) => {
      const mark = event.target.closest("mark");
      if (!mark) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        const all = firsts(mark.closest(".cell").dataset.c);
        const next = all[all.findIndex((one) => one.dataset.n === mark.dataset.n) + step];
        if (next) {
          pinned = false;
          reach(next);
        }
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        open(mark, true);
        card.querySelector("a, button")?.focus();
      }
    });

    // -- from a number to its passages and back ------------------------------------------------------------------
    let chosen = []; // [number of a mark, article]
    let at = 0;
    let origin = null; // what led here
    let counter = null;
    let list = null;

    function show(column) {
      const box = root.querySelector(`.article[value="${column}"]`);
      if (box && !box.checked) {
        box.checked = true;
        limit(box);
        rows();
      }
    }

    function clear() {
      text.querySelectorAll(".sel").forEach((mark) => mark.classList.remove("sel", "now"));
      chosen = [];
    }

    function choose(title, items, from, backWords) {
      clear();
      close();
      [chosen, at, origin] = [items, 0, from];
      for (const [n, article] of items) {
        show(Object.keys(data.outlets).indexOf(article));
        pieces(n).forEach((mark) => mark.classList.add("sel"));
      }
      const bar = make("div", "steps");
      counter = make("span", "counter");
      bar.append(make("h3", "", title));
      if (items.length > 1) bar.append(button("‹ Previous", () => go(at - 1)), counter, button("Next ›", () => go(at + 1)));
      else bar.append(counter);
      bar.append(button(backWords, back, "back"), button("Close", dismiss, "close"));
      list = make("ol");
      items.forEach(([n, article], place) => {
        const line = make("li");
        const jump = button("", () => go(place));
        jump.append(...context(n), make("small", "", ` ${data.outlets[article]}`));
        line.append(jump);
        list.append(line);
      });
      found.replaceChildren(bar, list);
      found.hidden = false;
      if (items.length) go(0);
      else say(`${title}: no passage`);
      stops();
    }

    function context(n) {
      const all = pieces(n);
      if (!all.length) return [make("span", "", "no longer here")];
      const [first, last] = [all[0], all[all.length - 1]];
      const around = document.createRange();
      around.setStart(first.closest("p"), 0);
      around.setEndBefore(first);
      const before = around.toString();
      around.setStartAfter(last);
      around.setEnd(last.closest("p"), last.closest("p").childNodes.length);
      const after = around.toString().trimEnd();
      const words = all.map((piece) => piece.textContent).join("").trim();
      return [
        (before.length > AROUND ? "…" : "") + before.slice(-AROUND),
        make("b", "", words.length > 2 * AROUND ? `${words.slice(0, 2 * AROUND)}…` : words),
        after.slice(0, AROUND) + (after.length > AROUND ? "…" : ""),
      ];
    }

    function go(place) {
      at = (place + chosen.length) % chosen.length;
      const [n, article] = chosen[at];
      text.querySelectorAll(".now").forEach((mark) => mark.classList.remove("now"));
      const all = pieces(n);
      all.forEach((mark) => mark.classList.add("now"));
      if (all[0]) into(all[0]);
      counter.textContent = `${at + 1} of ${chosen.length}`;
      [...list.children].forEach((line, number) => line.toggleAttribute("data-now", number === at));
      const line = list.children[at];
      list.scrollTop = line.offsetTop - list.offsetTop;
      say(`Passage ${at + 1} of ${chosen.length}, ${data.outlets[article]}: ${all.map((m) => m.textContent).join("")}`);
    }

    function back() {
      const to = origin;
      dismiss();
      if (to === "history") history.back();
      else if (to?.isConnected) {
        into(to);
        if (to.matches("mark")) reachable(to);
        else to.focus({ preventScroll: true });
      }
    }

    function dismiss() {
      clear();
      found.hidden = true;
      say("");
      stops();
    }

    function say(words) {
      status.textContent = words;
    }

    /* Follow "#of=MEASURE&in=ARTICLE", "#in=ARTICLE" or "#mark=ROW"; says whether it leads anywhere here. */
    function follow(hash, from) {
      const asked = new URLSearchParams(hash.replace(/^#/, ""));
      const [measure, article, row] = ["of", "in", "mark"].map((name) => asked.get(name));
      if (row && numbersOf.has(row)) {
        const [n] = numbersOf.get(row);
        const layer = pieces(n)[0].classList[0];
        const box = root.querySelector(`.on[value="${layer}"]`);
        if (box) box.checked = true;
        choose("The passage beside it", [[n, articleOf(pieces(n)[0])]], from, "Back");
        open(pieces(n)[0], true);
        return true;
      }
      if (article in data.outlets && !measure) {
        const column = Object.keys(data.outlets).indexOf(article);
        show(column);
        into(text.querySelector(`.cell[data-c="${column}"]`), "start");
        say(data.outlets[article]);
        return true;
      }
      const [name, segment] = (measure || "").split(".");
      const number = [...root.querySelectorAll(".numbers a")].find((link) => link.getAttribute("href") === hash);
      if (!measure || !(name in data.measures) || (article && !(article in data.outlets))) return false;
      const items = Object.keys(data.outlets)
        .filter((one) => !article || one === article)
        .flatMap((one) => (data.of[name][one] || []).map((n) => [n, one]))
        .filter(([n]) => !segment || pieces(n)[0]?.closest("p").classList.contains(segment));
      const where = article ? data.outlets[article] : "all articles";
      const title = `${data.measures[name]}${segment ? `, ${segment}` : ""}: ${where}`;
      choose(title, items, number || from, number ? "Back to the number" : "Back");
      return true;
    }

    root.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      follow(link.getAttribute("href"), held || link);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const key = root.querySelector("details.key[open]");
      if (!card.hidden) close(true);
      else if (key) {
        key.open = false;
        key.querySelector("summary").focus();
      } else if (!found.hidden) back();
      else return;
      event.stopPropagation();
    });

    // a row of which but one article is open is none
    function rows() {
      const open = new Map();
      const cells = [...text.querySelectorAll(".cell.shared")];
      const shown = cells.filter((cell) => getComputedStyle(cell).display !== "none");
      shown.forEach((cell) => open.set(cell.dataset.row, (open.get(cell.dataset.row) || 0) + 1));
      cells.forEach((cell) => cell.classList.toggle("lone", open.get(cell.dataset.row) === 1));
    }

    // -- the switches ----------------------------------------------------------------------------------------------
    function limit(box) {
      const shown = [...root.querySelectorAll(".article:checked")];
      if (shown.length > MOST) {
        const gone = shown.find((other) => other !== box);
        gone.checked = false;
        say(`${MOST} articles at most: ${gone.parentElement.textContent.trim()} is closed`);
      }
      if (!shown.length) box.checked = true;
    }

    root.addEventListener("change", (event) => {
      if (event.target.matches(".article")) limit(event.target);
      close();
      stops();
      rows();
    });
    root.addEventListener("toggle", (event) => {
      if (!event.target.matches("details.key") || !event.target.open) return;
      root.querySelectorAll("details.key[open]").forEach((other) => {
        if (other !== event.target) other.open = false;
      });
    }, true);
    document.addEventListener("pointerdown", (event) => {
      if (pinned && !card.contains(event.target)) close();
      if (!event.target.closest?.("details.key")) {
        root.querySelectorAll("details.key[open]").forEach((other) => (other.open = false));
      }
    });
    addEventListener("hashchange", () => follow(location.hash, null));
    stops();
    rows();
    if (location.hash.length > 1) follow(location.hash, history.length > 1 ? "history" : null);
  }

  const run = () => document.querySelectorAll(".samestory-reading:not([data-live])").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
})();
