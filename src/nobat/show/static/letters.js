// How wide the letters of Vazirmatn are, for text from right to left where no browser measures it.
// Of each letter in em: by itself or last in a word, and joined to the one that follows it.
const PERSIAN = (() => {
  const found = new Map();
  const put = (letters, apart, joined = apart) => {
    for (const letter of letters) found.set(letter, [apart, joined]);
  };
  put("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u200b\u200c\u200e\u200f\u2066\u2067\u2068\u2069", 0);
  put("اآأإ", .24); put("ء", .41); put("دذ", .5); put("رزژ", .36); put("وؤ", .44); put("ةۀ", .49);
  put("بپتث", .9, .33); put("ن", .7, .31); put("یئي", .68, .34); put("جچحخ", .68, .68);
  put("سش", 1.2, .82); put("صض", 1.26, .85); put("طظ", .75, .66); put("عغ", .61, .55);
  put("ف", .9, .48); put("ق", .69, .48); put("کگك", .9, .48); put("ل", .65, .3); put("م", .61, .55);
  put("ه", .49, .6); put("۰", .42); put("۱", .29); put("۲۶۹", .5); put("۳", .66); put("۴۵۷۸", .58);
  put("٪", .49); put("٫", .42); put("٬،؛", .27); put("؟«»", .44); put("−–±", .47);
  return found;
})();
// Letters that the one before them may be joined to.
const JOINS = /[\u0621-\u064a\u067e-\u06d3]/;
const LATIN = .53;
echarts.setPlatformAPI({
  measureText: (text, font) => {
    const size = +(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12);
    let wide = 0;
    for (let k = 0; k < text.length; k++) {
      const [apart, joined] = PERSIAN.get(text[k]) ?? (text[k] === " " ? [.24, .24] : [LATIN, LATIN]);
      wide += JOINS.test(text[k + 1] ?? "") ? joined : apart;
    }
    return { width: wide * size };
  },
});
// A text in as many lines as its width asks for, broken at blanks and nowhere else.
const broken = ({ text, width, ...style }) => {
  const fits = (line) => new echarts.graphic.Text({ style: { ...style, text: line } }).getBoundingRect().width <= width;
  return text.split("\n").map((whole) => {
    const lines = [""];
    for (const word of whole.split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (fits(longer)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean).join("\n");
  }).join("\n");
};
