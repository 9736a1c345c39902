// Choosing a dossier, or making one: empty, from an example, or around a ho-so.xlsx that is dropped.

import { alarm, button, byId, el, fill, pressed } from "./dom.js";
import { ask, hand, tell } from "./talk.js";

const EXAMPLES = {
  "khoi-nganh-2024": ["Khối công đoàn ngành 2024", "8 công đoàn ngành, 8 nhóm tiêu chí, thưởng và trừ"],
  "cum-5-thanh-pho-2023": ["Cụm 5 thành phố 2023", "5 liên đoàn lao động, chấm so với đơn vị dẫn đầu"],
  "khoi-thi-dua-1-2024": ["Khối thi đua số 1 năm 2024", "9 công đoàn bộ, ngành, có chủ đề và chứng kiến"],
  "cong-doan-vien-chuc-2024": ["Công đoàn Viên chức 2024", "khoảng 30 công đoàn cơ sở, bảng chung"],
  "giua-nhiem-ky-2020": ["Sơ kết giữa nhiệm kỳ 2020", "nhiều năm, chỉ tiêu nhiệm kỳ"],
};

/** Shows the choice, or opens the only dossier; gives what is on the shelf. */
export async function start(open) {
  const shelf = await ask("/api/shelf");
  byId("where").textContent = shelf.folder;
  if (shelf.single && shelf.dossiers.length === 1) {
    await open(shelf.dossiers[0]);
    return shelf;
  }
  byId("start").hidden = false;
  byId("work").hidden = true;
  const choice = (name) => el("li", {}, button(name, () => open(name)));
  fill(byId("start-body"),
    el("h2", {}, "Hồ sơ đã có"),
    shelf.dossiers.length ? el("ul", { class: "choices" }, shelf.dossiers.map(choice)) : el("p", {}, `Chưa có hồ sơ nào trong ${shelf.folder}.`),
    el("h2", {}, "Tạo hồ sơ mới"), creation(shelf, open));
  return shelf;
}

function creation(shelf, open) {
  const name = el("input", { type: "text", id: "new-name", value: `Thi đua ${new Date().getFullYear()}`, autocomplete: "off" });
  const kinds = el("select", { id: "new-kind" },
    el("option", { value: "" }, "Hồ sơ trống, có lời dẫn từng ô"),
    shelf.examples.map((example) => el("option", { value: example }, `Ví dụ: ${(EXAMPLES[example] ?? [example, ""]).filter(Boolean).join(" – ")}`)));
  const make = pressed(async () => open((await tell("/api/shelf", { name: name.value, example: kinds.value || null })).name));
  const file = el("input", { type: "file", id: "new-file", accept: ".xlsx,.xlsm,.xls,.ods", change: () => around(file.files[0], name.value, open) });
  return [
    el("p", { class: "row" }, el("label", { for: "new-name" }, "Tên hồ sơ"), name),
    el("p", { class: "row" }, el("label", { for: "new-kind" }, "Bắt đầu từ"), kinds, button("Tạo hồ sơ", make, { class: "main" })),
    dropZone("Hoặc đã có tệp ho-so.xlsx: thả vào đây, hoặc", file, (files) => around(files[0], name.value, open)),
  ];
}

async function around(file, name, open) {
  if (!file) return;
  try { open((await hand("/api/shelf/drop", { name, file: file.name }, file)).name); } catch (error) { alarm(error.message); }
}

/** A place to drop files on, with the input that does the same by keyboard. */
export function dropZone(words, input, take) {
  input.classList.add("unseen");
  const zone = el("div", { class: "drop" }, el("p", {}, words), input, el("label", { for: input.id, class: "button" }, input.multiple ? "Chọn các tệp…" : "Chọn tệp…"));
  const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("over", on); };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => { over(false)(event); take([...event.dataTransfer.files]); });
  return zone;
}
