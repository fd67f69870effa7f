// Every chart of the page: options come from the run, colours and sizes from the reader.
nobat.charts = (() => {
  const PRINTED_PX = 640;
  const all = new Map();
  const style = () => {
    const probe = document.createElement("i");
    document.body.append(probe);
    const found = {};
    for (const name of ["ink", "quiet", "ground", "line"]) {
      probe.style.color = `var(--${name})`;
      found[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    found.font = getComputedStyle(document.body).fontFamily;
    return found;
  };
  const chance = (value) => {
    const text = value.toFixed(1);
    if (value > 0 && text === "0.0") return nobat.shape("< 0.1 %");
    return nobat.shape(`${value < 100 && text === "100.0" ? "> 99.9" : text} %`);
  };
  const formats = {
    chance: (value) => (value == null ? "" : chance(value)),
    number: (value) => (value == null ? "" : nobat.number(value, Math.abs(value) < 100 ? 1 : 0)),
  };
  // Numbers as they are read; a heading in several styles keeps its marks.
  const label = (axis) => {
    if (axis.axisLabel?.formatter) return (value) => nobat.shape(axis.axisLabel.formatter.replace("{value}", value));
    return (value) => nobat.shape(axis.type === "category" ? value : value.toLocaleString("en"));
  };
  const draw = (one) => {
    const { ink, quiet, ground, line, font } = style();
    const { chart, option, element, format } = one;
    const rich = (styles) => styles && {
      name: { ...styles.name, color: ink }, value: { ...styles.value, color: quiet },
    };
    const headings = option.yAxis.type === "category" ? 150 : 50;
    const ticks = Math.max(2, Math.min(8, Math.floor((element.clientWidth - headings) / 70)));
    const stroke = { lineStyle: { color: line } };
    const axis = (own) => ({
      ...own,
      axisLabel: { color: quiet, hideOverlap: true, ...own.axisLabel, formatter: label(own), rich: rich(own.axisLabel?.rich) },
      nameTextStyle: { color: quiet, fontFamily: font },
      axisLine: { ...stroke, ...own.axisLine },
      splitLine: { ...stroke, ...own.splitLine },
    });
    chart.setOption({
      ...option,
      backgroundColor: "transparent",
      textStyle: { fontFamily: font, color: ink },
      tooltip: option.tooltip && {
        ...option.tooltip, backgroundColor: ground, borderColor: line, textStyle: { color: ink },
        transitionDuration: 0, valueFormatter: formats[format],
      },
      xAxis: { splitNumber: ticks, ...axis(option.xAxis) },
      yAxis: axis(option.yAxis),
      series: option.series.map((its) => (its.label ? { ...its, label: { color: ink, ...its.label } } : its)),
    }, true);
  };
  document.querySelectorAll(".figure").forEach((figure) => {
    const element = figure.querySelector(".chart");
    const chart = echarts.init(element, null, { renderer: "svg" });
    all.set(figure.id, {
      chart, element, figure, option: nobat.read(figure.querySelector(".option")), format: figure.dataset.valueFormat,
    });
    draw(all.get(figure.id));
  });
  const redraw = () => all.forEach((one) => { one.chart.resize(); draw(one); });
  nobat.onTheme(redraw);
  const resized = () => document.dispatchEvent(new Event("nobat-resized"));
  let waiting, printing = false;
  window.addEventListener("resize", () => {
    if (printing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { redraw(); resized(); }, 120);
  });
  // On paper: as wide as a page, in the light colours.
  window.addEventListener("beforeprint", () => {
    printing = true;
    const theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.printed = theme;
    document.documentElement.dataset.theme = "light";
    all.forEach((one) => {
      const half = one.figure.parentElement.classList.contains("figures");
      one.chart.resize({ width: half ? PRINTED_PX / 2 - 10 : PRINTED_PX });
      draw(one);
    });
    resized();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    document.documentElement.dataset.theme = document.documentElement.dataset.printed;
    all.forEach((one) => one.chart.resize({ width: "auto" }));
    redraw();
    resized();
  });
  return {
    // Show another option in a figure, with what it says.
    put: (id, { option, description, subtitle }) => {
      const one = all.get(id);
      one.option = option;
      one.element.setAttribute("aria-label", nobat.shape(description));
      one.figure.querySelector(".in-words p").textContent = nobat.shape(description);
      one.figure.querySelector("figcaption span").textContent = nobat.shape(subtitle);
      one.chart.resize();
      draw(one);
    },
    // A line across a figure at a day.
    cursor: (id, day) => {
      const { chart, element } = all.get(id);
      let line = element.querySelector(".cursor");
      if (!line) {
        line = document.createElement("div");
        line.className = "cursor";
        element.append(line);
      }
      line.style.left = `${chart.convertToPixel({ xAxisIndex: 0 }, day)}px`;
    },
  };
})();
