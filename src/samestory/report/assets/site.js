// An output that is wider than the page can be moved by keyboard, too.
for (const region of document.querySelectorAll(".output_html")) {
  if (region.scrollWidth > region.clientWidth) {
    region.tabIndex = 0;
    region.setAttribute("role", "group");
    region.setAttribute("aria-label", "Output");
  }
}

// Search over the site: what assets/search.js lists is loaded when the box is first used. Nothing leaves the page.
(() => {
  "use strict";
  const MOST = 24;
  const box = document.querySelector("header.site search");
  if (!box) return;
  const home = document.body.dataset.home;
  const input = box.querySelector("input");
  const found = box.querySelector("[role=status]");
  const results = box.querySelector("ul");
  let asked = false;
  box.hidden = false;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Entries are [kind, title, address, more]; the words of title and more are searched.
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
    found.textContent = !words.length ? "" : !hits.length ? "Nothing found"
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
