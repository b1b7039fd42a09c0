/* Loads Dash when the reader first needs it. Until then, and where it fails, the page works as the plain page it is. */
(() => {
  "use strict";
  const block = document.getElementById("_dash-config");
  if (!block) return;
  const told = JSON.parse(block.textContent);
  const ANSWERING = ".chart, form.controls, #page a[href]";
  const PAINTED = 200; /* milliseconds after which what came has surely been drawn */
  const INTENTS = ["pointerover", "click", "focusin", "change", "keydown"];

  let begun = false;

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, {src: address, async: false, onload: resolve, onerror: reject});
      document.head.append(script);
    });
  }

  /* Dash's components put style sheets into the head as they load, which our policy forbids and our page has no use
     for: while they load, the head that they find is one that is in no document. */
  function withoutStyles(loading) {
    const shelf = document.createElement("head");
    document.querySelector = (selector) =>
      selector === "head" ? shelf : Document.prototype.querySelector.call(document, selector);
    return loading.finally(() => { delete document.querySelector; });
  }

  function load() {
    if (begun) return;
    begun = true;
    for (const name of INTENTS) removeEventListener(name, notice, true);
    const style = document.createElement("link");
    /* the id is the one that Plotly looks for, the class tells it to add no styles */
    Object.assign(style, {rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: told.style});
    document.head.append(style);
    withoutStyles(Promise.allSettled(told.scripts.map(loadScript))).then((scripts) => {
      if (scripts.every((each) => each.status === "fulfilled")) new DashRenderer();
    });
  }

  /* A finger that scrolls is no intent: only what it taps is. */
  function notice(event) {
    if (event.type === "pointerover" && event.pointerType !== "mouse") return;
    if (event.type === "keydown" || event.target.closest?.(ANSWERING)) load();
  }

  for (const name of INTENTS) addEventListener(name, notice, {capture: true, passive: true});
  if (matchMedia("(pointer: fine)").matches && !navigator.connection?.saveData) {
    const idle = window.requestIdleCallback ?? setTimeout;
    addEventListener("load", () => setTimeout(() => idle(load), PAINTED));
  }
})();
