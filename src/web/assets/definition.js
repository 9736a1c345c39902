// Names, signers, dates, themes and texts in forms; they are written back into the cells of ho-so.xlsx that they came from.

import { button, byId, el, fill, pressed, save, say } from "./dom.js";
import { replaceDefinition } from "./intake.js";
import { ask, dossierPath, fetchFile, tell } from "./talk.js";

const WORDS = {
  "Thông tin": "Thông tin chung", "Cụm": "Cụm, khối: chủ đề, chứng kiến, hội nghị", "Đơn vị": "Đơn vị: tên, vai trò, người ký",
  "Văn bản": "Lời văn: căn cứ, nơi nhận, nội dung giao ước …",
};
let openFor = "";
let isChanged = () => false;

export function showDefinition(dossier, refresh) {
  // what someone is about to write is not taken from under their hands
  if (openFor === dossier.name && byId("definition").hasChildNodes() && isChanged()) return;
  isChanged = () => false;
  const box = el("div");
  const load = async () => {
    const { file, fields } = await ask(dossierPath(dossier.name, "/fields"));
    fill(box, forms(dossier, file, fields, refresh));
  };
  const details = el("details", { open: openFor === dossier.name, toggle: () => {
    openFor = details.open ? dossier.name : "";
    if (details.open && !box.hasChildNodes()) load().catch((error) => fill(box, el("p", { class: "note error" }, error.message)));
  } }, el("summary", {}, "Sửa tên, người ký, ngày tháng, chủ đề và lời văn trong ho-so.xlsx"), box);
  fill(byId("definition"), details);
}

function forms(dossier, file, fields, refresh) {
  const inputs = [];
  const input = (field) => {
    const long = field.column === "Nội dung" || field.value.length > 60;
    const label = [field.row || "Dòng mới", field.column !== "Giá trị" && field.column].filter(Boolean).join(" – ");
    const own = el(long ? "textarea" : "input", {
      ...(long ? { rows: String(Math.min(6, 1 + Math.floor(field.value.length / 70))) } : { type: "text" }),
      "aria-label": label, placeholder: field.date ? "05/3/2025" : null, autocomplete: "off", title: `Trang tính ${field.sheet}, ô ${field.cell}`,
    });
    own.value = field.value;
    inputs.push([field, own]);
    return own;
  };
  const sheets = [...new Set(fields.map((field) => field.sheet))];
  const parts = sheets.map((sheet) => part(sheet, fields.filter((field) => field.sheet === sheet), input));
  const outcome = el("span", { role: "status" });
  const changedInputs = () => inputs.filter(([field, own]) => own.value.trim() !== field.value.trim());
  isChanged = () => changedInputs().length > 0;
  const write = pressed(async () => {
    const changed = changedInputs();
    if (!changed.length) { outcome.textContent = "Chưa sửa gì."; return; }
    const changes = changed.map(([field, own]) => ({ sheet: field.sheet, cell: field.cell, old: field.value, new: own.value }));
    const done = await tell(dossierPath(dossier.name, "/fields"), { changes });
    isChanged = () => false;
    await refresh();
    say(`Đã ghi ${done.written} ô vào ${file}.`);
  });
  const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/file"), { file }), file));
  const other = el("input", { type: "file", id: "other-definition", class: "unseen", accept: ".xlsx,.xlsm,.xls,.ods", change: () => replaceDefinition(dossier, other.files[0], refresh) });
  return [el("p", { class: "row" }, "Tiêu chí và cách tính điểm sửa trong Excel:", button(`Tải ${file}`, download),
    el("span", {}, other, el("label", { for: other.id, class: "button" }, `Thay ${file} bằng tệp đã sửa…`))),
  parts, el("p", { class: "row" }, button(`Ghi vào ${file}`, write, { class: "main" }), outcome,
    el("span", { class: "faint" }, "Chỉ những ô đã sửa được ghi; định dạng, trang tính và cột khác giữ nguyên. Hãy đóng tệp trong Excel trước."))];
}

function part(sheet, fields, input) {
  const legend = el("legend", {}, WORDS[sheet] ?? sheet);
  if (sheet === "Đơn vị") return el("fieldset", {}, legend, unitTable(fields, input));
  const row = (field) => el("p", { class: "field" }, el("span", { "aria-hidden": "true" },
    [field.row || "Dòng mới", field.column !== "Giá trị" && field.column !== "Nội dung" && field.column].filter(Boolean).join(" – ")), input(field));
  return el("fieldset", {}, legend, fields.map(row));
}

function unitTable(fields, input) {
  const columns = [...new Set(fields.map((field) => field.column))];
  const rows = [...new Set(fields.map((field) => field.row))];
  const cell = (row, column) => {
    const field = fields.find((one) => one.row === row && one.column === column);
    return el("td", {}, field ? input(field) : "");
  };
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Các đơn vị" }, el("table", {},
    el("thead", {}, el("tr", {}, ["Mã", ...columns].map((column) => el("th", { scope: "col" }, column)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row), columns.map((column) => cell(row, column)))))));
}
