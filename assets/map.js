// The map by pointer and keys. Without this script each municipality is a link and a tab stop of its own; with it each
// view is one stop: arrows go to the next municipality in that direction, Home and End to the first and the last.
// All listeners are on the document, so that a map that is put in place of another needs nothing.
(() => {
  "use strict";
  const VIEWS = ".map figure svg";
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const middles = new WeakMap();

  const linkOf = (target) => (target instanceof Element ? target.closest(".map figure a") : null);
  const linksOf = (view) => [...view.querySelectorAll("a")];
  const shapeOf = (link) => link.querySelector("use").getAttribute("href");

  function middle(link) {
    if (!middles.has(link)) {
      const box = link.getBBox();
      middles.set(link, [box.x + box.width / 2, box.y + box.height / 2]);
    }
    return middles.get(link);
  }

  // the nearest municipality in the quarter that a way points to
  function nextIn(way, link) {
    const [x, y] = middle(link);
    let nearest = null;
    let least = Infinity;
    for (const each of linksOf(link.ownerSVGElement)) {
      const [dx, dy] = [middle(each)[0] - x, middle(each)[1] - y];
      const along = dx * way[0] + dy * way[1];
      const across = Math.abs(dx * way[1] + dy * way[0]);
      const distance = Math.hypot(dx, dy);
      if (each !== link && along > 0 && across <= along && distance < least) {
        [nearest, least] = [each, distance];
      }
    }
    return nearest;
  }

  // one link of each view can be reached with Tab: the one that has been reached, else the chosen one, else the first
  function prepare() {
    for (const view of document.querySelectorAll(VIEWS)) {
      const links = linksOf(view);
      const stop = links.find((link) => link === document.activeElement)
        || links.find((link) => link.getAttribute("tabindex") === "0")
        || links.find((link) => link.hasAttribute("aria-current"))
        || links[0];
      setStop(links, stop);
    }
  }

  function setStop(links, stop) {
    for (const link of links) {
      const wanted = link === stop ? "0" : "-1";
      if (link.getAttribute("tabindex") !== wanted) link.setAttribute("tabindex", wanted);
    }
  }

  // say a municipality below the map and outline it in both views
  function show(link) {
    const map = link.closest(".map");
    map.querySelector(".map-readout").textContent = link.querySelector("title").textContent;
    for (const view of map.querySelectorAll("figure svg")) {
      for (const line of linesOf(view)) line.setAttribute("href", shapeOf(link));
    }
  }

  // two lines, one of them light: they stand out of any colour
  function linesOf(view) {
    const found = [...view.querySelectorAll(".cursor")];
    return found.length ? found : ["cursor edge", "cursor"].map((name) => {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "use");
      line.setAttribute("class", name);
      line.setAttribute("aria-hidden", "true");
      view.append(line);
      return line;
    });
  }

  function go(event, link) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = linksOf(link.ownerSVGElement);
    const there = event.key === "Home" ? links[0] : event.key === "End" ? links[links.length - 1]
      : WAYS[event.key] ? nextIn(WAYS[event.key], link) || link : null;
    if (!there) return;
    event.preventDefault();
    there.focus({ preventScroll: true });
  }

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event.target);
    if (link) show(link);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event.target);
    if (!link) return;
    setStop(linksOf(link.ownerSVGElement), link);
    show(link);
  });
  document.addEventListener("keydown", (event) => {
    const link = linkOf(event.target);
    if (link) go(event, link);
  });

  document.documentElement.dataset.map = "scripted";
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      prepare();
    });
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["tabindex"] });
  prepare();
})();
