// What is wider than the window says so, fades where more of it lies, and can be moved by keyboard.
(() => {
  "use strict";
  const fits = (region) => {
    const beyond = region.scrollWidth - region.clientWidth;
    region.classList.toggle("wider", beyond > 1);
    region.classList.toggle("more", beyond - region.scrollLeft > 1);
    if (beyond > 1 && region.matches(".output_html")) {
      region.tabIndex = 0;
      region.setAttribute("role", "group");
      region.setAttribute("aria-label", "Output");
    }
  };
  const sized = new ResizeObserver((changes) => changes.forEach(({ target }) => fits(target)));
  for (const region of document.querySelectorAll(".scroll, .output_html, .numbers")) {
    sized.observe(region);
    region.addEventListener("scroll", () => fits(region), { passive: true });
  }
})();

// Search over the site: what assets/search.js lists is loaded when the box is first used. Nothing leaves the page.
(() => {
  "use strict";
  const MOST = 24;
  const NOTHING = "Nothing found. Searched are names, findings, claims, measures, notebooks and guides, "
    + "not the words of the articles: open an event’s articles and use your browser’s search.";
  const box = document.querySelector("header.site search");
  if (!box) return;
  const home = document.body.dataset.home;
  const input = box.querySelector("input");
  const found = box.querySelector("[role=status]");
  const results = box.querySelector("ul");
  let asked = false;
  box.hidden = false;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Entries are [kind, title, address, more, words]; all are searched, and words are not shown.
  const matches = (words) =>
    (window.samestorySearch || [])
      .map((entry, order) => ({ entry, order, title: plain(entry[1]), all: plain(entry.join(" ")) }))
      .filter(({ all }) => words.every((word) => all.includes(word)))
      .map((hit) => ({ ...hit, rank: words.filter((word) => !hit.title.includes(word)).length }))
      .sort((one, other) => one.rank - other.rank || one.order - other.order);

  const item = ([kind, title, address, more]) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = home + address;
    const parts = [["kind", kind], ["title", title], ["more", more]];
    for (const [name, text] of parts) {
      if (!text) continue;
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      link.append(part, " ");
    }
    row.append(link);
    return row;
  };

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? matches(words) : [];
    results.replaceChildren(...hits.slice(0, MOST).map(({ entry }) => item(entry)));
    found.textContent = !words.length ? "" : !hits.length ? NOTHING
      : hits.length > MOST ? `${hits.length} found, the first ${MOST} shown` : `${hits.length} found`;
    box.classList.toggle("open", words.length > 0);
  };

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = home + "assets/search.js";
    script.addEventListener("load", show);
    document.head.append(script);
  };

  const move = (event, step) => {
    const links = [...results.querySelectorAll("a")];
    if (!links.length) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + step;
    (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Enter" && event.target === input) results.querySelector("a")?.click();
    else if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target) || event.target.closest("#search-hits a")) box.classList.remove("open");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
