// Every chart of an edition: options come from the run, colours and sizes from the reader.
nobat.part((edition) => {
  // A page's width, px, and how much smaller a chart stands on it: as `.chart` has it in print.
  const PRINTED_PX = 686, SMALLER = 0.78;
  const { element: page, shape, number } = edition;
  const all = new Map();
  const style = () => {
    const probe = document.createElement("i");
    page.append(probe);
    const found = {};
    for (const name of ["ink", "quiet", "ground", "line"]) {
      probe.style.color = `var(--${name})`;
      found[name] = getComputedStyle(probe).color;
    }
    found.font = getComputedStyle(probe).fontFamily;
    probe.remove();
    return found;
  };
  // A drawing begins to read on the left: what runs from the right is isolated.
  const line = (text) => (page.dir === "rtl" && /[\u0590-\u08ff]/.test(text) && !text.startsWith("\u2067") ? `\u2067${text}\u2069` : text);
  const chance = (value) => {
    const text = value.toFixed(1);
    if (value > 0 && text === "0.0") return edition.say("under");
    return value < 100 && text === "100.0" ? edition.say("over") : edition.say("percent", { number: text });
  };
  const formats = {
    chance: (value) => (value == null ? "" : line(chance(value))),
    number: (value) => (value == null ? "" : line(number(value, Math.abs(value) < 100 ? 1 : 0))),
  };
  // Numbers as they are read; a heading in several styles keeps its marks.
  const plain = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
  const label = (axis) => {
    if (axis.type === "category") return undefined;
    const form = axis.axisLabel?.formatter ?? "{value}";
    return (value) => line(shape(form.replace("{value}", plain(value))));
  };
  const draw = (one) => {
    const { ink, quiet, ground, line: faint, font } = style();
    const { chart, option, element, format } = one;
    const rich = (styles) => styles && {
      name: { ...styles.name, color: ink, fontFamily: font }, value: { ...styles.value, color: quiet, fontFamily: font },
    };
    const headings = option.yAxis.type === "category" ? 150 : 50;
    const ticks = Math.max(2, Math.min(8, Math.floor((element.clientWidth - headings) / 70)));
    const stroke = { lineStyle: { color: faint } };
    const axis = (own) => ({
      ...own,
      axisLabel: { color: quiet, hideOverlap: true, ...own.axisLabel, formatter: label(own), rich: rich(own.axisLabel?.rich) },
      axisPointer: { label: { formatter: ({ value }) => line(shape(`${own.name ?? ""} ${plain(Math.round(100 * value) / 100)}`.trim())) } },
      nameTextStyle: { color: quiet, fontFamily: font },
      axisLine: { ...stroke, ...own.axisLine },
      splitLine: { ...stroke, ...own.splitLine },
    });
    chart.setOption({
      ...option,
      backgroundColor: "transparent",
      textStyle: { fontFamily: font, color: ink },
      tooltip: option.tooltip && {
        ...option.tooltip, backgroundColor: ground, borderColor: faint, textStyle: { color: ink },
        transitionDuration: 0, valueFormatter: formats[format], extraCssText: `direction: ${page.dir}`,
      },
      xAxis: { splitNumber: ticks, ...axis(option.xAxis) },
      yAxis: axis(option.yAxis),
      series: option.series.map((its) => (its.label ? { ...its, label: { color: ink, ...its.label } } : its)),
    }, true);
  };
  page.querySelectorAll(".figure").forEach((figure) => {
    const element = figure.querySelector(".chart");
    const chart = echarts.init(element, null, { renderer: "svg" });
    const option = edition.data(figure.id);
    all.set(figure.id, { chart, element, figure, option, high: parseFloat(element.style.blockSize), format: figure.dataset.valueFormat });
  });
  const redraw = () => all.forEach((one) => { one.chart.resize(); draw(one); });
  edition.charts = {
    // Show another option in a figure, with what it says.
    put: (id, { option, description, subtitle }) => {
      const one = all.get(id);
      one.option = option;
      one.element.setAttribute("aria-label", shape(description));
      one.figure.querySelector(".in-words p").textContent = shape(description);
      one.figure.querySelector("figcaption span").textContent = shape(subtitle);
      one.chart.resize();
      draw(one);
    },
    // A line across a figure at a day.
    cursor: (id, day) => {
      const { chart, element } = all.get(id);
      let mark = element.querySelector(".cursor");
      if (!mark) {
        mark = document.createElement("div");
        mark.className = "cursor";
        element.append(mark);
      }
      mark.style.left = `${chart.convertToPixel({ xAxisIndex: 0 }, day)}px`;
    },
  };
  let printing = false;
  return {
    theme: redraw,
    size: () => printing || redraw(),
    // On paper: as wide as a page, in the light colours.
    print: (begins) => {
      const { dataset } = document.documentElement;
      if (begins) dataset.printed = dataset.theme;
      printing = begins;
      dataset.theme = begins ? "light" : dataset.printed;
      all.forEach((one) => {
        // Lines need less height than rows, which have a heading each.
        const high = begins && one.option.yAxis.type !== "category" ? Math.round(0.8 * one.high) : one.high;
        one.element.style.blockSize = `${high}px`;
        const beside = one.figure.parentElement.matches(".figures") ? one.figure.parentElement.children.length : 1;
        const share = [1, 0.47, 0.31][Math.min(beside, 3) - 1];
        one.chart.resize({ width: begins ? Math.floor((PRINTED_PX * share) / SMALLER) : "auto", height: high });
        draw(one);
      });
    },
  };
});
