// The papers: pages to look at first, then the build with its progress, to be stopped at any time, and the downloads.

import { button, byId, el, fill, pressed, save, say } from "./dom.js";
import { ask, dossierPath, fetchFile, tell } from "./talk.js";

const NAMES = {
  "bao-cao-tong-ket": "Báo cáo tổng kết", "giao-uoc": "Giao ước thi đua", "bien-ban-binh-xet": "Biên bản bình xét",
  "to-trinh-khen-thuong": "Tờ trình khen thưởng", "so-ket-nhiem-ky": "Báo cáo sơ kết nhiệm kỳ", "xep-hang": "Bảng xếp hạng",
  "phieu-diem": "Phiếu điểm", "tong-hop": "Tổng hợp các cụm", "ra-soat": "Danh sách phát hiện", "ket-qua": "Kết quả cho chương trình khác",
};

/** `KN/phieu-diem/YT.pdf` as people say it. */
function spoken(dossier, path) {
  const [file, ...above] = path.split("/").reverse();
  const [stem, ending] = [file.replace(/\.[^.]*$/, ""), file.split(".").pop()];
  const units = dossier.clusters?.flatMap((cluster) => cluster.units) ?? [];
  const slip = above[0] === "phieu-diem";
  const words = slip ? `Phiếu điểm – ${units.find((unit) => unit.code === stem)?.name ?? stem}` : NAMES[stem] ?? stem;
  return { words, kind: KINDS[ending] ?? ending, cluster: slip ? above[1] : above[0] };
}

/** Follows a job until it ends, showing how far it is. */
async function follow(job, box, done) {
  const words = el("span", { role: "status" });
  const bar = el("progress", { max: "1", "aria-label": "Tiến độ" });
  const stop = button("Dừng", pressed(async () => { await tell(`/api/job/${job.id}/cancel`); }));
  fill(box, el("div", { class: "row" }, bar, words, stop));
  let report = job;
  while (report.state === "running") {
    const stage = report.steps ? `${report.stage}: ${report.done}/${report.steps}` : report.stage;
    if (words.textContent !== stage) words.textContent = stage;
    if (report.steps) { bar.max = report.steps; bar.value = report.done; }
    await new Promise((resume) => setTimeout(resume, 200));
    report = await ask(`/api/job/${job.id}`);
  }
  if (report.state === "withheld") {
    fill(box, el("p", { class: "note error" }, "Còn lỗi nên chưa ghi tệp nào; các văn bản cũ vẫn nguyên. Sửa các lỗi ở mục 3, hoặc bỏ chọn “còn lỗi thì không ghi”."));
    say("Còn lỗi nên chưa ghi tệp nào.");
  } else if (report.state === "cancelled") {
    fill(box, el("p", { class: "note" }, "Đã dừng; các văn bản cũ vẫn nguyên."));
    say("Đã dừng.");
  } else if (report.state === "failed") {
    fill(box, el("p", { class: "note error" }, report.error ?? "Không lập được."));
    say("Không lập được.");
  } else await done(report);
}

export function showPreview(dossier) {
  const box = el("div");
  const look = pressed(async () => {
    const job = await tell(dossierPath(dossier.name, "/preview"));
    await follow(job, box, (report) => viewer(dossier, report, box));
  });
  fill(byId("preview-body"),
    el("p", { class: "row" }, button("Xem thử mọi văn bản", look), el("span", { class: "faint" }, "Xem từng trang; chưa ghi gì vào ket-qua.")), box);
  if (dossier.job?.kind === "preview") follow(dossier.job, box, (report) => viewer(dossier, report, box));
}

function viewer(dossier, report, box) {
  const frame = el("iframe", { title: "Trang văn bản" });
  const beside = el("p", { class: "row" });
  let address = null;
  const open = async (path, press) => {
    const bytes = await fetchFile(`/api/job/${report.id}/page`, { file: path });
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    const { words } = spoken(dossier, path);
    frame.src = address;
    frame.title = words;
    for (const other of box.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    press.setAttribute("aria-current", "true");
    fill(beside, el("b", {}, words), el("a", { href: address, target: "_blank", rel: "noopener" }, "Mở trong thẻ mới"));
    say(`Đang xem ${words}.`);
  };
  const many = new Set(report.files.map((path) => spoken(dossier, path).cluster)).size > 1;
  const item = (path) => {
    const { words, cluster } = spoken(dossier, path);
    const press = button(many && cluster ? `${cluster}: ${words}` : words, pressed(() => open(path, press)));
    return el("li", {}, press);
  };
  const list = el("ul", { "aria-label": "Văn bản" }, report.files.map(item));
  fill(box, el("div", { class: "viewer" }, list, el("div", {}, beside, frame)));
  list.querySelector("button")?.click();
}

export function showBuild(dossier, refresh) {
  const box = el("div");
  const finish = async (report) => {
    await refresh();
    const draft = report.has_errors ? " Còn lỗi nên văn bản của cụm có lỗi được đóng dấu “DỰ THẢO”." : "";
    if (report.unchanged && !report.files.length && !report.failures.length) {
      const same = `Không có gì thay đổi từ lần lập trước: giữ nguyên ${report.unchanged} tệp.`;
      say(same);
      fill(byId("build-outcome"), el("p", { class: "note good" }, same, draft));
      return;
    }
    const kept = report.unchanged ? ` Giữ nguyên ${report.unchanged} tệp không có gì thay đổi.` : "";
    say(`Đã ghi ${report.files.length} tệp.${kept}`);
    fill(byId("build-outcome"), el("p", { class: "note good" }, `Đã ghi ${report.files.length} tệp vào ket-qua.${kept}${draft}`),
      report.failures.map((words) => el("p", { class: "note error" }, words)));
  };
  const choice = new Choice(dossier.outputs);
  const make = pressed(async () => {
    const job = await tell(dossierPath(dossier.name, "/build"), choice.wanted());
    await follow(job, box, finish);
  });
  fill(byId("build-body"),
    el("p", { class: "row" }, button("Lập văn bản", make, { class: "main" }), el("span", { class: "faint" }, "Word, PDF và Excel vào thư mục ket-qua của hồ sơ.")), choice.box,
    box, el("div", { id: "build-outcome" }), papers(dossier));
  if (dossier.job?.kind === "build") follow(dossier.job, box, finish);
}

const KINDS = { docx: "Word", pdf: "PDF", xlsx: "Excel", json: "JSON" };

/** Which papers are wanted, in which kinds of file, and whether in spite of errors. */
class Choice {
  constructor(outputs) {
    this.outputs = outputs;
    this.boxes = outputs.map(([name]) => [name, el("input", { type: "checkbox" })]);
    this.strict = el("input", { type: "checkbox", id: "strict" });
    this.fresh = el("input", { type: "checkbox", id: "fresh" });
    const kinds = [...new Set(outputs.flatMap(([, endings]) => endings))].filter((ending) => ending !== "json");
    this.kind = el("select", { id: "kind-of-file" }, el("option", { value: "" }, "Mọi dạng tệp"), kinds.map((ending) => el("option", { value: ending }, `Chỉ ${KINDS[ending]}`)));
    this.box = el("details", { id: "build-choice" }, el("summary", {}, "Chỉ lập một số văn bản; không lập khi còn lỗi; lập lại tất cả"),
      el("fieldset", { class: "row" }, el("legend", {}, "Văn bản (không chọn cái nào là lập tất cả)"),
        this.boxes.map(([name, box]) => el("label", {}, box, ` ${NAMES[name] ?? name}`))),
      el("p", { class: "row" }, el("label", { for: "kind-of-file" }, "Dạng tệp"), this.kind, el("label", {}, this.strict, " còn lỗi thì không ghi (bình thường vẫn ghi và đóng dấu DỰ THẢO)"),
        el("label", {}, this.fresh, " lập lại cả những cụm không có gì thay đổi")));
  }

  wanted() {
    const chosen = this.boxes.filter(([, box]) => box.checked).map(([name]) => name);
    const all = chosen.length ? this.outputs.filter(([name]) => chosen.includes(name)) : this.outputs;
    const kind = this.kind.value;
    const some = kind ? all.filter(([, endings]) => endings.includes(kind)).map(([name]) => `${name}.${kind}`) : chosen;
    if (kind && !some.length) throw new Error(`Văn bản đã chọn không có dạng ${KINDS[kind]}.`);
    return { only: some.join(","), strict: this.strict.checked, fresh: this.fresh.checked };
  }
}

function papers(dossier) {
  if (!dossier.papers.length) return el("p", {}, "Thư mục ket-qua chưa có văn bản nào.");
  const all = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/zip"), { folder: "ket-qua" }), `${dossier.name}.zip`));
  const many = dossier.clusters?.length > 1;
  const item = (path) => {
    const { words, kind, cluster } = spoken(dossier, path);
    const name = path.split("/").pop();
    const download = pressed(async () => save(await fetchFile(dossierPath(dossier.name, "/file"), { file: `ket-qua/${path}` }), name));
    return el("li", {}, button(`${many && cluster ? `${cluster}: ` : ""}${words} (${kind})`, download, { class: "plain" }));
  };
  return [el("p", { class: "row" }, button("Tải tất cả (zip)", all)), el("h3", {}, "Văn bản trong ket-qua"), el("ul", { class: "files" }, dossier.papers.map(item))];
}
