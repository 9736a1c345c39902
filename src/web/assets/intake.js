// Taking in files: many at once, any name; each bound to its unit before the eyes, or by hand; replaced only after asking.

import { alarm, button, byId, el, fill, pressed, save, say, table } from "./dom.js";
import { dropZone } from "./start.js";
import { dossierPath, fetchFile, hand, tell } from "./talk.js";

let log = [];
let shown = "";

export function showIntake(dossier, refresh) {
  if (shown !== dossier.name) log = [];
  shown = dossier.name;
  const input = el("input", { type: "file", id: "drop-files", multiple: true, change: () => take(dossier, [...input.files], refresh) });
  fill(byId("intake-body"),
    dropZone("Thả các tệp báo cáo vào đây, bao nhiêu tệp cũng được, tên gì cũng được; hoặc", input, (files) => take(dossier, files, refresh)),
    el("div", { id: "intake-log" }, log),
    dossier.files.length ? filesTable(dossier, refresh) : el("p", {}, "Thư mục so-lieu chưa có tệp nào."));
}

async function take(dossier, files, refresh) {
  log = [];
  let done = 0;
  for (const file of files) {
    say(`Đang nhận ${file.name} (${++done}/${files.length})`);
    await store(dossier, file, {}, refresh);
    fill(byId("intake-log"), log);
  }
  await refresh();
  say(`Đã xem ${files.length} tệp.`);
}

const nameOf = (dossier, code) => dossier.clusters.flatMap((cluster) => cluster.units).find((unit) => unit.code === code)?.name ?? code;

async function store(dossier, file, more, refresh) {
  try {
    const stored = await hand(dossierPath(dossier.name, "/submissions"), { file: file.name, ...more }, file);
    const whose = stored.units.map((code) => nameOf(dossier, code)).join(", ");
    if (stored.outcome === "same") return tellOf(file, "good", `đã có, giống hệt ${stored.file}; không nhận lần nữa.`);
    const kept = stored.kept.length ? ` Tệp cũ được giữ ở ${stored.kept.join(", ")}.` : "";
    if (whose) tellOf(file, "good", `${whose} – lưu thành ${stored.file}.${kept}`);
    else tellOf(file, "ask", `chưa biết của đơn vị nào – lưu thành ${stored.file}. Hãy gắn tay ở bảng dưới.${kept}`);
  } catch (error) {
    if (error.question) askBack(dossier, file, more, error, refresh);
    else tellOf(file, "error", `không nhận. ${error.message}`);
  }
}

function tellOf(file, kind, words) { log.push(el("p", { class: `note ${kind}` }, el("b", {}, file.name), `: ${words}`)); }

function askBack(dossier, file, more, error, refresh) {
  const box = el("div", { class: "note ask", role: "group", "aria-label": `Hỏi về tệp ${file.name}` }, el("p", {}, el("b", {}, file.name), `: ${error.message}`),
    el("p", { class: "row" },
      button("Thay bằng tệp mới", pressed(async () => {
        log = log.filter((one) => one !== box);
        await store(dossier, file, { ...more, replace: true }, refresh);
        await refresh();
      })),
      button("Giữ tệp cũ", () => { log = log.filter((one) => one !== box); box.remove(); say("Giữ tệp cũ."); })));
  log.push(box);
}

function filesTable(dossier, refresh) {
  const row = (file) => {
    const whose = file.units.map((code) => nameOf(dossier, code)).join(", ");
    return el("tr", {},
      el("th", { scope: "row", class: "path" }, file.path.replace(/^so-lieu\//, "")),
      el("td", {}, whose || el("span", { class: "word error" }, "Chưa biết của đơn vị nào"), file.by_hand ? el("span", { class: "faint" }, " (gắn tay)") : null),
      el("td", { class: "figure" }, String(file.errors)),
      el("td", {}, el("div", { class: "row" }, binding(dossier, file, refresh), ...actions(dossier, file, refresh))));
  };
  return table("Tệp đang có trong so-lieu", ["Tệp", "Của đơn vị", { words: "Lỗi", class: "figure" }, "Việc"], dossier.files.map(row));
}

function binding(dossier, file, refresh) {
  if (file.units.length > 1) return null;
  const label = `Gắn ${file.path} cho đơn vị`;
  const option = (unit) => el("option", { value: unit.code, selected: file.units[0] === unit.code }, unit.name);
  const select = el("select", { "aria-label": label },
    el("option", { value: "" }, "Theo nội dung tệp"), dossier.clusters.flatMap((cluster) => cluster.units).map(option));
  const bind = async (replace) => {
    try {
      await tell(dossierPath(dossier.name, "/bind"), { file: file.path, unit: select.value || null, replace });
      await refresh();
      say("Đã gắn tệp.");
    } catch (error) {
      if (error.question && confirm(error.message)) return bind(true);
      if (!error.question) throw error;
    }
  };
  return el("details", {}, el("summary", {}, "Gắn tay"), el("div", { class: "row" }, select, button("Gắn", pressed(() => bind(false)))));
}

function actions(dossier, file, refresh) {
  const name = file.path.split("/").pop();
  const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/file"), { file: file.path }), name));
  const away = pressed(async () => {
    const kept = await tell(dossierPath(dossier.name, "/set-aside"), { file: file.path });
    await refresh();
    say(`Đã cất vào ${kept.kept}.`);
  });
  return [button("Tải về", download, { "aria-label": `Tải về ${name}` }), button("Cất đi", away, { "aria-label": `Cất đi ${name}`, title: "Chuyển vào so-lieu/.cu; không mất" })];
}

/** Puts another ho-so.xlsx in the place of the one there is. */
export async function replaceDefinition(dossier, file, refresh, replace = false) {
  try {
    await hand(dossierPath(dossier.name, "/definition"), { name: dossier.name, file: file.name, replace }, file);
    await refresh();
  } catch (error) {
    if (error.question && confirm(error.message)) return replaceDefinition(dossier, file, refresh, true);
    if (!error.question) alarm(error.message);
  }
}
