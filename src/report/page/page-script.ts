/**
 * Adds sorting and a filter to the tables of updates; without it they are complete. It makes markup only of its own
 * words, and reads texts of the page only as texts. Nothing in it may hold `</`.
 */
export const PAGE_SCRIPT = `
"use strict";
for (const table of document.querySelectorAll("table.updates")) {
  const body = table.tBodies[0], rows = [...body.rows];
  if (rows.length === 0) continue;
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text || "" });
  const textOf = (row, column) => row.cells[column].textContent;
  const resultOf = (row) => row.cells[3].firstElementChild.textContent;
  const tools = make("div"), search = make("input"), result = make("select"), count = make("output");
  const labelled = (text, control) => { const label = make("label", text); label.append(control); return label; };
  tools.className = "tools";
  search.type = "search";
  search.setAttribute("aria-label", "Find in " + table.dataset.name);
  result.setAttribute("aria-label", "Result, " + table.dataset.name);
  for (const words of ["All results", ...new Set(rows.map(resultOf))]) result.append(make("option", words));
  tools.append(labelled("Find", search), labelled("Result", result), count);
  table.before(tools);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits = (result.selectedIndex === 0 || resultOf(row) === result.value) && words.every((word) => texts[at].includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    });
    count.textContent = shown.toLocaleString("en-US") + " of " + rows.length.toLocaleString("en-US") + " rows";
  };
  search.addEventListener("input", filter);
  result.addEventListener("change", filter);
  filter();
  const collator = new Intl.Collator("en", { numeric: true });
  [...table.tHead.rows[0].cells].forEach((head, column, heads) => {
    const button = make("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const keyed = rows.map((row) => [textOf(row, column), row]);
      keyed.sort((one, other) => sign * collator.compare(one[0], other[0]));
      body.append(...keyed.map((pair) => pair[1]));
    });
  });
}
`;
