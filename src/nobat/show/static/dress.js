// A chart's option in the reader's colours and letters: for the page and for pictures alike.
// ticks: room for so many numbers along the x axis.
const dressed = (option, { ink, quiet, font, ticks }) => {
  const line = { lineStyle: { color: quiet, opacity: .25 } };
  // Text in several styles: names in ink, numbers quieter.
  const rich = (styles) => styles && {
    name: { ...styles.name, color: ink }, value: { ...styles.value, color: quiet },
  };
  const axis = (own) => ({
    ...own,
    axisLabel: { color: quiet, hideOverlap: true, ...own.axisLabel, rich: rich(own.axisLabel?.rich) },
    nameTextStyle: { color: quiet },
    axisLine: { ...line, ...own.axisLine },
    splitLine: line,
  });
  // A mark that must stand out from any ground is drawn in `@ink`.
  const inked = JSON.parse(JSON.stringify(option).replaceAll('"@ink"', JSON.stringify(ink)));
  return {
    ...inked,
    textStyle: { fontFamily: font, color: ink },
    xAxis: { ...axis(option.xAxis), splitNumber: ticks },
    yAxis: axis(option.yAxis),
  };
};
// As many numbers along an x axis as fit beside the headings of the rows.
const ticksIn = (option, width) => {
  const headings = option.yAxis.type === "category" ? 170 : 50;
  return Math.max(2, Math.min(6, Math.floor((width - headings) / 75)));
};
