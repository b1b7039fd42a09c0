/* Dash's component Page: it changes the page in place as the reader chooses, and lets charts be examined.

   The document is the server's. Page draws no second copy: an answer's content is morphed into what stands there, so
   that focus, open details and scrolled tables stay. Plotly's graphs are the only nodes of React in it. */
window.koillismaa = (() => {
  "use strict";
  const {createElement, useEffect, useLayoutEffect, useMemo, useRef, useState} = React;
  const PUSHED = "_dashprivate_pushstate"; /* what dcc.Location listens to */
  const DWELL = 120; /* milliseconds that a pointer rests on a chart before it is examined */
  const WALK = 1000; /* milliseconds between two steps of one walk through a list */
  const SLICE = 8; /* milliseconds of work out of sight, after which what the reader does has its turn */
  const PATIENCE = 500; /* milliseconds between a failed answer and the plain page in its place */
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const page = () => document.getElementById("page");
  const isLive = () => root.dataset.live === "on";
  const ownScript = document.querySelector("script[src*='/page.js']").getAttribute("src");

  /* The address: what Dash was asked last and what it answered last, and where to go after the answer. */

  let asked = location.search, askedAt = 0;
  let answered = asked;
  let target = "";
  let walking = {}; /* the control whose values the reader walks through with the keys, and when last */
  let byKey = false;

  /* An address that only leads elsewhere in the page asks for nothing new: what is late stays late. */
  function noteAsked(search) {
    if (search !== asked) [asked, askedAt] = [search, performance.now()];
  }

  function go(address, walked = false) {
    const url = new URL(address, location.href);
    if (url.search === asked) return;
    history[walked ? "replaceState" : "pushState"](null, "", url);
    noteAsked(url.search);
    target = url.hash.slice(1);
    dispatchEvent(new CustomEvent(PUSHED));
  }

  const formQuery = (form) => `?${new URLSearchParams(new FormData(form))}`;
  const typedIn = () => document.activeElement?.closest("#page form.controls input:is([type=search], [type=text])");
  const followForm = (form, walked) => go(location.pathname + formQuery(form), walked);

  /* Each choice is a step that Back undoes; a walk through a list with the keys is one choice. */
  function chosenForm(event) {
    const {target: control, timeStamp: at} = event;
    const form = control.closest?.("#page form.controls");
    if (!form || !isLive()) return;
    if (event.type === "submit") event.preventDefault();
    followForm(form, walking.control === control && at - walking.at < WALK);
    walking = byKey ? {control, at} : {};
  }

  function followLink(event) {
    const link = event.target.closest?.("#page a[href]:not([download])");
    const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || other || event.defaultPrevented || !isLive()) return;
    const url = new URL(link.getAttribute("href"), location.href); /* a link in a drawing has no other way to tell */
    if (url.origin !== location.origin || url.pathname !== location.pathname || url.search === location.search) return;
    event.preventDefault();
    go(url);
  }

  /* The answer: content, title, address and links of the page. */

  let drawn = page().dataset.content; /* which content stands there */

  const CARD = /<section class="card[^>]* id="([^"]*)"[^]*?<\/section>/g; /* no card holds another section */

  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  }

  /* Whether the form is as the server wrote it, but for what is just being typed: that is a choice when it is done. */
  function chosenBefore(html) {
    const [before, now] = [parsed(html.replace(CARD, "")), page()].map((place) => {
      const form = place.querySelector("form.controls"), said = form && new FormData(form);
      if (said && typedIn()) said.delete(typedIn().name);
      return {form, said: String(new URLSearchParams(said ?? ""))};
    });
    return before.said !== now.said ? now.form : null;
  }

  const WHOLE = new Set(["svg", "TABLE", "SELECT", "DATALIST"]);
  let waiting = new Map(); /* cards out of sight, by id, as they came: not even read until what is seen is on the screen */
  const morphing = {
    /* What the reader opened stays open; what other scripts made reachable stays so. */
    beforeAttributeUpdated: (name, node, how) =>
      !(name === "open" && node.tagName === "DETAILS") && !(name === "tabindex" && how === "remove"),
    /* What is being typed stays. What holds nothing of the reader's is taken whole: to compare a drawing, a table or
       three hundred municipalities piece by piece would cost most of the time. */
    beforeNodeMorphed(old, made) {
      if (waiting.has(old.id)) return false;
      if (old === typedIn() && old.value !== new URLSearchParams(asked).get(old.name)) return false;
      if (!WHOLE.has(old.nodeName)) return true;
      const {value} = made; /* a list chooses anew as it is emptied */
      for (const name of made.getAttributeNames()) old.setAttribute(name, made.getAttribute(name));
      if (!old.isEqualNode(made)) old.replaceChildren(...made.childNodes);
      if (value !== undefined) old.value = value;
      return false;
    },
  };

  function redraw({content, html}) {
    if (content === drawn) return redrawUnseen(waiting);
    const unseen = new Set(target ? [] : [...page().querySelectorAll(".card")].filter(isOutOfSight).map(({id}) => id));
    waiting = new Map();
    morph(page(), html.replace(CARD, (card, id) => {
      if (!unseen.has(id)) return card;
      waiting.set(id, card);
      return `<section class="card" id="${id}"></section>`;
    }), "innerHTML");
    drawn = content;
    tellRedrawn();
    if (waiting.size) requestAnimationFrame(() => setTimeout(redrawUnseen, 0, waiting));
  }

  function morph(old, made, morphStyle) {
    const focused = document.activeElement;
    Idiomorph.morph(old, made, {morphStyle, callbacks: morphing});
    if (!focused.isConnected) document.getElementById("content").focus({preventScroll: true});
  }

  function isOutOfSight(card) {
    const {top, bottom} = card.getBoundingClientRect();
    return bottom < 0 || top > innerHeight;
  }

  /* Piece by piece, so that the reader's next choice need not wait: once there is one, its answer brings all of its own. */
  function redrawUnseen(cards, until = performance.now() + SLICE) {
    if (cards !== waiting || !cards.size || answered !== asked) return;
    for (const [id, html] of cards) {
      cards.delete(id);
      morph(document.getElementById(id), parsed(html).firstElementChild, "outerHTML");
      if (performance.now() > until) break;
    }
    if (cards.size) setTimeout(redrawUnseen, 0, cards);
    else tellRedrawn();
  }

  function tellRedrawn() {
    page().ariaBusy = waiting.size ? "true" : null;
    dispatchEvent(new Event("redrawn"));
  }

  function show(answer) {
    document.title = answer.title;
    answered = answer.search;
    /* before the page is changed, for the browser lays the page out to note where the reader has scrolled to */
    if (answer.address) history.replaceState(history.state, "", answer.address + location.hash);
    redraw(answer);
    for (const link of document.querySelectorAll("header.site nav a")) link.search = answer.query;
    if (isLive()) document.getElementById("told").textContent = page().querySelector("h1").textContent;
    if (target) document.getElementById(target)?.scrollIntoView();
    target = "";
  }

  /* The first answer is what the document is already; what was chosen while Dash loaded comes after it. */
  function take(answer) {
    const chosen = isLive() ? null : chosenBefore(answer.html);
    if (!chosen) show(answer);
    if (!isLive()) goLive();
    if (chosen) followForm(chosen);
  }

  /* From here on all cards are laid out (site.css); what the reader has before them stays where it is. */
  function goLive() {
    const seen = [...page().querySelectorAll(".card, #page > section")].find((part) => !isOutOfSight(part));
    const top = seen?.getBoundingClientRect().top;
    root.dataset.live = "on";
    if (seen) scrollBy(0, seen.getBoundingClientRect().top - top);
  }

  /* A chart that is examined: Plotly's graph over the SVG (assets/examined.js fits it), which it hides once it is drawn. */

  function Examined({chart, figure, config}) {
    const box = useRef(null);
    const [drawing, setDrawing] = useState(() => fitting.drawingOf(chart));
    const {width, height, left, top, scale} = drawing ?? {};
    const fit = useMemo(() => width && fitting.fitted(figure, drawing), [figure, width, height]);
    useLayoutEffect(() => {
      const resized = new ResizeObserver(() => setDrawing(fitting.drawingOf(chart)));
      const waiting = new MutationObserver(() => {
        const graph = box.current.querySelector(".js-plotly-plot:not(.dash-graph--pending)");
        if (!graph) return;
        waiting.disconnect();
        chart.classList.add("drawn");
        chart.dispatchEvent(new CustomEvent("examined", {bubbles: true, detail: graph}));
      });
      resized.observe(chart);
      waiting.observe(box.current, {subtree: true, childList: true, attributeFilter: ["class"]});
      return () => {
        resized.disconnect();
        waiting.disconnect();
        chart.classList.remove("drawn");
        chart.dispatchEvent(new CustomEvent("unexamined", {bubbles: true}));
      };
    }, []);
    const graph = fit && createElement(dash_core_components.Graph, {
      figure: fit, config, responsive: false, style: {height: "100%"}, setProps: () => {},
    });
    const style = {left, top, width, height, transform: `scale(${scale})`};
    return createElement("div", {ref: box, className: "examined", "aria-hidden": true, style}, graph);
  }

  /* A chart that Plotly cannot draw stays a drawing. */
  class Guarded extends React.Component {
    state = {failed: false};
    static getDerivedStateFromError() { return {failed: true}; }
    render() { return this.state.failed ? null : createElement(Examined, this.props); }
  }

  /* Calls back with a chart that the reader points at for a moment, focuses or taps. */
  function watchCharts(examine) {
    let resting = 0;
    const chartOf = (event) => event.target.closest?.("#page .chart[data-chart]");
    const touched = (event) => chartOf(event) && examine(chartOf(event));
    const pointed = (event) => {
      clearTimeout(resting);
      if (event.pointerType === "mouse" && chartOf(event)) resting = setTimeout(examine, DWELL, chartOf(event));
    };
    addEventListener("pointerover", pointed);
    addEventListener("focusin", touched);
    addEventListener("click", touched);
  }

  /* The component: what Dash knows of the page, and the way back. */

  function Page({answer, figures, setProps}) {
    /* what is examined belongs to one answer; null stands for a figure that is asked for */
    const visit = useRef({number: 0});
    if (visit.current.answer !== answer) visit.current = {number: visit.current.number + 1, answer, charts: {}};
    const current = visit.current;
    if (figures?.visit === current.number) Object.assign(current.charts, figures.charts);
    const ask = (charts) => setProps({
      examined: {visit: current.number, search: answer.search, charts, dark: dark.matches},
    });
    const latest = useRef(null);
    latest.current = {
      examine({dataset: {chart}}) {
        if (!isLive() || !answer || !chart || chart in current.charts) return;
        redrawUnseen(waiting, Infinity); /* a graph is put into what stays */
        current.charts[chart] = null;
        ask(Object.keys(current.charts).filter((name) => !current.charts[name]));
      },
      turn() { if (answer) ask(Object.keys(current.charts)); },
    };

    const loading = dash_component_api.useDashContext().useLoading({filterFunc: (each) => each.property === "answer"});
    useEffect(() => {
      const late = setTimeout(() => {
        const waited = performance.now() - askedAt >= PATIENCE; /* what was only just chosen is not late */
        if (isLive() && !loading && answer?.search !== asked && waited) location.reload();
      }, PATIENCE);
      return () => clearTimeout(late);
    }, [loading, answer]);

    useEffect(() => {
      document.addEventListener("change", chosenForm);
      document.addEventListener("submit", chosenForm);
      document.addEventListener("click", followLink);
      addEventListener("keydown", () => { byKey = true; }, true);
      addEventListener("pointerdown", () => { byKey = false; }, true);
      addEventListener("popstate", () => noteAsked(location.search));
      dark.addEventListener("change", () => latest.current.turn());
      watchCharts((chart) => latest.current.examine(chart));
      return () => { delete root.dataset.live; }; /* should Dash give up, the page is plain again */
    }, []);

    useLayoutEffect(() => {
      if (!answer || answer.search !== asked) return;
      if (isLive() && answer.script !== ownScript) return location.reload(); /* the service is a newer one by now */
      take(answer);
      const chart = page().querySelector(".chart[data-chart]:is(:hover, :focus-within)");
      if (chart && answer.search === asked) latest.current.examine(chart);
    }, [answer]);

    return Object.entries(current.charts ?? {}).map(([name, figure]) => {
      const chart = figure && page().querySelector(`.chart[data-chart="${name}"]`);
      return chart && ReactDOM.createPortal(createElement(Guarded, {chart, figure, config: figures.config}), chart, name);
    });
  }

  return {Page};
})();
