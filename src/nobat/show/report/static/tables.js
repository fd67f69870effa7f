// Tables: sorted by a column, narrowed down by words, copied, saved as CSV.
// A copy and a file are the same in every language: keys, plain digits, names as they are typed.
nobat.part(({ element: page, code, say }) => {
  const value = (cell) => {
    const given = cell.dataset.value;
    if (given !== undefined) return Number(given);
    return cell.classList.contains("number") ? NaN : cell.textContent.trim();
  };
  const order = (a, b) => {
    if (typeof a === "string") return a.localeCompare(b, code, { numeric: true });
    // What has no value comes last, whichever way it is sorted.
    return Number.isNaN(a) - Number.isNaN(b) || a - b;
  };
  // The order in which the rows came: what a third click gives back.
  const first = new WeakMap();
  const sort = (table, place, up) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (up === undefined) {
      table.tBodies[0].append(...first.get(table));
      return;
    }
    heads[place].setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => {
      const [x, y] = [value(a.cells[place]), value(b.cells[place])];
      const absent = Number.isNaN(x) || Number.isNaN(y);
      return up || absent ? order(x, y) : order(y, x);
    });
    table.tBodies[0].append(...rows);
  };
  const plain = (text) => text.replace(/[\u2066-\u2069\u200f]/g, "").replaceAll("\u00a0", " ").trim();
  const cells = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden);
    const spans = heads.map((_, place) => rows.some((row) => row.cells[place].dataset.low !== undefined));
    const head = heads.flatMap((cell, place) => {
      const key = cell.dataset.key;
      return spans[place] ? [key, `${key}_low`, `${key}_high`] : [key];
    });
    const body = rows.map((row) => heads.flatMap((_, place) => {
      const cell = row.cells[place];
      const number = cell.classList.contains("number");
      const own = cell.dataset.value ?? cell.dataset.text ?? (number ? "" : plain(cell.textContent));
      return spans[place] ? [own, cell.dataset.low ?? "", cell.dataset.high ?? ""] : [own];
    }));
    return [head, ...body];
  };
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = (table) => cells(table).map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
  const tsv = (table) => cells(table).map((row) => row.map((text) => text.replace(/\s+/g, " ")).join("\t")).join("\n");

  // Up, then down, then as it was.
  const turned = (table, place) => {
    const now = table.tHead.rows[0].cells[place].getAttribute("aria-sort");
    return now === null ? true : now === "ascending" ? false : undefined;
  };
  const narrow = (table, wanted) => {
    const rows = [...table.tBodies[0].rows];
    rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted.trim().toLowerCase()); });
    return { n: rows.filter((row) => !row.hidden).length, total: rows.length };
  };

  const all = [...page.querySelectorAll(".table")].map((block) => {
    const table = block.querySelector("table");
    const said = block.querySelector(".said");
    first.set(table, [...table.tBodies[0].rows]);
    table.querySelectorAll(".sort").forEach((button, place) => button.addEventListener("click", () => {
      const up = turned(table, place);
      sort(table, place, up);
      said.textContent = up === undefined ? say("unsorted") : say("sorted", { column: button.textContent });
    }));
    block.querySelector(".copy").addEventListener("click", async () => {
      said.textContent = say((await nobat.copy(tsv(table))) ? "copied" : "not_copied");
    });
    block.querySelector(".save").addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", csv(table)], { type: "text/csv" }));
      link.download = `${block.id}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
    const field = block.querySelector(".filter input");
    field?.addEventListener("input", () => { said.textContent = say("rows", narrow(table, field.value)); });
    return table;
  });
  // The same order in another language; what was looked for is in the words of this one.
  return {
    state: () => all.map((table) => {
      const heads = [...table.tHead.rows[0].cells];
      const place = heads.findIndex((head) => head.hasAttribute("aria-sort"));
      return place < 0 ? null : [place, heads[place].getAttribute("aria-sort") === "ascending"];
    }),
    take: (sorted) => sorted.forEach((how, number) => sort(all[number], ...(how ?? [0]))),
  };
});
