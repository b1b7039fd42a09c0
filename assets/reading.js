// Charts answer pointer and keyboard. Each has a data block (dashboards/charts/stops.py) that says what is read where.
// Nodes are looked up each time, for the page may replace them.
(() => {
  const root = document.documentElement, figures = new WeakMap(); // chart → the figure that Plotly draws instead
  let id = "", place = 0, byKey = false, text = "", stops = [], downX = 0;

  const chartAt = (node) => node.closest?.(".chart[data-chart]");
  const current = () => id && document.querySelector(`[data-chart="${id}"]`);
  const stopsOf = (chart) => {
    const now = chart.querySelector(".stops")?.textContent || '{"heads":[]}';
    if (now === text) return stops;
    const { x, y, heads, lines } = JSON.parse((text = now)), of = (column, at) => column?.[at] ?? null, last = heads.length - 1;
    // of places that lie equally far apart the first and the last are told
    const spot = (ends, at) => (ends?.length === 2 ? ends[0] + ((ends[1] - ends[0]) * at) / last : of(ends, at));
    const line = ([name, looks, ...columns], at) => [name, looks, ...columns.map((column) => of(column, at))];
    stops = heads.map((head, at) => ({ x: spot(x, at), y: spot(y, at), head, lines: lines.map((each) => line(each, at)) }));
    return stops;
  };

  // the drawing that is seen, where its plot area lies, and the way from parts of that area to its units
  const drawingOf = (chart) => {
    const svg = [...chart.querySelectorAll("[data-plot]")].find((each) => each.getClientRects().length);
    if (!svg) return;
    const [left, top, right, bottom] = svg.dataset.plot.split(" ").map(Number), box = svg.getBoundingClientRect();
    const x = (part) => left + part * (right - left), y = (part) => top + part * (bottom - top);
    return { svg, left, top, right, bottom, box, x, y, scale: box.width / svg.viewBox.baseVal.width };
  };

  const safe = (words) => words.replace(/[&<"]/g, (letter) => `&#${letter.charCodeAt()};`);
  const write = (readout, { head, lines }) => {
    const rows = lines.map(([name, looks, value, change]) =>
      `<p><i class="${safe(looks)}"></i>${[name, value, change ?? ""].map((words) => `<span>${safe(words)}</span>`).join(" ")}</p>`);
    readout.innerHTML = `<p>${safe(head)}</p> ${rows.join(" ")}`;
  };

  const draw = (chart, stop, readout) => {
    const d = drawingOf(chart), frame = chart.getBoundingClientRect(), upright = stop.x != null;
    if (!d) return;
    const x = d.x(stop.x), y = d.y(stop.y);
    const dots = stop.lines.map(([, looks, , , at]) => upright && at != null
      ? `<circle class="${safe(looks)}" cx="${x}" cy="${d.y(at)}" r="4.5"/>` : "");
    const half = (d.bottom - d.top) / stops.length / 2; // rows are equally high
    const path = upright ? `M${x} ${d.top}V${d.bottom}` : `M${d.left} ${y - half}H${d.right}v${half * 2}H${d.left}Z`;
    d.svg.insertAdjacentHTML("beforeend", `<g class="reading"><path d="${path}"/>${dots.join("")}</g>`);
    // the text stands beside the line where there is room, else below the plot: never on the point
    const { offsetWidth: wide, offsetHeight: high, style } = readout;
    const onX = d.box.left - frame.left + x * d.scale, onY = (value) => d.box.top - frame.top + value * d.scale;
    let left = 0, top = onY(d.bottom) + 4;
    if (!upright) [left, top] = [frame.width - wide, stop.y < 0.5 ? onY(y + half) + 4 : onY(y - half) - 4 - high];
    else if (d.box.width >= 700) [left, top] = [onX + (onX + 14 + wide > frame.width ? -14 - wide : 14), onY(d.top)];
    style.left = `${left}px`;
    style.top = `${top}px`;
  };

  const hover = (figure, stop) => {
    const px = (axis, part) => {
      const [low, high] = [axis._rangeInitial0, axis._rangeInitial1].map((end, at) => axis.r2l(end ?? axis.range[at]));
      return axis.l2p(low + part * (high - low));
    };
    const { xaxis, yaxis } = figure._fullLayout;
    Plotly.Fx.hover(figure, { xpx: px(xaxis, stop.x ?? 0.5), ypx: px(yaxis, 1 - (stop.y ?? 0.5)) });
  };

  const end = () => {
    const chart = current();
    id = "";
    if (!chart) return;
    chart.querySelector(".reading")?.remove();
    chart.querySelector(".readout").textContent = "";
    if (figures.has(chart)) Plotly.Fx.unhover(figures.get(chart));
  };

  const show = (chart, at, key) => {
    const stop = stopsOf(chart)[at], readout = chart.querySelector(".readout"), figure = figures.get(chart);
    if (!stop || (id === chart.dataset.chart && place === at && readout.firstChild)) return;
    end();
    [id, place, byKey] = [chart.dataset.chart, at, key];
    write(readout, stop);
    readout.classList.toggle("unseen", !!figure);
    if (figure) hover(figure, stop);
    else draw(chart, stop, readout);
  };

  const point = ({ target, clientX, clientY }) => {
    const chart = chartAt(target), d = chart && !figures.has(chart) && drawingOf(chart);
    if (!d) return;
    const away = stopsOf(chart).map(({ x, y }) => Math.hypot(
      x == null ? 0 : d.x(x) - (clientX - d.box.left) / d.scale, y == null ? 0 : d.y(y) - (clientY - d.box.top) / d.scale));
    show(chart, away.indexOf(Math.min(...away)), false);
  };

  addEventListener("click", point);
  addEventListener("pointerdown", ({ target, clientX }) => {
    downX = clientX;
    if (chartAt(target) !== current()) end();
  });
  addEventListener("pointermove", (event) => {
    const mouse = event.pointerType === "mouse";
    if (chartAt(event.target)) (mouse || Math.abs(event.clientX - downX) > 8) && point(event);
    else if (mouse && !byKey) end();
  });
  addEventListener("focusout", () => byKey && end());
  addEventListener("keydown", (event) => {
    const { target: chart, key } = event;
    if (key === "Escape") return end();
    if (!chart.matches?.("[data-chart]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const last = stopsOf(chart).length - 1, far = last < 24 ? 1 : 12;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, PageUp: -far, PageDown: far }[key];
    const to = { Home: 0, End: last }[key] ?? (id === chart.dataset.chart ? place : last + 1) + step;
    if (last < 0 || isNaN(to)) return;
    event.preventDefault();
    show(chart, Math.max(0, Math.min(last, to)), true);
  });
  // who reads goes on reading when Plotly draws the chart
  addEventListener("examined", ({ target, detail }) => {
    const at = id && id === target.dataset.chart ? place : -1;
    end();
    figures.set(target, detail);
    if (at >= 0) show(target, at, byKey);
  }, true);
  addEventListener("unexamined", ({ target }) => (end(), figures.delete(target)), true);
  visualViewport?.addEventListener("resize", () => root.toggleAttribute("data-zoomed", visualViewport.scale > 1.05));

  // a chart with something to read can be reached with Tab, one that comes later too
  const reach = () => document.querySelectorAll("[data-chart]:not([tabindex]) > .stops").forEach((each) => {
    each.parentNode.tabIndex = 0;
  });
  new MutationObserver(reach).observe(root, { subtree: true, childList: true, attributeFilter: ["tabindex"] });
  reach();
  root.dataset.reading = "on";
})();
