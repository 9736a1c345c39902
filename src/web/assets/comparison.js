// What has changed since another run: which units moved, and which cells moved them.

import { alarm, button, byId, el, figure, fill, pressed, save, say } from "./dom.js";
import { dropZone } from "./start.js";
import { ask, dossierPath, fetchFile, hand, handForFile } from "./talk.js";

// More lines than these are shown when asked for.
const FEW = 8;

export function showComparison(dossier, others) {
  const box = el("div");
  const path = dossierPath(dossier.name, "/comparison");
  const last = dossier.papers.includes("ket-qua.json");
  const select = el("select", { id: "other-run" },
    last ? el("option", { value: "" }, "Lần lập văn bản gần nhất (ket-qua)") : null, others.map((name) => el("option", { value: name }, `Hồ sơ “${name}”`)));
  const compare = pressed(async () => {
    const other = { dossier: select.value || null };
    show(await ask(path, other), () => fetchFile(path, { ...other, workbook: true }));
  });
  const look = async (file) => {
    if (!file) return;
    try { show(await hand(path, {}, file), () => handForFile(path, { workbook: true }, file)); } catch (error) { alarm(`${file.name}: ${error.message}`); }
  };
  const show = (found, workbook) => {
    fill(box, told(found), found.same ? null : el("p", {}, button("Tải bảng so sánh (Excel)", pressed(async () => save(await workbook(), "so-sanh.xlsx")))));
    say("Đã so sánh.");
  };
  const input = el("input", { type: "file", id: "former-run", accept: ".json", change: () => look(input.files[0]) });
  fill(byId("comparison-body"),
    last || others.length ? el("p", { class: "row" }, el("label", { for: "other-run" }, "So hồ sơ hiện nay với"), select, button("So sánh", compare)) : null,
    dropZone("Thả tệp ket-qua.json của một lần chấm trước vào đây; hoặc", input, (files) => look(files[0])), box);
}

function told(found) {
  if (found.same) return el("p", { class: "note good" }, "Hai lần chấm giống nhau: không đơn vị nào đổi điểm, đổi hạng.");
  const words = (value) => (value ? `“${value}”` : "không có");
  return [
    found.year ? el("p", {}, `Năm: ${found.year.before} → ${found.year.after}.`) : null,
    found.conventions.map((one) => el("p", {}, `${one.item}: ${words(one.before)} → ${words(one.after)}.`)),
    found.clusters.map(cluster),
  ];
}

function cluster(one) {
  const summary = { only_before: "chỉ có ở lần trước", only_after: "chỉ có ở lần sau" }[one.presence]
    ?? (one.units.length || one.criteria.length ? `${one.units.length} đơn vị có thay đổi, ${one.moved} đơn vị đổi hạng` : "không có gì thay đổi");
  const rule = (line) => `Tiêu chí ${line.code} ${line.name}: ${line.rule.before ?? "không có"} → ${line.rule.after ?? "không có"}; tối đa ${line.max}.`;
  return el("div", {}, el("h3", {}, `${one.name}: ${summary}.`),
    one.criteria.length ? el("ul", {}, one.criteria.map((line) => el("li", {}, rule(line)))) : null,
    one.units.map(unit));
}

function unit(one) {
  const points = (line) => {
    if (Number(line.points) === 0) return "điểm không đổi";
    return `${line.mark} điểm (${line.points.startsWith("-") ? "−" : "+"}${figure(line.points.replace("-", ""))})`;
  };
  const words = [el("b", {}, one.name), `: ${one.words || "điểm và hạng không đổi"}.`];
  if (!one.lines.length && !one.passed_by.length && !one.passed.length) return el("p", {}, words);
  return el("details", { open: one.lines.length <= FEW }, el("summary", {}, words),
    one.passed_by.length ? el("p", {}, `Bị vượt bởi: ${one.passed_by.join(", ")}.`) : null,
    one.passed.length ? el("p", {}, `Vượt: ${one.passed.join(", ")}.`) : null,
    el("ul", {}, one.lines.map((line) => el("li", {}, `${line.code} ${line.name}: ${points(line)}: ${line.words}`))));
}
