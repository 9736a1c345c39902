// A signed PDF that came back: who has signed, who has not, and whether it was changed since.

import { alarm, byId, el, fill, say, table } from "./dom.js";
import { dropZone } from "./start.js";
import { hand } from "./talk.js";

const VERDICTS = {
  sound: ["Đã ký, nguyên vẹn", "good"], changed: ["Đã ký, nhưng văn bản bị sửa sau khi ký", "error"],
  broken: ["Chữ ký hỏng", "error"], unchecked: ["Đã ký, chưa kiểm được", "warning"],
};

export function showSignatures() {
  const outcome = el("div");
  const input = el("input", { type: "file", id: "signed-file", accept: ".pdf", change: () => look(input.files[0], outcome) });
  fill(byId("signed-body"), dropZone("Thả tệp giao-uoc.pdf đã ký vào đây để xem ai đã ký, ai chưa ký; hoặc", input, (files) => look(files[0], outcome)), outcome);
}

async function look(file, outcome) {
  if (!file) return;
  try {
    const seen = await hand("/api/signatures", {}, file);
    fill(outcome, rows(file, seen), el("p", { class: "faint" },
      "Chỉ kiểm tra chữ ký khớp với nội dung và chứng thư nằm trong tệp; không kiểm tra cơ quan cấp chứng thư có đáng tin không, chứng thư có bị thu hồi không."));
    say(`Đã xem chữ ký trong ${file.name}.`);
  } catch (error) { alarm(`${file.name}: ${error.message}`); }
}

function rows(file, seen) {
  const signed = seen.fields.filter((field) => field.signature).length;
  const row = ({ name, label, signature }) => {
    const [words, kind] = signature ? VERDICTS[signature.verdict] : ["Chưa ký", "missing"];
    const who = signature?.certificate;
    const person = who ? [who.common_name, who.organization].filter(Boolean).join(", ") + (who.self_signed ? " (chứng thư tự cấp)" : "") : "";
    return el("tr", {}, el("th", { scope: "row" }, label ?? name), el("td", { class: `state ${kind}` }, words), el("td", {}, person), el("td", {}, signature?.claimed_time ?? ""));
  };
  return table(`${file.name}: ${seen.fields.length} ô ký, đã ký ${signed}, chưa ký ${seen.fields.length - signed}`,
    ["Ô ký", "Tình trạng", "Người ký theo chứng thư", "Thời điểm tự khai"], seen.fields.map(row));
}
