// A chart with its heading and its note as one SVG, without a browser. Runs after dress.js.
// chart: { title, subtitle, note, legend: [[name, colour, dashes]], option, height }
// digits: how numbers look in a language that runs from right to left, null for English.
// inlay: a drawing in the place of the chart, empty for none.
const picture = (chart, width, font, digits, inlay) => {
  const ink = "#1b1f24", quiet = "#57606a", margin = 24, inner = width - 2 * margin;
  const dash = { dashed: [7, 4], dotted: [2, 3], solid: null };
  const drawn = [];
  let y = margin;
  const words = (text, size, weight, fill, gap) => {
    if (!text) return;
    // The letters are a little wider than those that widths are reckoned with.
    const style = { text, fill, fontSize: size, fontWeight: weight, fontFamily: font,
      lineHeight: Math.round(1.35 * size), width: (weight === "bold" ? .92 : .97) * inner, overflow: "break", verticalAlign: "top" };
    if (digits) Object.assign(style, { text: broken(style), overflow: "none", align: "right" });
    drawn.push({ type: "text", x: digits ? width - margin : margin, y, style, silent: true });
    y += new echarts.graphic.Text({ style }).getBoundingRect().height + gap;
  };
  // From right to left everything stands where a mirror would show it.
  const across = (x) => (digits ? width - x : x);
  const legend = () => {
    let x = margin;
    for (const [name, colour, dashes] of chart.legend) {
      const style = { text: name, fill: ink, fontSize: 13, fontFamily: font, verticalAlign: "middle", align: digits ? "right" : "left" };
      const wide = 34 + new echarts.graphic.Text({ style }).getBoundingRect().width;
      if (x > margin && x + wide > width - margin) { x = margin; y += 22; }
      drawn.push({ type: "line", silent: true, shape: { x1: across(x), y1: y + 10, x2: across(x + 26), y2: y + 10 },
        style: { stroke: colour, lineWidth: 3, lineDash: dash[dashes] } });
      drawn.push({ type: "text", x: across(x + 34), y: y + 10, style, silent: true });
      x += wide + 18;
    }
    if (chart.legend.length) y += 28;
  };
  words(chart.title, 18, "bold", ink, 2);
  words(chart.subtitle, 13, "normal", quiet, 12);
  legend();
  const head = y;
  y += chart.height + 12;
  words(chart.note, 12, "normal", quiet, 0);
  const height = Math.ceil(y + margin), foot = height - head - chart.height;
  const option = dressed(chart.option, { ink, quiet, font, ticks: ticksIn(chart.option, inner), digits });
  // A panel that says how high it is keeps its height.
  const placed = (grid) => ({ ...grid, left: (grid.left ?? 0) + margin, right: (grid.right ?? 0) + margin,
    top: (grid.top ?? 0) + head, ...(grid.height ? {} : { bottom: (grid.bottom ?? 0) + foot }) });
  const grid = option.grid ?? {};
  const canvas = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  canvas.setOption({
    ...option,
    animation: false,
    backgroundColor: "#ffffff",
    tooltip: undefined,
    grid: Array.isArray(grid) ? grid.map(placed) : placed(grid),
    graphic: [...(option.graphic ?? []), ...drawn],
  });
  const drawing = canvas.renderToSVGString();
  const placedInlay = `<g transform="translate(${margin} ${head})">${inlay}</g></svg>`;
  return inlay ? drawing.replace(/<\/svg>\s*$/, () => placedInlay) : drawing;
};
