/* Fits a Plotly figure to the SVG that it takes the place of. Plotly draws in the SVG's units and is scaled as that is: its
   plot stands on the SVG's (which tells it in data-plot), its words where the SVG has them, so that nothing moves. */
window.fitting = (() => {
  "use strict";
  const NARROW = 500;

  function drawingOf(chart) {
    const svg = [...chart.querySelectorAll(":scope > svg[data-plot]")].find((each) => each.getClientRects().length);
    if (!svg) return null;
    const [outer, box, view] = [chart.getBoundingClientRect(), svg.getBoundingClientRect(), svg.viewBox.baseVal];
    return {
      left: box.left - outer.left, top: box.top - outer.top, scale: box.width / view.width,
      width: view.width, height: view.height, font: Number(svg.getAttribute("font-size")),
      plot: svg.dataset.plot.split(" ").map(Number),
      breaks: [...svg.querySelectorAll(".break")].map((line) => Number(line.getAttribute("d").match(/ (\S+)V/)[1])),
      words: [...svg.querySelectorAll(".quiet.name")].map((word) => (
        {x: Number(word.getAttribute("x")), y: Number(word.getAttribute("y")), end: word.hasAttribute("text-anchor")})),
    };
  }

  const bare = {showarrow: false, borderpad: 0, borderwidth: 0};
  const aside = (text, where) => ({...bare, text, xref: "paper", yref: "paper", x: 0, y: 1, xanchor: "left", ...where});

  /* The units at the axes, and each break's word and the top of its line where the SVG has them. */
  function wordsAround({annotations = [], shapes = [], xaxis, yaxis}, {plot: [left, top, , bottom], font, breaks, words}) {
    const quiet = {...bare, font: xaxis.tickfont, yanchor: "middle"};
    const placed = annotations.map((each, n) => {
      if (each.yref !== "paper" || each.y !== 1) return each;
      const {x, y, end} = words[n];
      return aside(each.text, {...quiet, xanchor: end ? "right" : "left", xshift: x - left, yshift: top - y + font * 0.35});
    });
    const unit = aside(yaxis.title?.text ?? "", {...quiet, xshift: -left, yshift: top - font * 0.65});
    const lower = aside(xaxis.title?.text ?? "", {...quiet, x: 1, y: 0, xanchor: "right", yshift: -font * 2.55});
    const reaching = (shape, n) => ({...shape, y1: 1 + (top - breaks[n]) / (bottom - top)});
    return {annotations: [unit, lower, ...placed], shapes: shapes.map(reaching)};
  }

  /* Where each line's name stands: beside its end, moved apart so that each can be read, or below as a key. */
  function placesOf(lines, {layout}, {plot: [, top, , bottom], font}, beside, first) {
    if (!beside) return lines.map((line, row) => -font * (first + 1.7 * row));
    const [low, high] = layout.yaxis.range ?? [0, 1];
    const newest = ({y}) => (bottom - top) * ((y.findLast((value) => value != null) ?? low) - low) / (high - low);
    const ends = lines.map((line, n) => ({n, at: newest(line)})).sort((one, other) => other.at - one.at);
    const gap = font * 1.35;
    ends.forEach((end, n) => { end.at = Math.min(end.at, n ? ends[n - 1].at - gap : Infinity); });
    ends.reverse().forEach((end, n) => { end.at = Math.max(end.at, n ? ends[n - 1].at + gap : 0); });
    return ends.sort((one, other) => one.n - other.n).map((end) => end.at);
  }

  /* A piece of each line and its name, and of the band behind them. */
  function keys(figure, drawing) {
    const {data, ends, layout} = figure, {plot: [left, , right], font, width} = drawing;
    const beside = width - right > 5 * font, below = {x: 0, shift: -left - 6};
    const first = layout.xaxis.title?.text ? 4.5 : 3.1;
    const bands = [...new Map(data.filter((trace) => trace.fill).map((trace) => [trace.name, trace])).values()];
    const lines = Object.keys(ends).map((name) => data.find((trace) => trace.name === name && trace.line)).filter(Boolean);
    const places = placesOf(lines, figure, drawing, beside, first + 1.7 * bands.length);
    const all = [
      ...bands.map(({name, fillcolor}, row) =>
        ({...below, text: name, line: {color: fillcolor, width: 12}, place: -font * (first + 1.7 * row)})),
      ...lines.map(({name, line}, n) => ({...(beside ? {x: 1, shift: 0} : below), text: ends[name], line, place: places[n]})),
    ];
    return {
      annotations: all.map(({text, x, shift, place}) =>
        aside(text, {x, y: 0, yanchor: "middle", xshift: shift + 38, yshift: place})),
      shapes: all.map(({line, x, shift, place}) => ({
        type: "line", line, xref: "paper", yref: "paper", xsizemode: "pixel", ysizemode: "pixel", xanchor: x, yanchor: 0,
        x0: shift + 8, x1: shift + 32, y0: place, y1: place,
      })),
    };
  }

  /* Every nth month, so that their names stay apart. */
  function thinned({tickvals = [], ticktext = [], ...axis}, {plot: [left, , right], font}) {
    const room = Math.max(...ticktext.map((text) => text.length), 0) * font * 0.53 + font;
    const step = Math.ceil(room / ((right - left) / tickvals.length)) || 1;
    const kept = (each, n) => n % step === 0;
    return tickvals.length ? {...axis, tickangle: 0, tickvals: tickvals.filter(kept), ticktext: ticktext.filter(kept)} : axis;
  }

  /* What is told under the pointer, the change on a line of its own where there is no room beside the value. */
  function narrowed({customdata, ...trace}) {
    return customdata ? {...trace, customdata: customdata.map((text) => text.replace(" (", "<br>("))} : trace;
  }

  function fitted(figure, drawing) {
    const {width, height, font, plot: [l, t, right, bottom]} = drawing, {layout} = figure;
    const data = width < NARROW ? figure.data.map(narrowed) : figure.data;
    const [around, named] = [wordsAround(layout, drawing), keys(figure, drawing)];
    return {
      data,
      layout: {
        ...layout, width, height, autosize: false, showlegend: false,
        margin: {l, t, r: width - right, b: height - bottom, pad: 0},
        font: {...layout.font, size: font},
        xaxis: {...thinned(layout.xaxis, drawing), title: {text: ""}},
        yaxis: {...layout.yaxis, title: {text: ""}},
        annotations: [...around.annotations, ...named.annotations],
        shapes: [...around.shapes, ...named.shapes],
      },
    };
  }

  return {drawingOf, fitted};
})();
