// The page: its editions, one in each language, of which one is shown; the theme; the address.
const nobat = (() => {
  const read = (element) => JSON.parse(element.textContent);
  const root = document.documentElement;
  const held = read(document.getElementById("data"));
  const editions = new Map();
  // Each sets up a part of an edition; it may give { show, theme, size, state, take }.
  const parts = [];
  let current;

  // A value with gaps, in the words of an edition.
  const filled = (value, texts) => {
    if (Array.isArray(value)) return value.map((one) => filled(one, texts));
    if (value === null || typeof value !== "object") return value;
    if ("@" in value) return texts[value["@"]];
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, texts)]));
  };
  const edition = (element) => {
    const words = read(element.querySelector(".for-scripts"));
    const shape = shaping(words.digits);
    const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
    return {
      code: element.dataset.edition, element, words, shape, parts: [],
      data: (id) => filled(held[id], words.texts),
      number: (value, places = 0) => shape(grouped(value.toFixed(places))),
      say: (name, gaps = {}) => shape(words[name].replace(/\{(\w+)\}/g, (whole, gap) => gaps[gap] ?? whole)),
    };
  };
  const tell = (what, ...given) => current.parts.forEach((part) => part[what]?.(...given));

  // The address remembers the language behind the anchor, where it is not the page's first.
  const asked = () => {
    const [anchor, ...more] = decodeURIComponent(location.hash.slice(1)).split(";");
    return { anchor, code: more.find((one) => one.startsWith("lang="))?.slice(5) };
  };
  const remember = (anchor) => {
    const hash = current.code === root.dataset.first ? anchor : `${anchor};lang=${current.code}`;
    try { history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]); } catch { /* no address */ }
  };

  // What is at the top of the window, to be found again in another edition.
  const place = () => {
    const all = [...current.element.querySelectorAll("main :is(.section, .figure, .table, .map, .player)[id]")].filter((it) => it.checkVisibility());
    const last = all.findLast((it) => it.getBoundingClientRect().top <= 80) ?? all[0];
    return { id: last.id, top: last.getBoundingClientRect().top };
  };
  const show = (code) => {
    const from = current && { states: current.parts.map((part) => part.state?.()), place: place(), edition: current };
    current = editions.get(code);
    from?.edition.element.remove();
    if (!current.element.isConnected) document.body.append(current.element);
    root.lang = code;
    root.dir = current.element.dir;
    document.title = current.element.dataset.title;
    if (current.parts.length) tell("show");
    else parts.forEach((part) => current.parts.push(part(current) ?? {}));
    tell("theme");
    if (!from) return;
    current.parts.forEach((part, number) => part.take?.(from.states[number]));
    const { id, top } = from.place;
    const settle = () => {
      const now = document.getElementById(id)?.getBoundingClientRect().top ?? top;
      window.scrollBy({ top: now - top, behavior: "instant" });
    };
    settle();
    // Letters that are loaded now only have other heights.
    if (document.fonts.status === "loading") document.fonts.ready.then(settle);
  };

  const begin = () => {
    const shown = document.querySelector(".edition");
    editions.set(shown.dataset.edition, edition(shown));
    document.querySelectorAll("template[data-edition]").forEach((it) => {
      editions.set(it.dataset.edition, edition(it.content.querySelector(".edition")));
    });
    const { anchor, code } = asked();
    const other = editions.has(code) && code !== root.dataset.first;
    if (other) shown.remove();
    show(other ? code : root.dataset.first);
    if (other) document.getElementById(anchor)?.scrollIntoView();
    window.addEventListener("hashchange", () => {
      const now = asked();
      if (editions.has(now.code) && now.code !== current.code) show(now.code);
      document.getElementById(now.anchor)?.scrollIntoView();
      remember(now.anchor);
    });
    dark.addEventListener("change", () => tell("theme"));
    let waiting;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => tell("size"), 120);
    });
    window.addEventListener("beforeprint", () => tell("print", true));
    window.addEventListener("afterprint", () => tell("print", false));
    // Letters of the other languages, too, before they are asked for; those that come late are of
    // another width.
    for (const weight of [400, 700]) document.fonts.load(`${weight} 1rem Vazirmatn`, "\u0628");
    document.fonts.addEventListener("loadingdone", () => tell("size"));
  };

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const themes = ["auto", "light", "dark"];
  const store = (theme) => { try { localStorage.setItem("nobat-theme", theme); } catch { /* no store */ } };
  const stored = () => { try { return localStorage.getItem("nobat-theme"); } catch { return null; } };
  root.dataset.theme = themes.includes(stored()) ? stored() : "auto";

  // The buttons at the top, and the contents.
  parts.push(({ element, words, say }) => {
    const button = element.querySelector("#theme");
    button.addEventListener("click", () => {
      const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
      store(next);
      root.dataset.theme = next;
      tell("theme");
    });
    element.querySelector("#print").addEventListener("click", () => window.print());
    element.querySelectorAll(".language").forEach((it) => it.addEventListener("click", () => {
      show(it.dataset.edition);
      remember(asked().anchor);
      current.element.querySelector(".language").focus({ preventScroll: true });
    }));
    // Which section is being read.
    const links = new Map([...element.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
    const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }), { rootMargin: "-15% 0px -75% 0px" });
    element.querySelectorAll(".section").forEach((section) => seen.observe(section));
    if (window.innerWidth < 1280) element.querySelector(".contents details").open = false;
    element.querySelectorAll(".copy-text").forEach((it) => it.addEventListener("click", async () => {
      const done = await copy(it.parentElement.querySelector("code").textContent);
      it.textContent = say(done ? "copied" : "not_copied");
    }));
    const folds = () => [...element.querySelectorAll("details")];
    // What paper shows though it is folded here.
    let unfolded = [];
    const unfold = (begins) => {
      if (begins) unfolded = [...element.querySelectorAll("details.printed:not([open])")];
      unfolded.forEach((it) => { it.open = begins; });
    };
    return {
      print: unfold,
      theme: () => { button.textContent = say("theme", { theme: words[`theme_${root.dataset.theme}`] }); },
      state: () => folds().map((it) => it.open),
      take: (open) => folds().forEach((it, number) => { it.open = open[number]; }),
    };
  });

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

  return { begin, copy, part: (setUp) => parts.push(setUp) };
})();
