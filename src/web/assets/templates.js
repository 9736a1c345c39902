// The office's own templates: the built-in ones to be changed, changed ones taken in and checked, the list of tags.

import { button, byId, el, fill, pressed, save, say } from "./dom.js";
import { dropZone } from "./start.js";
import { Taking } from "./taking.js";
import { ask, dossierPath, fetchFile, tell } from "./talk.js";

let taking = null;
let shown = "";

export function showTemplates(dossier, refresh) {
  const box = el("div", { id: "templates-outcome" });
  const at = (rest) => dossierPath(dossier.name, `/templates${rest}`);
  if (shown !== dossier.name) taking = new Taking("templates-log", at("/own"), outcome, refresh);
  shown = dossier.name;
  const force = el("input", { type: "checkbox" });
  const write = pressed(async () => {
    const done = await tell(at(""), { force: force.checked });
    const kept = done.kept ? `, giữ nguyên ${done.kept} mẫu đã có` : "";
    say(`Đã ghi ${done.written} mẫu.`);
    fill(box, el("p", { class: "note good" }, `Đã ghi ${done.written} mẫu vào thư mục mau${kept}. Sửa bằng Word, lưu lại đúng tên, kiểm tra, rồi lập lại văn bản.`));
    save(await fetchFile(dossierPath(dossier.name, "/zip"), { folder: "mau" }), "mau.zip");
  });
  const check = pressed(async () => {
    const { templates } = await ask(at(""));
    say(`Đã kiểm tra ${templates.length} mẫu.`);
    fill(box, templates.length ? templates.map((one) => checked(one, at)) : el("p", { class: "note" }, "Không có mẫu riêng trong thư mục mau: văn bản được lập theo mẫu có sẵn."));
  });
  const tags = pressed(async () => {
    const { text } = await ask(at("/tags"));
    say("Đã mở danh mục thẻ.");
    fill(box, el("pre", { tabindex: "0", role: "region", "aria-label": "Danh mục thẻ" }, text));
  });
  const word = pressed(async () => save(await fetchFile(at("/tags/word")), "danh-muc-the.docx"));
  const input = el("input", { type: "file", id: "own-templates", multiple: true, accept: ".docx,.xlsx", change: () => taking.take([...input.files]) });
  fill(byId("templates-body"),
    el("p", { class: "faint" }, "Không bắt buộc. Muốn đổi lời văn cố định hay trình bày thì lấy mẫu, sửa bằng Word rồi thả lại."),
    el("p", { class: "row" }, button("Lấy mẫu để sửa bằng Word (zip)", write), el("label", {}, force, " ghi đè cả mẫu đã sửa")),
    dropZone("Thả mẫu đã sửa vào đây, giữ đúng tên tệp; hoặc", input, (files) => taking.take(files)), taking.box,
    el("p", { class: "row" }, button("Kiểm tra các mẫu", check), button("Xem danh mục thẻ", tags), button("Tải danh mục thẻ (Word)", word)), box);
}

function outcome(stored) {
  if (stored.outcome === "same") return ["good", `giống hệt ${stored.file}; không nhận lần nữa.`];
  const kept = stored.kept.length ? ` Mẫu cũ được giữ ở ${stored.kept.join(", ")}.` : "";
  return ["good", `lưu thành ${stored.file}.${kept} Hãy bấm “Kiểm tra các mẫu”.`];
}

/** One template: that it is fine, or what is wrong with it. */
function checked({ file, findings }, at) {
  if (!findings.length) return el("p", { class: "note good" }, el("b", {}, file), ": dùng được.");
  const name = file.split("/").pop();
  const copy = pressed(async () => save(await fetchFile(at("/commented"), { file }), `Có ghi chú - ${name}`));
  return el("div", { class: "note error" }, el("p", {}, el("b", {}, file), `: ${findings.length} chỗ phải xem lại.`),
    el("ul", {}, findings.map((one) => el("li", {}, `${one.message} (${one.place}) → ${one.hint}`))),
    el("p", {}, button(`Tải bản có ghi chú ở từng chỗ: ${name}`, copy)));
}
