// The page as a whole: which dossier is open, and showing it anew when something has changed.

import { alarm, byId, el, fill, pressed, say } from "./dom.js";
import { showComparison } from "./comparison.js";
import { showDefinition } from "./definition.js";
import { showFindings } from "./findings.js";
import { replaceDefinition, showIntake } from "./intake.js";
import { showBuild, showPreview } from "./papers.js";
import { showRanking } from "./ranking.js";
import { showRemarks } from "./remarks.js";
import { showSignatures } from "./signatures.js";
import { dropZone, start } from "./start.js";
import { ask, dossierPath, hasToken, tell } from "./talk.js";
import { showTemplates } from "./templates.js";
import { showUnits } from "./units.js";

const OPEN = "thidua-dossier";
const SECTIONS = ["definition", "units", "findings", "ranking", "preview", "build", "remarks", "comparison", "templates"];
const ACTIONS = ["reread", "folder", "other"];
let open = null;
let last = "";
let shelf = { dossiers: [] };

async function enter(name) {
  open = name;
  last = "";
  sessionStorage.setItem(OPEN, name);
  byId("start").hidden = true;
  byId("work").hidden = false;
  for (const id of ACTIONS) byId(id).hidden = false;
  byId("other").hidden = shelf.single;
  byId("title").textContent = name;
  byId("facts").textContent = "Đang đọc hồ sơ …";
  await refresh();
  byId("title").focus();
}

/** Reads the dossier and shows what has changed since; what the person has opened stays open where nothing has. */
async function refresh() {
  const name = open;
  const [dossier, ranking] = await Promise.all([ask(dossierPath(name)), ask(dossierPath(name, "/ranking"))]);
  const now = JSON.stringify([{ ...dossier, job: null }, ranking]);
  if (name !== open || now === last) return;
  last = now;
  document.title = `${name} – thidua`;
  byId("where").textContent = dossier.folder;
  byId("title").textContent = name;
  if (dossier.unreadable) return unreadable(dossier);
  for (const id of SECTIONS) byId(id).hidden = false;
  const known = dossier.information;
  byId("facts").textContent = [known.year && `Năm ${known.year}`, known.issuing_body, known.deadline && `hạn nộp ${known.deadline}`].filter(Boolean).join(" · ");
  showDefinition(dossier, refresh);
  showUnits(dossier);
  showIntake(dossier, refresh);
  showFindings(dossier);
  showRanking(ranking);
  showPreview(dossier);
  showBuild(dossier, refresh);
  showRemarks(dossier, refresh);
  showComparison(dossier, shelf.dossiers.filter((other) => other !== name));
  showTemplates(dossier, refresh);
}

/** No definition that can be read: say why, and take one in. */
function unreadable(dossier) {
  byId("facts").textContent = "";
  for (const id of SECTIONS) byId(id).hidden = true;
  const input = el("input", { type: "file", id: "definition-file", accept: ".xlsx,.xlsm,.xls,.ods", change: () => replaceDefinition(dossier, input.files[0], refresh) });
  fill(byId("intake-body"), dossier.unreadable.map((one) => el("p", { class: "note error" }, `${one.message} ${one.hint}`)),
    dropZone("Thả tệp ho-so.xlsx vào đây, hoặc", input, (files) => replaceDefinition(dossier, files[0], refresh)));
}

async function leave() {
  open = null;
  sessionStorage.removeItem(OPEN);
  for (const id of ACTIONS) byId(id).hidden = true;
  document.title = "thidua";
  shelf = await start(enter);
}

async function begin() {
  showSignatures();
  byId("reread").addEventListener("click", pressed(async () => { await refresh(); say("Đã đọc lại hồ sơ."); }));
  byId("folder").addEventListener("click", pressed(async () => { await tell(dossierPath(open, "/show-folder")); say("Đã mở thư mục hồ sơ."); }));
  byId("other").addEventListener("click", pressed(leave));
  byId("close").addEventListener("click", pressed(async () => {
    await tell("/api/close");
    fill(document.body, el("main", {}, el("h1", {}, "Đã đóng chương trình"), el("p", {}, "Có thể đóng thẻ này. Hồ sơ vẫn ở trong thư mục của nó.")));
  }));
  // what the command line or Excel did meanwhile
  document.addEventListener("visibilitychange", () => { if (!document.hidden && open) refresh().catch(() => {}); });
  // on paper nothing can be opened any more
  const closed = () => document.querySelectorAll("#findings-body details:not([open]):not(#all-codes), #ranking-body details:not([open]), #comparison-body details:not([open])");
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = [...closed()]; for (const one of opened) one.open = true; });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  if (!hasToken()) return alarm("Địa chỉ này thiếu mã của lần mở. Hãy mở lại từ chương trình thidua, hoặc chép nguyên địa chỉ mà chương trình in ra.");
  const before = sessionStorage.getItem(OPEN);
  try {
    shelf = await ask("/api/shelf");
    if (before && shelf.dossiers.includes(before)) await enter(before); else await leave();
  } catch (error) { alarm(error.message); }
}

begin();
