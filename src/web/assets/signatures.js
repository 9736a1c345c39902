// A signed PDF that came back: who has signed, who has not, and whether it was changed since.

import { alarm, byId, el, fill, say, table } from "./dom.js";
import { dropZone } from "./start.js";
import { hand } from "./talk.js";

const KINDS = { sound: "good", changed: "error", broken: "error", unchecked: "warning" };

export function showSignatures() {
  const outcome = el("div");
  const input = el("input", { type: "file", id: "signed-file", accept: ".pdf", change: () => look(input.files[0], outcome) });
  fill(byId("signed-body"), dropZone("Thả tệp giao-uoc.pdf đã ký vào đây để xem ai đã ký, ai chưa ký; hoặc", input, (files) => look(files[0], outcome)), outcome);
}

async function look(file, outcome) {
  if (!file) return;
  try {
    const seen = await hand("/api/signatures", {}, file);
    fill(outcome, rows(file, seen), seen.fields.some((field) => field.verdict) ? el("p", { class: "faint" }, seen.trust) : null);
    say(`Đã xem chữ ký trong ${file.name}.`);
  } catch (error) { alarm(`${file.name}: ${error.message}`); }
}

function rows(file, seen) {
  const signed = seen.fields.filter((field) => field.verdict).length;
  const row = ({ title, verdict, words, details }) => el("tr", {}, el("th", { scope: "row" }, title),
    el("td", { class: `state ${KINDS[verdict] ?? "missing"}` }, words ?? "chưa ký"), el("td", {}, (details ?? []).map((line) => el("div", {}, line))));
  return table(`${file.name}: ${seen.fields.length} ô ký, đã ký ${signed}, chưa ký ${seen.fields.length - signed}`, ["Ô ký", "Tình trạng", "Chi tiết"], seen.fields.map(row));
}
