// Units and what has come in, at a glance; the forms to send them.

import { button, byId, el, fill, pressed, save, say, table } from "./dom.js";
import { dossierPath, fetchFile, tell } from "./talk.js";

/** The state of a unit: a word, and a class for its colour. */
export function stateOf(unit) {
  if (!unit.submitted) return unit.files.length ? ["Chưa lấy được", "error"] : ["Chưa nộp", "missing"];
  if (unit.errors) return ["Có lỗi", "error"];
  if (unit.late) return ["Nộp muộn", "warning"];
  return unit.warnings ? ["Cần xem lại", "warning"] : ["Đầy đủ", "good"];
}

export function showUnits(dossier) {
  const units = dossier.clusters.flatMap((cluster) => cluster.units);
  const count = (test) => units.filter(test).length;
  const part = (number, words) => el("li", {}, el("b", {}, String(number)), ` ${words}`);
  fill(byId("units-body"),
    el("ul", { class: "summary" },
      part(`${count((unit) => unit.submitted)}/${units.length}`, "đơn vị đã nộp"),
      part(count((unit) => !unit.submitted && !unit.files.length), "chưa nộp"),
      part(count((unit) => !unit.submitted && unit.files.length), "có tệp chưa lấy được"),
      part(count((unit) => unit.late), "nộp muộn"),
      part(count((unit) => unit.errors > 0), "có lỗi")),
    dossier.clusters.map(clusterTable),
    forms(dossier));
}

function clusterTable(cluster) {
  const row = (unit) => {
    const [word, kind] = stateOf(unit);
    const late = unit.late && word !== "Nộp muộn" ? ", nộp muộn" : "";
    return el("tr", { "data-unit": unit.code },
      el("th", { scope: "row" }, unit.name, unit.role && unit.role !== "Thành viên" ? el("span", { class: "faint" }, ` – ${unit.role}`) : null),
      el("td", { class: `state ${kind}` }, word + late),
      el("td", { class: "path" }, unit.files.map((file) => file.replace(/^so-lieu\//, "")).join("; ") || "–"),
      el("td", { class: "figure" }, String(unit.errors)), el("td", { class: "figure" }, String(unit.warnings)));
  };
  const heads = ["Đơn vị", "Tình trạng", "Tệp", { words: "Lỗi", class: "figure" }, { words: "Cảnh báo", class: "figure" }];
  return table(cluster.name, heads, cluster.units.map(row));
}

function forms(dossier) {
  const made = el("span", { role: "status" });
  const force = el("input", { type: "checkbox" });
  const make = pressed(async () => {
    const done = await tell(dossierPath(dossier.name, "/forms"), { force: force.checked });
    const kept = done.kept ? `, giữ nguyên ${done.kept} biểu đã có số liệu` : "";
    made.textContent = `Đã ghi ${done.written} biểu vào thư mục bieu-mau${kept}.`;
    say(made.textContent);
    save(await fetchFile(dossierPath(dossier.name, "/zip"), { folder: "bieu-mau" }), "bieu-mau.zip");
  });
  return el("p", { class: "row" }, button("Lập biểu gửi các đơn vị điền (zip)", make), el("label", {}, force, " ghi đè cả biểu đã có số liệu"), made);
}
