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
  return { words, kind: { docx: "Word", pdf: "PDF", xlsx: "Excel", json: "JSON" }[ending] ?? ending, cluster: slip ? above[1] : above[0] };
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
  if (report.state === "cancelled") {
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
    say(`Đã ghi ${report.files.length} tệp.`);
    fill(byId("build-outcome"), el("p", { class: "note good" }, `Đã ghi ${report.files.length} tệp vào ket-qua.${draft}`),
      report.failures.map((words) => el("p", { class: "note error" }, words)));
  };
  const make = pressed(async () => {
    const job = await tell(dossierPath(dossier.name, "/build"));
    await follow(job, box, finish);
  });
  fill(byId("build-body"),
    el("p", { class: "row" }, button("Lập văn bản", make, { class: "main" }), el("span", { class: "faint" }, "Word, PDF và Excel vào thư mục ket-qua của hồ sơ.")),
    box, el("div", { id: "build-outcome" }), papers(dossier), templates(dossier));
  if (dossier.job?.kind === "build") follow(dossier.job, box, finish);
}

/** The built-in templates, to be changed in Word. */
function templates(dossier) {
  const made = el("span", { role: "status" });
  const write = pressed(async () => {
    const done = await tell(dossierPath(dossier.name, "/templates"));
    made.textContent = `Đã ghi ${done.written} mẫu vào thư mục mau${done.kept ? `, giữ nguyên ${done.kept} mẫu đã có` : ""}. Sửa bằng Word rồi lập lại văn bản.`;
    say(made.textContent);
  });
  return el("p", { class: "row" }, button("Lấy mẫu văn bản để sửa bằng Word", write), made);
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
