// The what-if calculator counts while the reader types: as queries/analysis/what_if.py does, operation by operation.
// Words, limits and forms of numbers stand in the form's data block (dashboards/what_if.py). No node is kept, for the
// page may replace any of them.
(() => {
  const find = () => document.querySelector("form[data-what-if]");
  const dataOf = (form) => JSON.parse(form.querySelector(".what-if-data").textContent);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const sum = (amounts) => amounts.reduce((result, amount) => result + amount, 0);

  const parse = (text, [low, high, decimals]) => {
    const plain = text.replace(/\s/g, "").replace("\u2212", "-").replace(",", ".");
    const form = new RegExp(`^[-+]?[0-9]{1,6}${decimals ? `(\\.[0-9]{1,${decimals}})?` : ""}$`);
    const value = form.test(plain) ? Number(plain) + 0 : NaN;
    return low <= value && value <= high ? value : NaN;
  };

  // halves are rounded up as decimals are written, as the page's other figures are: 25.15 becomes 25.2, and so does
  // 25.149999999999999, which floats make of it: what lies far behind the decimals is rounded away first
  const fixed = (value, decimals) => {
    const [whole, part] = Math.abs(value).toFixed(9).split(".");
    const kept = BigInt(whole + part.slice(0, decimals)) + (part[decimals] >= "5" ? 1n : 0n);
    const digits = String(kept).padStart(decimals + 1, "0"), end = digits.length - decimals;
    return decimals ? `${digits.slice(0, end)}.${digits.slice(end)}` : digits;
  };
  const number = ({ decimal, thousands, minus }, value, decimals = 0) => {
    const [whole, part] = fixed(value, decimals).split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (part ? decimal + part : "");
    return (value < 0 && /[1-9]/.test(text) ? minus : "") + text;
  };
  const signed = (data, value) => (value > 0 && number(data, value) !== "0" ? "+" : "") + number(data, value);
  const persons = (data, value) => number(data, value, fixed(value, 1).endsWith(".0") ? 0 : 1);
  const euros = (data, value) => fill(data.words.euros, { number: number(data, value) });

  // an empty field means the number that stands in it faintly
  const read = (form, { limits }) => {
    const asked = {}, wrong = [];
    for (const [name, limit] of Object.entries(limits)) {
      asked[name] = [...form.querySelectorAll(`input[name="${name}"]`)].map((input) => {
        const value = parse(input.value.trim() || input.placeholder, limit);
        if (isNaN(value)) wrong.push(input);
        return value;
      });
    }
    return { asked, wrong };
  };
  const fieldsOf = (form, names, step = 0) => names.map((name) => form.querySelectorAll(`input[name="${name}"]`)[step]).filter(Boolean);

  const refusal = (form, data, asked) => {
    const step = data.shares.findIndex((_, at) => asked.out[at] + (asked.on[at] ?? 0) > asked.persons[at]);
    if (step >= 0) {
      const moved = number(data, asked.out[step] + (asked.on[step] ?? 0)), now = number(data, asked.persons[step]);
      const told = fill(data.words["refused.too_many"], { step: data.days[step], moved, now });
      return { told, fields: fieldsOf(form, ["persons", "out", "on"], step) };
    }
    const days = asked.days[0] + asked.length[0] / 12;
    if (0 <= days && days <= data.most) return;
    const told = fill(data.words["refused.days"], { days: number(data, days, 1), most: number(data, data.most) });
    return { told, fields: fieldsOf(form, ["days", "length"]) };
  };

  const count = ({ shares }, asked) => {
    const [days, length, daily, newDaily, active, leaving] =
      ["days", "length", "daily", "new_daily", "active", "leaving"].map((name) => asked[name][0]);
    const newDays = days + length / 12, staying = 1 - active * leaving / 10000;
    return shares.map((share, step) => {
      const now = asked.persons[step], arrived = step ? asked.on[step - 1] : 0;
      const left = (now - asked.out[step] - (asked.on[step] ?? 0) + arrived) * staying;
      const before = now * days * daily * share / 100, after = left * newDays * newDaily * share / 100;
      return { left, before, after };
    });
  };

  const texts = (data, steps) => {
    const before = sum(steps.map((step) => step.before)), after = sum(steps.map((step) => step.after)), change = after - before;
    const rows = Object.fromEntries(steps.map((step, at) => [at, [step.before, step.after, step.after - step.before]]));
    rows.month = [before, after, change];
    rows.year = [before * 12, after * 12, change * 12];
    const results = {};
    for (const [row, [first, then, difference]] of Object.entries(rows)) {
      results[`before.${row}`] = number(data, first);
      results[`after.${row}`] = number(data, then);
      results[`difference.${row}`] = signed(data, difference);
    }
    steps.forEach((step, at) => { results[`persons.${at}`] = persons(data, step.left); });
    const same = number(data, change * 12) === "0", [month, year] = same ? [before, before * 12] : [change, change * 12];
    const told = data.words[same ? "told.same" : change < 0 ? "told.less" : "told.more"];
    return { results, told: fill(told, { month: euros(data, Math.abs(month)), year: euros(data, Math.abs(year)) }) };
  };

  const mark = (form, fields) => form.querySelectorAll("input[data-give]").forEach((input) => {
    if (fields.includes(input)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  });

  // all parts are written or none: see dashboards/what_if_address.py
  const address = (form, { limits, usual }, asked) => {
    const parts = { rules: form.querySelector("input[name=rules]").value };
    for (const [name, [, , decimals]] of Object.entries(limits)) {
      parts[name] = asked[name].map((value) => String(Number(value.toFixed(decimals)))).join(",");
    }
    const changed = Object.keys(usual).some((name) => usual[name] !== parts[name]), url = new URL(location);
    for (const name of Object.keys(usual)) {
      if (changed) url.searchParams.set(name, parts[name]);
      else url.searchParams.delete(name);
    }
    url.search = url.search.replaceAll("%2C", ",");
    return url;
  };

  const show = (form) => {
    const data = dataOf(form), { asked, wrong } = read(form, data);
    const refused = wrong.length ? { told: wrong[0].dataset.give, fields: wrong } : refusal(form, data, asked);
    const { results, told } = refused ? { results: {}, told: refused.told } : texts(data, count(data, asked));
    const status = form.querySelector(".told");
    mark(form, refused?.fields ?? []);
    status.toggleAttribute("data-refused", Boolean(refused));
    if (status.textContent !== told) status.textContent = told;
    form.querySelectorAll("[data-result]").forEach((place) => {
      place.textContent = results[place.dataset.result] ?? data.words.none;
    });
  };

  // browsers allow an address to be changed only so often: once the reader pauses
  let timer;
  const keep = () => {
    const form = find();
    if (!form) return;
    const data = dataOf(form), { asked, wrong } = read(form, data);
    if (wrong.length) return;
    const url = address(form, data, asked);
    history.replaceState(history.state, "", url);
    document.querySelectorAll(".languages a").forEach((link) => { link.search = url.search; });
  };

  addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-what-if]");
    if (!form) return;
    show(form);
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  });
  // captured: the page's own links are followed by another script too
  addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-reset]")?.closest("form");
    if (!form || form.querySelector("input[name=rules]").value !== dataOf(form).usual.rules) return;
    event.preventDefault();
    form.querySelectorAll("input[data-give]").forEach((input) => { input.value = input.placeholder; });
    show(form);
    keep();
  }, true);
  addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-what-if]") || event.submitter?.name === "rules") return;
    event.preventDefault();
    show(event.target);
    keep();
  });
  document.documentElement.dataset.whatIf = "on";
})();
