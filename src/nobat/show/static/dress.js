// A chart's option in the reader's colours and letters: for the page and for pictures alike.
// ticks: room for so many numbers along the x axis. digits: how numbers look where they are not
// written as in English.
const dressed = (option, { ink, quiet, font, ticks, digits }) => {
  const line = { lineStyle: { color: quiet, opacity: .25 } };
  // Text in several styles: names in ink, numbers quieter.
  const rich = (styles) => styles && {
    name: { ...styles.name, color: ink }, value: { ...styles.value, color: quiet },
  };
  const axis = (own) => ({
    ...own,
    axisLabel: { color: quiet, hideOverlap: true, ...own.axisLabel, ...spelt(own, digits), rich: rich(own.axisLabel?.rich) },
    ...(digits && { axisPointer: { label: { formatter: ({ value }) => inDigits(value, digits) } } }),
    nameTextStyle: { color: quiet },
    axisLine: { ...line, ...own.axisLine },
    splitLine: line,
  });
  // Of charts with several panels there are several axes.
  const each = (own, dress) => (Array.isArray(own) ? own.map(dress) : dress(own));
  // A mark that must stand out from any ground is drawn in `@ink`.
  const inked = JSON.parse(JSON.stringify(option).replaceAll('"@ink"', JSON.stringify(ink)));
  return {
    ...inked,
    textStyle: { fontFamily: font, color: ink },
    xAxis: each(option.xAxis, (own) => ({ ...axis(own), splitNumber: ticks })),
    yAxis: each(option.yAxis, axis),
  };
};
// A number in the digits of another language; its sign stays on its left, whichever way that runs.
const inDigits = (number, { zero_to_nine, point, comma }) => {
  const shaped = String(number)
    .replace(/[.,]/g, (sign) => (sign === "." ? point : comma))
    .replace(/\d/g, (digit) => zero_to_nine[digit]);
  return shaped.startsWith("-") ? `\u2066\u2212${shaped.slice(1)}\u2069` : shaped;
};
// What an axis of numbers writes, where that is not what ECharts does by itself.
const spelt = (axis, digits) => {
  if (!digits || axis.type === "category") return {};
  const form = axis.axisLabel?.formatter ?? "{value}";
  return { formatter: (value) => form.replace("{value}", inDigits(echarts.format.addCommas(value), digits)) };
};
// As many numbers along an x axis as fit beside the headings of the rows.
const ticksIn = (option, width) => {
  const headings = [option.yAxis].flat()[0].type === "category" ? 170 : 50;
  return Math.max(2, Math.min(6, Math.floor((width - headings) / 75)));
};
