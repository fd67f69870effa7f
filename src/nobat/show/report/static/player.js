// The player: one replication, a frame every few hours, on map, layers, units and log.
nobat.part((edition) => {
  const { element: page, words, shape, number, say } = edition;
  const player = page.querySelector("#player");
  if (!player) return undefined;
  const EVERY_MS = 150;
  const data = edition.data("player");
  const get = (name) => player.querySelector(`#player-${name}`);
  const [slider, clock, log, choice, play] = ["slider", "clock", "log", "doctrine", "play"].map(get);
  const cells = new Map([...player.querySelectorAll("[data-state]")].map((it) => [it.dataset.state, it]));
  const defences = [...player.querySelectorAll(".defence")].map((element) => ({
    element, place: element.dataset.place, layers: [...element.querySelectorAll(".layer")],
  }));
  const spots = new Map([...player.querySelectorAll(".place")].map((it) => [it.dataset.place, it]));
  const troops = player.querySelector(".troops");
  const charts = ["ground", "duties", "works", "order"];
  let replay, timer, entries = [];

  const kind = () => player.querySelector("input[name=player-kind]:checked").value;
  const share = (value) => say("percent", { number: (100 * value).toFixed(1) });

  const load = () => {
    stop();
    replay = data.replays.find((one) => one.doctrine === choice.value && one.kind === kind());
    get("chosen").textContent = shape(replay.chosen);
    get("sentence").textContent = shape(replay.sentence);
    get("routine").textContent = shape(replay.routine);
    get("why").textContent = say("which", { n: replay.number, why: replay.why });
    slider.max = replay.day.length - 1;
    charts.forEach((name) => edition.charts.put(`replay_${name}`, replay.charts[name]));
    log.replaceChildren(...replay.events.map(([frame, when, text]) => {
      const item = document.createElement("li");
      const time = document.createElement("time");
      time.textContent = shape(when);
      const told = document.createElement("span");
      told.textContent = shape(text);
      item.append(time, told);
      item.dataset.frame = frame;
      return item;
    }));
    entries = [...log.children];
    ticks();
    slider.value = Math.round(0.5 * slider.max);
    show();
  };

  // Where layers broke (long) and were retaken (short), above the slider.
  const ticks = () => {
    const last = replay.day.length - 1 || 1;
    const marks = replay.events.filter(([, , , what]) => what === "broke" || what === "retaken");
    player.querySelector(".ticks").replaceChildren(...marks.map(([frame, , , what]) => {
      const mark = document.createElement("i");
      mark.className = what === "retaken" ? "lost" : "";
      mark.style.insetInlineStart = `${(100 * frame) / last}%`;
      return mark;
    }));
  };

  const show = () => {
    const f = Number(slider.value);
    clock.textContent = say("clock", { day: number(replay.clock[f][0]), time: replay.clock[f][1] });
    slider.setAttribute("aria-valuetext", clock.textContent);
    state(f);
    layers(f);
    places(f);
    entries.forEach((item) => {
      const at = Number(item.dataset.frame);
      item.classList.toggle("past", at <= f);
      item.classList.toggle("now", at === f);
    });
    const latest = entries.findLast((item) => Number(item.dataset.frame) <= f) ?? entries[0];
    if (latest) log.scrollTop = latest.offsetTop - log.offsetTop - log.clientHeight / 2;
    charts.forEach((name) => edition.charts.cursor(`replay_${name}`, replay.day[f]));
  };

  const state = (f) => {
    const duty = Object.fromEntries(Object.entries(replay.duties).map(([name, counts]) => [name, counts[f]]));
    const defenders = replay.defender_in_layers[f] + replay.defender_reserve[f];
    const values = {
      orders: shape(data.postures[replay.posture[f]]),
      stage: say("stage", { n: replay.stage[f], total: data.stages.length }),
      operating: number(duty.operating + duty.relieving),
      resting: number(duty.rest + duty.reserve),
      spent: number(duty.spent),
      attackers: number(replay.attacker_present[f]),
      defenders: number(defenders),
      effect: share(replay.effectiveness[f]),
      against: share(replay.defender_effectiveness[f]),
      stock: number(replay.stock_t[f]),
    };
    cells.forEach((cell, name) => { cell.textContent = values[name]; });
  };

  const layers = (f) => {
    let at = 0;
    defences.forEach(({ element, place, layers: own }) => {
      let held = 0;
      own.forEach((layer, row) => {
        const k = at + row;
        const mine = replay.held[f][k] === 1;
        held += mine;
        layer.classList.toggle("attacker", mine);
        const persons = replay.garrison[f][k];
        const full = [(100 * persons) / Math.max(data.full[k], 1), replay.works[f][k], replay.order[f][k]];
        layer.querySelectorAll(".bars i").forEach((bar, which) => {
          bar.style.setProperty("--of", mine ? 0 : Math.min(100, full[which]));
        });
        layer.querySelector(".persons").textContent = mine ? "" : number(persons);
        const name = row === own.length - 1 ? words.core : say("layer", { n: row + 1 });
        layer.title = say("layer_state", {
          layer: name, holder: words[mine ? "attacker" : "defender"], persons,
          works: replay.works[f][k], order: replay.order[f][k],
        });
      });
      at += own.length;
      element.querySelector(".held").textContent = say("held", { n: held, total: own.length });
      const cut = replay.cut[f][data.places.indexOf(place)] === 1;
      element.querySelector(".cut").textContent = cut ? words.cut_off : "";
    });
  };

  const places = (f) => {
    const over = f === replay.day.length - 1 && replay.ending !== "undecided";
    const goals = data.stages[replay.stage[f] - 1] ?? [];
    let shown = false;
    data.places.forEach((place, row) => {
      const spot = spots.get(place);
      if (!spot) return;
      const own = data.layers.map(([its], k) => [its, k]).filter(([its]) => its === place).map(([, k]) => k);
      const taken = own.every((k) => replay.held[f][k] === 1);
      spot.querySelector("use").setAttribute("href", taken ? spot.dataset.attacker : spot.dataset.defender);
      spot.dataset.holder = taken ? "attacker" : "defender";
      spot.classList.toggle("isolated", replay.cut[f][row] === 1 && !taken);
      const assaulted = !over && !taken && goals.includes(place) && ["rotate", "commit_all"].includes(replay.posture[f]);
      spot.classList.toggle("assaulted", assaulted);
      if (assaulted && troops && !shown) {
        shown = true;
        const use = troops.querySelector("use");
        use.setAttribute("href", player.dataset.troops);
        const [x, y] = spot.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
        troops.setAttribute("transform", `translate(${x - 58} ${y - 40})`);
      }
    });
    troops?.toggleAttribute("hidden", !shown);
  };

  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = words.play;
    play.setAttribute("aria-pressed", "false");
  };
  const start = () => {
    if (slider.value === slider.max) slider.value = 0;
    play.textContent = words.pause;
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 1;
      show();
      if (slider.value === slider.max) stop();
    }, EVERY_MS);
  };
  play.addEventListener("click", () => (timer === undefined ? start() : stop()));
  slider.addEventListener("input", () => { stop(); show(); });
  choice.addEventListener("change", load);
  player.querySelectorAll("input[name=player-kind]").forEach((it) => it.addEventListener("change", load));
  load();
  // The charts are drawn anew first: where their days lie may have moved.
  return {
    theme: show,
    size: show,
    print: show,
    state: () => { stop(); return [choice.value, kind(), slider.value]; },
    take: ([doctrine, which, frame]) => {
      choice.value = doctrine;
      player.querySelector(`input[name=player-kind][value=${which}]`).checked = true;
      load();
      slider.value = frame;
      show();
    },
  };
});
