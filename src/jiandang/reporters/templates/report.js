"use strict";
// All texts are set as text, never as HTML: a name that looks like a tag stays a name.
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const PAGE = 100, MOST_PRINTED = 3000;
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const body = by("rows");
  // The order of the fields is that of html.py.
  const findings = data.rows.map((row, index) => {
    const [rule, severity, village, file, sheet, cell, household, person, head, message,
      state, answer, isNew, list] = row;
    const [code, title, gate, advice] = data.rules[rule];
    return {
      number: index + 1, gate, severity: data.severities[severity][0],
      severityName: data.severities[severity][1], village: data.villages[village],
      rule: code, title, advice, file: data.files[file], sheet: data.sheets[sheet], cell,
      household, person, head, message, answer,
      state: data.states[state] || "没有答复", verified: state === 1,
      news: isNew < 0 ? "" : isNew ? "新增" : "原有",
      list: data.lists ? data.lists[list] : "",
      text: [person, head, household, message, data.villages[village], code, title]
        .join("\n").toLowerCase(),
    };
  });
  let found = findings;
  let page = 0;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const rowOf = (finding) => {
    const row = element("tr");
    const severity = element("td");
    severity.append(element("span", `tag ${finding.severity}`, finding.severityName));
    const who = finding.head && finding.head !== finding.person
      ? `${finding.person}（户主 ${finding.head}）` : finding.person;
    const place = (data.files.length > 1 ? `${finding.file} ` : "") +
      (finding.cell ? `${finding.sheet}!${finding.cell}` : finding.sheet);
    const what = element("td", "what", finding.message);
    what.append(element("span", "advice", finding.advice));
    if (finding.answer) what.append(element("span", "answer", finding.answer));
    if (finding.verified) row.className = "verified";
    const person = element("td", "person", who);
    person.title = who;
    row.append(
      element("td", "", finding.number), severity, element("td", "village", finding.village),
      element("td", finding.household ? "household" : "", finding.household), person,
      element("td", "place", place), element("td", "rule", `${finding.rule} ${finding.title}`),
      what);
    return row;
  };

  const show = (from, to) => {
    const rows = document.createDocumentFragment();
    for (const finding of found.slice(from, to)) rows.append(rowOf(finding));
    body.replaceChildren(rows);
  };

  const render = () => {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(page, pages - 1);
    show(page * PAGE, (page + 1) * PAGE);
    by("shown").textContent = found.length === findings.length
      ? `共 ${found.length} 处` : `筛选出 ${found.length} 处，共 ${findings.length} 处`;
    by("page").textContent = `第 ${page + 1} 页，共 ${pages} 页`;
    by("previous").disabled = page === 0;
    by("next").disabled = page >= pages - 1;
  };

  const chosen = (name) => form.elements[name] ? form.elements[name].value : "";

  let waiting;
  const apply = () => {
    clearTimeout(waiting); // what was typed is looked for now, not once more later
    const fields = ["gate", "severity", "village", "rule", "file", "state", "news", "list"]
      .map((name) => [name, chosen(name)]).filter(([, value]) => value);
    const words = chosen("search").toLowerCase().split(/\s+/).filter(Boolean);
    found = findings.filter((finding) =>
      fields.every(([name, value]) => finding[name] === value) &&
      words.every((word) => finding.text.includes(word)));
    page = 0;
    for (const button of document.querySelectorAll("[data-filter]")) {
      button.setAttribute("aria-pressed",
        String(chosen(button.dataset.filter) === button.dataset.value));
    }
    render();
  };

  const fill = (name, options) => {
    const select = form.elements[name];
    if (!select) return;
    for (const [value, label] of options) select.append(new Option(label, value));
  };
  const unique = (name) => [...new Set(findings.map((finding) => finding[name]))].sort();
  fill("gate", Object.entries(data.gates));
  fill("severity", data.severities);
  fill("village", unique("village").map((name) => [name, name]));
  fill("list", unique("list").filter(Boolean).map((name) => [name, name]));
  fill("file", unique("file").map((name) => [name, name]));
  fill("state", unique("state").map((name) => [name, name]));
  fill("news", unique("news").map((name) => [name, name]));
  fill("rule", [...new Map(findings.map((f) => [f.rule, `${f.rule} ${f.title}`]))].sort());

  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.elements.search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });

  const turn = (step) => {
    page += step;
    render();
    by("findings").scrollIntoView();
  };
  by("previous").addEventListener("click", () => turn(-1));
  by("next").addEventListener("click", () => turn(1));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (button) {
      const select = form.elements[button.dataset.filter];
      select.value = select.value === button.dataset.value ? "" : button.dataset.value;
      apply();
      by("findings").scrollIntoView({ behavior: "smooth" });
    }
    const more = event.target.closest(".show-more");
    if (more) {
      for (const item of more.previousElementSibling.querySelectorAll(".more")) item.hidden = false;
      more.remove();
    }
  });

  by("print").addEventListener("click", () => window.print());
  let closed = [];
  addEventListener("beforeprint", () => {
    show(0, MOST_PRINTED);
    by("cut").hidden = found.length <= MOST_PRINTED;
    by("cut").textContent =
      `只打印前 ${MOST_PRINTED} 处，共 ${found.length} 处；请先按村或规则筛选，分次打印。`;
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    by("cut").hidden = true;
    for (const details of closed) details.open = false;
    render();
  });
  apply();
})();
