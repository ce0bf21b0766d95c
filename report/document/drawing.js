// Draws every element with the class "chart" from the figures in the page's data; prints them at one width.
(() => {
  "use strict";
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const still = document.documentElement.classList.contains("still");
  // On A4 a chart is 180 mm wide: a pixel of those it is printed at is 0.67 points, and type has 7 points or more.
  const NARROWEST = 460, LOWEST = 420, PRINTED = 760, SMALLEST = 10.5;
  // A line's height as a part of its type size; of a line's room, the part that is filled, as letters differ.
  const LINE = 1.3, ALMOST = 0.97;

  // A printed pattern would become a picture: its lines are drawn one by one instead.
  const hatch = (svg) => {
    const space = "http://www.w3.org/2000/svg";
    svg.querySelectorAll("path").forEach((bar, place) => {
      const named = /url\(["']?#([^"')]+)/.exec(bar.style.fill);
      const pattern = named && svg.querySelector("#" + CSS.escape(named[1]));
      const line = pattern && pattern.querySelector("path");
      if (!line) return;
      const step = parseFloat(pattern.getAttribute("width"));
      const down = pattern.dataset.down ??= /^M[^,]+,-|^M0,0/.test(line.getAttribute("d")) ? "1" : "";
      const box = bar.getBBox(), ground = pattern.querySelector("rect");
      const id = named[1] + "-" + place, made = (tag, attributes) => {
        const element = document.createElementNS(space, tag);
        Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
        return element;
      };
      const clip = made("clipPath", {id});
      clip.append(made("path", {d: bar.getAttribute("d")}));
      let d = "";
      const low = down ? box.x - box.y - box.height : box.x + box.y, span = box.width + box.height;
      for (let at = Math.floor(low / step) * step; at <= low + span + step; at += step) {
        d += down
          ? `M${at + box.y},${box.y}L${at + box.y + box.height},${box.y + box.height}`
          : `M${at - box.y},${box.y}L${at - box.y - box.height},${box.y + box.height}`;
      }
      const style = getComputedStyle(line);
      const lines = made("path", {
        d, fill: "none", stroke: style.stroke, "stroke-width": style.strokeWidth, "clip-path": `url(#${id})`,
      });
      bar.style.fill = ground ? getComputedStyle(ground).fill : "none";
      bar.before(clip);
      bar.after(lines);
    });
  };

  const sizeOf = (box, width) => {
    const fixed = box.dataset.height && [Number(box.dataset.width), Number(box.dataset.height)];
    if (fixed) return fixed;
    const drawn = Math.max(width ?? box.clientWidth, NARROWEST);
    return [drawn, Math.max(Math.round(drawn * 9 / 16), LOWEST)];
  };

  // Lines broken between their facts, each to at most this part of the longest.
  const letters = (markup) => markup.replace(/<[^>]*>/g, "").replace(/&[^;]+;/g, "&").length;
  const broken = (markup, part) => {
    const given = markup.split("<br>"), most = part * Math.max(...given.map(letters));
    return given.flatMap((line) => line.split(" · ").reduce((lines, fact) => {
      const longer = `${lines.at(-1)} · ${fact}`;
      return lines.length && letters(longer) <= most ? [...lines.slice(0, -1), longer] : [...lines, fact];
    }, [])).join("<br>");
  };

  // A subtitle or footer that even the smallest type leaves too wide is broken into lines; returns their height.
  const breakLines = (plot, width, height, mayGrow) => {
    const {annotations, margin, title} = plot._fullLayout, changed = {};
    const foot = plot.layout.annotations.findIndex(({name}) => name === "footer"), note = annotations[foot];
    const brokenText = (key, where, {text, font: {size}}) => {
      const wide = plot.querySelector(where)?.getBBox().width ?? 0, room = width - 2 * title.pad.l;
      if (wide * SMALLEST / size <= room) return 0;
      changed[key] = broken(text, ALMOST * room / wide);
      return (changed[key].split("<br>").length - text.split("<br>").length) * LINE * size;
    };
    const above = brokenText("title.subtitle.text", ".gtitle-subtitle", title.subtitle);
    const below = brokenText(`annotations[${foot}].text`, `.annotation[data-index="${foot}"] .annotation-text`, note);
    if (above + below === 0) return 0;
    const grown = mayGrow ? above + below : 0;
    Plotly.relayout(plot, {
      ...changed, height: height + grown, "margin.t": margin.t + above, "margin.b": margin.b + below,
      "title.pad.b": title.pad.b + above, [`annotations[${foot}].yshift`]: note.yshift - below,
    });
    return grown;
  };

  const fitting = (size, part) => Math.max(SMALLEST, Math.floor(10 * size * part) / 10);

  // How wide a heading is depends on the fonts of the machine: one that is too wide is set smaller.
  const fitHeading = (plot, width) => {
    const {font, pad, subtitle} = plot._fullLayout.title, room = width - 2 * pad.l;
    const smaller = {};
    [[".gtitle", "title.font.size", font], [".gtitle-subtitle", "title.subtitle.font.size", subtitle.font]].forEach(
      ([where, key, {size}]) => {
        const wide = plot.querySelector(where)?.getBBox().width ?? 0;
        if (wide > room) smaller[key] = fitting(size, room / wide);
      },
    );
    if (Object.keys(smaller).length) Plotly.relayout(plot, smaller);
  };

  // The same for what is written in the chart, its footer above all, which holds a name of any length.
  const fitNotes = (plot, width) => {
    const frame = plot.querySelector(".main-svg").getBoundingClientRect(), scale = frame.width / width;
    const smaller = {};
    plot._fullLayout.annotations.forEach(({font}, place) => {
      const text = plot.querySelector(`.annotation[data-index="${place}"] .annotation-text`);
      if (!text) return;
      const {left, right} = text.getBoundingClientRect(), room = (frame.right - left) / scale - 4;
      const wide = (right - left) / scale;
      if (wide > room) smaller[`annotations[${place}].font.size`] = fitting(font.size, room / wide);
    });
    if (Object.keys(smaller).length) Plotly.relayout(plot, smaller);
  };

  const draw = (box, printed) => {
    const figure = figures[box.dataset.figure];
    const [width, given] = sizeOf(box, printed ? PRINTED : undefined);
    const plot = box.firstElementChild;
    const config = printed ? {staticPlot: true} : figure.config;
    const layout = {...figure.layout, width, height: given, autosize: false};
    // Purged first, as its toolbar and its clips belong to the size it was drawn at.
    Plotly.purge(plot);
    Plotly.newPlot(plot, figure.data, layout, config);
    const height = given + breakLines(plot, width, given, !box.dataset.height);
    plot.querySelectorAll("svg.main-svg").forEach((svg) => svg.setAttribute("viewBox", `0 0 ${width} ${height}`));
    fitHeading(plot, width);
    fitNotes(plot, width);
    if (printed) plot.querySelectorAll("svg.main-svg").forEach(hatch);
    const scale = printed ? 1 : Math.min(1, box.clientWidth / width);
    plot.style.transform = scale < 1 ? `scale(${scale})` : "";
    box.style.height = printed ? "" : `${height * scale}px`;
    box.style.aspectRatio = printed ? `${width} / ${height}` : "";
    box.classList.toggle("printed", Boolean(printed));
  };

  const boxes = [...document.querySelectorAll(".chart")];
  const all = (printed) => boxes.forEach((box) => draw(box, printed));
  all(still);
  if (still) return;
  const folded = [...document.querySelectorAll("details")], open = new Map();
  addEventListener("beforeprint", () => {
    folded.forEach((item) => { open.set(item, item.open); item.open = true; });
    all(true);
  });
  addEventListener("afterprint", () => {
    folded.forEach((item) => { item.open = open.get(item) ?? item.open; });
    all(false);
  });
  let waiting, seen = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === seen) return;
    seen = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!matchMedia("print").matches) all(false); }, 150);
  });
})();
