"use strict";
(function () {
  const PAGE = 100, FOLD = 110, DAY = 86400000;
  const names = { s: "success", w: "warning", e: "error", r: "running" };
  const numeric = { count: 1, order: 1, real: 1, moment: 1, date: 1, span: 1 };
  const order = { error: 0, warning: 1, running: 2, info: 3, success: 4 };
  const svgName = "http://www.w3.org/2000/svg";

  function make(name, parent, text, className) {
    const e = document.createElement(name);
    if (text !== undefined) { e.textContent = text; }
    if (className) { e.className = className; }
    if (parent) { parent.append(e); }
    return e;
  }

  // Values are shown as the page shows them without script.
  const pad = (n, digits) => String(n).padStart(digits, "0");
  function lasted(ms) {
    if (ms < 0) { return "-" + lasted(-ms); }
    if (ms < 60000) { return Math.floor(ms / 1000) + "." + pad(ms % 1000, 3) + " s"; }
    const days = Math.floor(ms / DAY), of = ms % DAY;
    return (days > 0 ? days + "d " : "") + pad(Math.floor(of / 3600000), 2) + ":" + pad(Math.floor(of / 60000) % 60, 2) + ":" + pad(Math.floor(of / 1000) % 60, 2);
  }
  function moment(ms, length) {
    const d = new Date(ms);
    if (isNaN(d)) { return String(ms); }
    return d.toISOString().replace("T", " ").slice(0, length);
  }
  const thousands = (n) => (n < 0 ? "-" : "") + String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ",");
  function show(kind, v) {
    if (v === null) { return ""; }
    switch (kind) {
      case "count": return thousands(v);
      case "order": return String(v);
      case "real": return v.toFixed(1);
      case "moment": return moment(v, 16);
      case "date": return moment(v, 10);
      case "span": return lasted(v);
    }
    return v;
  }
  function short(text, most) {
    const all = Array.from(text);
    return all.length <= most ? text : all.slice(0, most).join("") + "…";
  }

  function strip(letters) {
    const svg = document.createElementNS(svgName, "svg");
    svg.setAttribute("class", "strip");
    svg.setAttribute("width", Math.max(1, letters.length) * 6);
    svg.setAttribute("height", 16);
    svg.setAttribute("role", "img");
    const counts = [];
    for (const l of "ewrs") {
      const n = letters.split(l).length - 1;
      if (n > 0) { counts.push(n + " " + names[l]); }
    }
    svg.setAttribute("aria-label", "the last " + letters.length + ": " + counts.join(", "));
    Array.from(letters).forEach(function (l, i) {
      const rect = document.createElementNS(svgName, "rect"), half = l === "s";
      rect.setAttribute("x", i * 6);
      rect.setAttribute("y", half ? 8 : 0);
      rect.setAttribute("height", half ? 8 : 16);
      rect.setAttribute("width", 5);
      rect.setAttribute("class", "f-" + names[l]);
      svg.append(rect);
    });
    return svg;
  }

  function fill(cell, kind, v) {
    const text = show(kind, v);
    if (text === "") { return; }
    if (kind === "strip") {
      cell.append(strip(text));
    } else if (kind === "level") {
      make("span", cell, text, "badge t-" + (text in order ? text : "none"));
    } else if (kind === "long") {
      const first = text.split("\n", 1)[0];
      if (first !== text || Array.from(first).length > FOLD) {
        const d = make("details", cell);
        make("summary", d, short(first, FOLD - 10));
        make("div", d, text, "all");
      } else {
        cell.textContent = text;
      }
    } else {
      cell.textContent = text;
    }
  }

  // A table: what is in its data is read when it is asked for.
  function Grid(box) {
    const table = box.querySelector("table");
    if (!table) { return; }
    const heads = Array.from(table.tHead.rows[0].cells), body = table.tBodies[0];
    const labels = heads.map((h) => h.textContent);
    let data = null, columns, words, picked, sorted = -1, falling = false, shown = PAGE;

    function load() {
      if (data) { return; }
      data = JSON.parse(document.getElementById(box.id + "-data").textContent);
      columns = data.c.map((list, c) => numeric[data.k[c]] ? list : list.map((n) => data.t[n]));
      words = new Array(data.n);
    }
    function wordsOf(row) {
      if (words[row] === undefined) { words[row] = columns.map((list, c) => show(data.k[c], list[row])).join("\n").toLowerCase(); }
      return words[row];
    }

    const tools = make("div", null, undefined, "tools");
    tools.setAttribute("role", "search");
    const search = make("input", tools);
    search.type = "search";
    search.placeholder = "Filter by words";
    search.setAttribute("aria-label", "Filter " + table.caption.textContent.trim());
    const choices = [];
    heads.forEach(function (head, c) {
      if (!("choice" in head.dataset)) { return; }
      const select = make("select", tools);
      select.setAttribute("aria-label", labels[c]);
      make("option", select, labels[c] + ": all").value = "";
      select.addEventListener("focus", options);
      select.addEventListener("pointerdown", options);
      select.addEventListener("change", () => { shown = PAGE; paint(); });
      choices.push({ select: select, column: c });
    });
    // Where rows are cards there are no heads to sort by.
    const sorting = make("select", tools, undefined, "sort");
    sorting.setAttribute("aria-label", "Sort");
    make("option", sorting, "Sort by …").value = "";
    sorting.addEventListener("change", function () {
      if (sorting.value !== "") { sort(Number(sorting.value), Number(sorting.value) % 1 !== 0); }
    });
    const output = make("output", tools);
    output.setAttribute("aria-live", "polite");
    const pager = make("div", null, undefined, "page"), more = make("button", pager);
    more.type = "button";
    pager.hidden = true;

    function options() {
      load();
      for (const choice of choices) {
        if (choice.select.options.length > 1) { continue; }
        const counts = new Map();
        columns[choice.column].forEach((v) => counts.set(v, (counts.get(v) || 0) + 1));
        Array.from(counts.keys()).sort((a, b) => a < b ? -1 : 1).slice(0, 1000).forEach(function (v) {
          make("option", choice.select, (v === "" ? "(none)" : short(v, 60)) + " (" + thousands(counts.get(v)) + ")").value = "=" + v;
        });
      }
    }

    function compare(c) {
      const list = columns[c], kind = data.k[c], up = falling ? -1 : 1;
      return function (a, b) {
        let x = list[a], y = list[b];
        const noX = x === null || x === "", noY = y === null || y === "";
        if (noX || noY) { return noX && noY ? a - b : noX ? 1 : -1; }
        if (kind === "level") { x = order[x] ?? 9; y = order[y] ?? 9; }
        return x < y ? -up : x > y ? up : a - b;
      };
    }

    function paint() {
      load();
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      picked = [];
      for (let row = 0; row < data.n; row++) {
        if (choices.every((o) => o.select.value === "" || o.select.value === "=" + columns[o.column][row]) &&
          wanted.every((w) => wordsOf(row).includes(w))) { picked.push(row); }
      }
      if (sorted >= 0) { picked.sort(compare(sorted)); }
      const rows = document.createDocumentFragment();
      for (const row of picked.slice(0, shown)) {
        const tr = make("tr", rows);
        columns.forEach(function (list, c) {
          const named = "head" in heads[c].dataset, cell = make(named ? "th" : "td", tr, undefined, "k-" + data.k[c]);
          if (named) { cell.scope = "row"; }
          cell.dataset.label = labels[c];
          fill(cell, data.k[c], list[row]);
        });
      }
      body.replaceChildren(rows);
      output.textContent = thousands(picked.length) + " of " + thousands(data.n) + " rows";
      const left = picked.length - shown;
      pager.hidden = left <= 0;
      more.textContent = "Show " + thousands(Math.min(PAGE, left)) + " of " + thousands(left) + " more rows";
    }

    heads.forEach(function (head, c) {
      if (head.classList.contains("k-strip")) { return; }
      head.setAttribute("aria-sort", "none");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        load();
        sort(c, sorted === c ? !falling : Boolean(numeric[data.k[c]]));
      });
      make("option", sorting, labels[c] + ", rising").value = c;
      make("option", sorting, labels[c] + ", falling").value = c + 0.5;
    });
    function sort(c, down) {
      sorted = Math.floor(c);
      falling = down;
      heads.forEach((h, i) => h.hasAttribute("aria-sort") && h.setAttribute("aria-sort", i !== sorted ? "none" : falling ? "descending" : "ascending"));
      paint();
    }
    let waiting;
    search.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () { shown = PAGE; paint(); }, 80);
    });
    more.addEventListener("click", function () {
      const at = shown;
      shown += PAGE;
      paint();
      if (pager.hidden && body.rows[at]) { body.rows[at].tabIndex = -1; body.rows[at].focus(); }
    });
    box.filter = function (text) {
      choices.forEach((o) => { o.select.value = ""; });
      search.value = text;
      shown = PAGE;
      paint();
    };
    table.parentElement.before(tools);
    table.parentElement.after(pager);
    // All rows are in the page already where there are few.
    const rest = box.querySelector(".here");
    if (rest) {
      pager.hidden = false;
      more.textContent = "Show more rows";
      shown = body.rows.length;
    }
    if (body.rows.length < 6 && !rest) { tools.hidden = true; }
  }

  // A chart: the picture gives way to one with figures under the pointer.
  function color(tone) { return getComputedStyle(document.documentElement).getPropertyValue(tone).trim(); }
  function Chart(box) {
    const data = JSON.parse(document.getElementById(box.id + "-data").textContent), picture = box.querySelector(".picture");
    if (data.x.length < 2 || data.w.length === 0) { return; }
    const about = picture.querySelector("svg").getAttribute("aria-label");
    const tools = make("div", null, undefined, "tools"), place = make("div");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", about);
    function select(label, list) {
      const s = make("select", list.length > 1 ? tools : null);
      s.setAttribute("aria-label", label);
      list.forEach((o, i) => { make("option", s, o.n).value = i; });
      s.addEventListener("change", draw);
      return s;
    }
    const view = select(data.l, data.w), group = select("Figures", data.g);
    let plot = null;

    function draw() {
      const of = data.g[group.value].s, values = data.w[view.value].v;
      const before = data.g.slice(0, group.value).reduce((n, g) => n + g.s.length, 0);
      const raw = of.map((_, i) => values[before + i]);
      let drawn = raw;
      if (data.b) { // stacked: the sum of those below
        drawn = raw.map((_, i) => data.x.map((_, at) => raw.slice(0, i + 1).reduce((sum, list) => sum + (list[at] || 0), 0)));
      }
      const ink = color("--faint"), rule = color("--rule");
      const axis = { stroke: ink, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 } };
      const series = of.map(function (s, i) {
        const c = color("--fill-" + s.t);
        return { label: s.n, stroke: c, fill: data.b ? c : undefined, width: data.b ? 0 : 2, points: { show: !data.b && data.x.length < 80, size: 5 }, spanGaps: true,
          paths: data.b ? uPlot.paths.bars({ size: [0.8, 40], gap: 0 }) : undefined,
          value: (u, v, si, at) => at === null || at === undefined ? "–" : show(data.k, raw[i][at] === null ? null : Math.round(raw[i][at])) || "–" };
      });
      // The highest of a stack is drawn first, so that those below are seen.
      const turned = data.b ? series.map((_, i) => series.length - 1 - i) : series.map((_, i) => i);
      const options = { width: place.clientWidth || box.clientWidth, height: 260, tzDate: (s) => uPlot.tzDate(new Date(s * 1000), "Etc/UTC"),
        cursor: { y: false, drag: { x: true, y: false } }, legend: { live: true },
        scales: { x: { time: true }, y: { range: (u, low, high) => [0, high > 0 ? high * 1.08 : 1] } },
        axes: [Object.assign({}, axis), Object.assign({ size: data.k === "span" ? 76 : 64, values: (u, list) => list.map((v) => data.k === "span" ? lasted(v).replace(/\.\d+ s$/, " s") : v % 1 ? "" : thousands(v)) }, axis)],
        series: [{ label: "Begins", value: (u, v) => v === null ? "–" : moment(v * 1000, 10) }].concat(turned.map((i) => series[i])) };
      if (plot) { plot.destroy(); }
      plot = new uPlot(options, [data.x].concat(turned.map((i) => drawn[i])), place);
    }
    picture.before(tools, place);
    picture.remove();
    draw();
    new ResizeObserver(function () {
      if (plot && place.clientWidth && place.clientWidth !== plot.width) { plot.setSize({ width: place.clientWidth, height: 260 }); }
    }).observe(place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  document.documentElement.classList.add("scripted");
  document.querySelectorAll("[data-grid]").forEach(Grid);
  document.addEventListener("click", function (event) {
    const link = event.target.closest ? event.target.closest("a[data-filter]") : null;
    if (!link) { return; }
    const box = document.getElementById(link.getAttribute("href").slice(1));
    if (!box || !box.filter) { return; }
    event.preventDefault();
    if (box.closest("details")) { box.closest("details").open = true; }
    box.filter(link.dataset.filter);
    box.scrollIntoView();
    box.focus({ preventScroll: true });
  });
  const charts = document.querySelectorAll("[data-chart]");
  if (charts.length > 0 && window.uPlot) {
    const seen = new IntersectionObserver(function (list) {
      for (const entry of list) {
        if (entry.isIntersecting) { seen.unobserve(entry.target); Chart(entry.target); }
      }
    }, { rootMargin: "400px" });
    charts.forEach((c) => seen.observe(c));
  }
})();
