"use strict";
// What all scripts share: words, numbers, the theme. The page holds every text; no script has one.
const nobat = (() => {
  const read = (element) => JSON.parse(element.textContent);
  const words = read(document.getElementById("words"));
  const { zero_to_nine, point, comma, percent } = words.digits;

  // A finished text in the digits and signs of the language.
  const shape = (text) => {
    if (zero_to_nine === "0123456789") return String(text);
    return String(text)
      .replace(/(?<=\d)[.,](?=\d)/g, (sign) => (sign === "." ? point : comma))
      .replace(/\d/g, (digit) => zero_to_nine[digit])
      .replace(/%/g, percent);
  };
  const number = (value, places = 0) =>
    shape(value.toFixed(places).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ","));
  const say = (name, gaps = {}) =>
    shape(words[name].replace(/\{(\w+)\}/g, (whole, gap) => gaps[gap] ?? whole));

  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const themes = ["auto", "light", "dark"];
  const listeners = [];
  const remember = (theme) => { try { localStorage.setItem("nobat-theme", theme); } catch { /* no store */ } };
  const remembered = () => { try { return localStorage.getItem("nobat-theme"); } catch { return null; } };
  const button = document.getElementById("theme");
  const set = (theme) => {
    root.dataset.theme = theme;
    button.textContent = say("theme", { theme: words[`theme_${theme}`] });
    listeners.forEach((listener) => listener());
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
    remember(next);
    set(next);
  });
  dark.addEventListener("change", () => listeners.forEach((listener) => listener()));
  set(themes.includes(remembered()) ? remembered() : "auto");
  document.getElementById("print").addEventListener("click", () => window.print());

  // Which section is being read, in the contents.
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    links.get(entry.target.id)?.setAttribute("aria-current", "true");
  }), { rootMargin: "-15% 0px -75% 0px" });
  document.querySelectorAll(".section").forEach((section) => seen.observe(section));
  if (window.innerWidth < 1280) document.querySelector(".contents details").open = false;

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  document.querySelectorAll(".copy-text").forEach((it) => it.addEventListener("click", async () => {
    const done = await copy(it.parentElement.querySelector("code").textContent);
    it.textContent = say(done ? "copied" : "not_copied");
  }));

  return { read, words, shape, number, say, copy, onTheme: (listener) => listeners.push(listener) };
})();
