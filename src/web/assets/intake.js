// Taking in files: many at once, any name; each bound to its unit before the eyes, or by hand; replaced only after asking.

import { alarm, button, byId, el, fill, pressed, save, say, table } from "./dom.js";
import { dropZone } from "./start.js";
import { asking, Taking } from "./taking.js";
import { dossierPath, fetchFile, hand, tell } from "./talk.js";

let taking = null;
let shown = null;

export function showIntake(dossier, refresh) {
  if (shown?.name !== dossier.name) taking = new Taking("intake-log", dossierPath(dossier.name, "/submissions"), outcome, refresh);
  shown = dossier;
  const input = el("input", { type: "file", id: "drop-files", multiple: true, change: () => taking.take([...input.files]) });
  fill(byId("intake-body"),
    dropZone("Thả các tệp báo cáo vào đây, bao nhiêu tệp cũng được, tên gì cũng được; hoặc", input, (files) => taking.take(files)),
    taking.box,
    dossier.files.length ? filesTable(dossier, refresh) : el("p", {}, "Thư mục so-lieu chưa có tệp nào."),
    dossier.kept.length ? oldFiles(dossier, refresh) : null);
}

const nameOf = (code) => shown.clusters.flatMap((cluster) => cluster.units).find((unit) => unit.code === code)?.name ?? code;

/** What became of a file, in words. */
function outcome(stored) {
  const whose = stored.units.map(nameOf).join(", ");
  if (stored.outcome === "same") return ["good", `đã có, giống hệt ${stored.file}; không nhận lần nữa.`];
  const kept = stored.kept.length ? ` Tệp cũ được giữ ở ${stored.kept.join(", ")}.` : "";
  if (stored.fault) return ["error", `${whose ? `${whose} – ` : ""}không lấy được số liệu. ${stored.fault} Tệp được lưu thành ${stored.file} để đối chiếu.${kept}`];
  if (whose) return ["good", `${whose} – lưu thành ${stored.file}.${kept}`];
  return ["ask", `chưa biết của đơn vị nào – lưu thành ${stored.file}. Hãy gắn tay ở bảng dưới.${kept}`];
}

function filesTable(dossier, refresh) {
  const row = (file) => {
    const whose = file.units.map(nameOf).join(", ");
    const strangers = file.strangers.length && whose ? `, còn ${file.strangers.length} dòng chưa biết của đơn vị nào` : "";
    return el("tr", {},
      el("th", { scope: "row", class: "path" }, file.path.replace(/^so-lieu\//, "")),
      el("td", {}, whose || el("span", { class: "word error" }, "Chưa biết của đơn vị nào"),
        whose && !file.gives ? el("span", { class: "word error" }, " – không lấy được số liệu") : null,
        strangers ? el("span", { class: "word error" }, strangers) : null,
        file.by_hand ? el("span", { class: "faint" }, " (gắn tay)") : null),
      el("td", { class: "figure" }, String(file.errors)),
      el("td", {}, el("div", { class: "row" }, binding(dossier, file, refresh), ...actions(dossier, file, refresh))));
  };
  return table("Tệp đang có trong so-lieu", ["Tệp", "Của đơn vị", { words: "Lỗi", class: "figure" }, "Việc"], dossier.files.map(row));
}

function unitChoice(dossier, label, first, chosen = "") {
  const option = (unit) => el("option", { value: unit.code, selected: unit.code === chosen }, unit.name);
  return el("select", { "aria-label": label },
    el("option", { value: "" }, first), dossier.clusters.flatMap((cluster) => cluster.units).map(option));
}

/** Binding a whole file to a unit, and the names in it that are no unit's. */
function binding(dossier, file, refresh) {
  const parts = file.strangers.map((stranger) => named(dossier, file, stranger, refresh));
  if (file.units.length < 2) {
    const select = unitChoice(dossier, `Gắn ${file.path} cho đơn vị`, "Theo nội dung tệp", file.units[0]);
    const bind = pressed(async () => {
      const bound = await asking((replace) => tell(dossierPath(dossier.name, "/bind"), { file: file.path, unit: select.value || null, replace }));
      if (!bound) return;
      await refresh();
      say("Đã gắn tệp.");
    });
    parts.unshift(el("div", { class: "row" }, file.strangers.length ? "Cả tệp:" : null, select, button("Gắn", bind)));
  }
  return parts.length ? el("details", {}, el("summary", {}, "Gắn tay"), parts) : null;
}

/** A name in a file, bound to a unit for good. */
function named(dossier, file, stranger, refresh) {
  const select = unitChoice(dossier, `“${stranger.name}” là đơn vị`, "Chọn đơn vị");
  const bind = pressed(async () => {
    if (!select.value) throw new Error(`Hãy chọn đơn vị mà tệp gọi là “${stranger.name}”.`);
    await tell(dossierPath(dossier.name, "/name"), { unit: select.value, name: stranger.name });
    await refresh();
    say(`Đã ghi “${stranger.name}” vào Tên gọi khác của ${nameOf(select.value)}.`);
  });
  return el("div", { class: "row" }, `Ô ${stranger.cell} ghi “${stranger.name}” là`, select,
    button("Gắn tên", bind, { title: "Ghi vào cột Tên gọi khác của ho-so.xlsx; tệp của đơn vị giữ nguyên" }));
}

function actions(dossier, file, refresh) {
  const name = file.path.split("/").pop();
  const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/file"), { file: file.path }), name));
  const away = pressed(async () => {
    const { kept } = await tell(dossierPath(dossier.name, "/set-aside"), { file: file.path });
    await refresh();
    say(`Đã cất vào ${kept}.`);
  });
  return [button("Tải về", download, { "aria-label": `Tải về ${name}` }), button("Cất đi", away, { "aria-label": `Cất đi ${name}`, title: "Chuyển vào so-lieu/.cu; không mất" })];
}

/** Files that gave way to others, each to be brought back. */
function oldFiles(dossier, refresh) {
  const row = ({ name, size }) => {
    const back = pressed(async () => {
      const stored = await asking((replace) => tell(dossierPath(dossier.name, "/bring-back"), { file: name, replace }));
      if (!stored) return;
      await refresh();
      say(stored.outcome === "same" ? `${stored.file} đã giống hệt tệp này.` : `Đã lấy lại thành ${stored.file}.`);
    });
    return el("li", { class: "row" }, el("span", { class: "path" }, `${name} (${Math.max(1, Math.round(size / 1024))} KB)`), button("Lấy lại", back, { "aria-label": `Lấy lại ${name}` }));
  };
  return el("details", { id: "old-files" }, el("summary", {}, `Tệp cũ đã cất trong so-lieu/.cu (${dossier.kept.length})`), el("ul", { class: "plain" }, dossier.kept.map(row)));
}

/** Puts another ho-so.xlsx in the place of the one there is. */
export async function replaceDefinition(dossier, file, refresh) {
  if (!file) return;
  try {
    const put = await asking((replace) => hand(dossierPath(dossier.name, "/definition"), { name: dossier.name, file: file.name, replace }, file));
    if (put) await refresh();
  } catch (error) { alarm(error.message); }
}
