// Ranking workbooks that units sent back: their remarks by unit and line, and figures that are no longer the dossier's.

import { button, byId, el, figure, fill, pressed, save, say, table } from "./dom.js";
import { dropZone } from "./start.js";
import { Taking } from "./taking.js";
import { ask, dossierPath, fetchFile, tell } from "./talk.js";

let taking = null;
let shown = "";

export function showRemarks(dossier, refresh) {
  if (shown !== dossier.name) taking = new Taking("remarks-log", dossierPath(dossier.name, "/remarks"), outcome, refresh);
  shown = dossier.name;
  const input = el("input", { type: "file", id: "returned-files", multiple: true, accept: ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv", change: () => taking.take([...input.files]) });
  const box = el("div");
  fill(byId("remarks-body"),
    el("p", { class: "faint" }, "Gửi xep-hang.xlsx cho các đơn vị ghi vào cột “Ý kiến của đơn vị”, rồi gom lại ở đây. Số khác với hồ sơ hiện nay được báo, không được lấy."),
    dropZone("Thả các tệp xep-hang.xlsx gửi lại vào đây; hoặc", input, (files) => taking.take(files)), taking.box, box);
  if (dossier.returned.length) load(dossier, refresh, box).catch((error) => fill(box, el("p", { class: "note error" }, error.message)));
}

function outcome(stored) {
  if (stored.outcome === "same") return ["good", `đã có, giống hệt ${stored.file}; không nhận lần nữa.`];
  const kept = stored.kept.length ? ` Tệp cũ được giữ ở ${stored.kept.join(", ")}.` : "";
  return ["good", `lưu thành ${stored.file}.${kept}`];
}

async function load(dossier, refresh, box) {
  fill(box, el("p", { class: "faint" }, "Đang đọc các bảng gửi lại …"));
  const all = await ask(dossierPath(dossier.name, "/remarks"));
  const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/remarks/workbook")), "y-kien.xlsx"));
  fill(box,
    el("p", { class: "row" }, `Đã đọc ${all.files.length} tệp, có ${all.remarks.length} ý kiến.`, button("Tải bảng ý kiến (Excel)", download)),
    all.findings.map((one) => el("p", { class: `note ${one.severity === "error" ? "error" : "ask"}` }, `${one.message} ${one.hint}`)),
    all.remarks.length ? table("Ý kiến của các đơn vị", ["Đơn vị", "Về tiêu chí", { words: "Điểm", class: "figure" }, "Ý kiến", "Tệp và ô"], all.remarks.map(row)) : null,
    all.departures.length ? table("Số trong bảng gửi lại khác với hồ sơ", ["Đơn vị", "Tiêu chí", "Mục", { words: "Bảng gửi lại", class: "figure" }, { words: "Hồ sơ", class: "figure" }, "Tệp và ô"], all.departures.map((one) => departure(dossier, one))) : null,
    el("details", {}, el("summary", {}, `Tệp trong y-kien (${dossier.returned.length})`), el("ul", { class: "plain" }, dossier.returned.map((file) => own(dossier, file, refresh)))));
}

const place = (one) => el("td", { class: "path faint" }, `${one.file.replace(/^y-kien\//, "")}, ${one.sheet}, ${one.cell}`);

const row = (one) => el("tr", {},
  el("th", { scope: "row" }, one.unit_name), el("td", {}, one.line ? `${one.line} ${one.line_name ?? ""}` : "Cả đơn vị", one.why ? el("div", { class: "faint" }, one.why) : null),
  el("td", { class: "figure" }, figure(one.mark)), el("td", {}, one.text), place(one));

function departure(dossier, one) {
  const unit = dossier.clusters.flatMap((cluster) => cluster.units).find(({ code }) => code === one.unit);
  return el("tr", {}, el("th", { scope: "row" }, unit?.name ?? one.unit ?? "–"), el("td", {}, one.line), el("td", {}, one.item),
    el("td", { class: "figure" }, one.returned), el("td", { class: "figure" }, one.ours), place(one));
}

function own(dossier, file, refresh) {
  const away = pressed(async () => {
    const { kept } = await tell(dossierPath(dossier.name, "/set-aside"), { file: `y-kien/${file}` });
    await refresh();
    say(`Đã cất vào ${kept}.`);
  });
  return el("li", { class: "row" }, el("span", { class: "path" }, file), button("Cất đi", away, { "aria-label": `Cất đi ${file}` }));
}
