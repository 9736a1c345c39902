// Findings by unit, each with its cell in the surroundings of the sheet, its explanation, and the marked copy to send back.

import { alarm, button, byId, el, fill, pressed, save, table } from "./dom.js";
import { ask, dossierPath, fetchFile } from "./talk.js";

const WORDS = { error: "Lỗi", warning: "Cảnh báo", note: "Ghi chú" };
const shownKinds = new Set(["error", "warning"]);

export function showFindings(dossier) {
  const kinds = el("fieldset", { class: "row" }, el("legend", {}, "Hiện"),
    Object.entries(WORDS).map(([kind, word]) => {
      const box = el("input", { type: "checkbox", checked: shownKinds.has(kind), change: () => {
        if (box.checked) shownKinds.add(kind); else shownKinds.delete(kind);
        fill(list, groups(dossier));
      } });
      return el("label", {}, box, ` ${word} (${dossier.counts[kind]})`);
    }));
  const list = el("div", {}, groups(dossier));
  const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/findings")), "ra-soat.xlsx"));
  fill(byId("findings-body"),
    dossier.findings.length ? [kinds, list] : el("p", { class: "note good" }, "Không có phát hiện nào: hồ sơ đầy đủ."),
    dossier.findings.length ? el("p", { class: "row" }, button("Tải danh sách phát hiện (Excel)", download)) : null, allCodes());
}

/** Every kind of finding there can be, each explained when asked. */
function allCodes() {
  const list = el("ul", { class: "findings" });
  const item = ({ code, title }) => {
    const more = el("div");
    const press = button(code, pressed(async () => {
      const open = press.getAttribute("aria-expanded") === "true";
      press.setAttribute("aria-expanded", String(!open));
      fill(more, open ? null : await explanation(code));
    }), { class: "plain", "aria-expanded": "false" });
    return el("li", {}, press, ` ${title}`, more);
  };
  const details = el("details", { id: "all-codes", toggle: () => {
    if (details.open && !list.hasChildNodes()) ask("/api/explain").then(({ codes }) => fill(list, codes.map(item)), (error) => alarm(error.message));
  } }, el("summary", {}, "Giải thích mọi mã phát hiện"), list);
  return details;
}

function groups(dossier) {
  const units = dossier.clusters.flatMap((cluster) => cluster.units);
  const heads = [[null, "Hồ sơ chung"], ...units.map((unit) => [unit.code, unit.name])];
  const known = new Set(units.map((unit) => unit.code));
  const all = heads.map(([code, name]) => {
    const own = dossier.findings.filter((one) => shownKinds.has(one.severity) && (known.has(one.unit) ? one.unit : null) === code);
    return own.length ? group(dossier, name, own) : null;
  }).filter(Boolean);
  return all.length ? all : el("p", {}, "Không có phát hiện nào thuộc loại đang hiện.");
}

function group(dossier, name, own) {
  const order = Object.keys(WORDS);
  own.sort((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity));
  const counts = order.map((kind) => [own.filter((one) => one.severity === kind).length, WORDS[kind].toLowerCase()]).filter(([count]) => count);
  const files = [...new Set(own.filter((one) => one.cell && one.severity !== "note" && one.file?.startsWith("so-lieu/")).map((one) => one.file))];
  const marked = (file) => button(`Tải bản đánh dấu ô sai: ${file.split("/").pop()}`, pressed(async () =>
    save(await fetchFile(dossierPath(dossier.name, "/marked"), { file }), `Đánh dấu - ${file.split("/").pop().replace(/\.(xlsx|xlsm)$/i, "")}.xlsx`)));
  return el("details", { open: own.some((one) => one.severity === "error") },
    el("summary", {}, el("b", {}, name), ` – ${counts.map(([count, word]) => `${count} ${word}`).join(", ")}`),
    files.length ? el("p", { class: "row" }, files.map(marked)) : null,
    el("ul", { class: "findings" }, own.map((one) => finding(dossier, one))));
}

function finding(dossier, one) {
  const place = [one.file, one.sheet && `trang tính “${one.sheet}”`, one.cell && `ô ${one.cell}`].filter(Boolean).join(", ");
  const more = el("div");
  const toggle = (words, show) => {
    const press = button(words, pressed(async () => {
      const open = press.getAttribute("aria-expanded") === "true";
      for (const other of press.parentElement.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
      press.setAttribute("aria-expanded", String(!open));
      fill(more, open ? null : await show());
    }), { class: "plain", "aria-expanded": "false" });
    return press;
  };
  return el("li", { "data-code": one.code },
    el("p", {}, el("span", { class: `word ${one.severity}` }, `${WORDS[one.severity]}: `), one.message),
    place ? el("p", { class: "faint" }, place) : null,
    el("p", {}, "→ ", one.hint),
    el("p", { class: "row" },
      one.cell && one.file ? toggle(`Xem ô ${one.cell}`, () => surroundings(dossier, one)) : null,
      toggle(`Giải thích ${one.code}`, () => explanation(one.code))),
    more);
}

async function surroundings(dossier, one) {
  const cells = await ask(dossierPath(dossier.name, "/cells"), { file: one.file, sheet: one.sheet, cell: one.cell });
  const row = (line) => el("tr", {}, el("th", { scope: "row" }, String(line.number)),
    line.cells.map((text, index) => {
      const here = line.number === cells.row && cells.columns[index] === cells.column;
      return el("td", { class: here ? "here" : null }, text, here ? el("span", { class: "unseen" }, " (ô này)") : null);
    }));
  const heads = [el("td", {}), ...cells.columns];
  return table(`Quanh ô ${one.cell}, trang tính “${one.sheet}”`, heads, cells.rows.map(row), { class: "grid" });
}

async function explanation(code) {
  const text = await ask(`/api/explain/${encodeURIComponent(code)}`);
  return el("div", { class: "note" }, el("p", {}, el("b", {}, text.title)), el("p", {}, text.meaning),
    el("p", {}, "Ví dụ: ", text.example), el("p", {}, "Cách sửa: ", text.mend));
}
