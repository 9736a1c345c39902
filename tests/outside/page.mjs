// A secretary at the page, in headless Chromium: the whole flow on one dossier, every step looked at.
//
// `node page.mjs SETTINGS.json` prints one JSON line for each thing that had to hold ({name, passed, detail}) and, last, the
// times it took. SETTINGS: program, shelf (an empty folder), name, definition, files (to drop), faulty, mended, damaged (a file that
// no program can open), stranger ({file, unit, byName}), late (a unit's name), signed and changed (PDFs), python, pictures and
// scratch (folders), modules (node_modules).
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, readFileSync, existsSync, readdirSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(join(settings.modules, "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const tell = (name, passed, detail = "") => console.log(JSON.stringify({ name, passed: Boolean(passed), detail: String(detail) }));

/** Opens the program on the shelf; gives its process, the address it prints, and what it hands to the system to be opened. */
async function open() {
  const home = join(settings.scratch, "home");
  const handed = join(settings.scratch, "handed");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(settings.scratch, "xdg-open"), `#!/bin/sh\nprintf '%s' "$1" >'${handed}'\n`);
  chmodSync(join(settings.scratch, "xdg-open"), 0o755);
  const env = { ...process.env, HOME: home, PATH: `${settings.scratch}:${process.env.PATH}` };
  const program = spawn(settings.program, ["serve", settings.shelf], { stdio: ["ignore", "pipe", "inherit"], env });
  for await (const line of createInterface({ input: program.stdout })) {
    const address = line.match(/http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{64}/);
    if (!address) continue;
    while (!existsSync(handed) || !readFileSync(handed, "utf8")) await new Promise((resume) => setTimeout(resume, 50));
    return { program, address: address[0], handed: readFileSync(handed, "utf8") };
  }
  throw new Error("the program printed no address");
}

class Visit {
  constructor(page) { this.page = page; this.step = 0; }

  async picture(name, of = null) {
    if (!settings.pictures) return;
    mkdirSync(settings.pictures, { recursive: true });
    // a picture is of any desk, not of this one
    await this.page.evaluate((shelf) => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) if (walk.currentNode.data.includes(shelf)) walk.currentNode.data = walk.currentNode.data.replaceAll(shelf, "Documents/thidua");
    }, settings.shelf);
    const path = join(settings.pictures, `${name}.png`);
    if (of) await this.page.locator(of).screenshot({ path }); else await this.page.screenshot({ path });
  }

  /** No serious fault by axe, and nothing wider than the window. */
  async accessible(where) {
    await this.page.evaluate(axeSource).catch(() => {});
    const faults = await this.page.evaluate(async () => {
      const found = await globalThis.axe.run();
      return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].target}`);
    });
    tell(`axe: ${where}`, faults.length === 0, faults.join("; "));
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    tell(`nothing wider than the window: ${where}`, over <= 0, `${over} px`);
  }

  unit(name) { return this.page.locator("#units-body tr", { hasText: name }); }

  async state(name) { return (await this.unit(name).locator("td.state").textContent()).trim(); }
}

async function begin(visit, address, handed) {
  const { page } = visit;
  tell("the browser is handed no token that others could read", !handed.includes(address.split("#")[1]), handed);
  await page.goto(`file://${handed}`);
  await page.waitForSelector("#new-name");
  tell("what the browser was handed is gone once it has come in", !existsSync(handed), handed);
  tell("the token leaves the address bar", !page.url().includes("#"), page.url());
  await visit.accessible("choosing a dossier");
  await visit.picture("1-chon-ho-so");
  await page.fill("#new-name", settings.name);
  await page.setInputFiles("#new-file", settings.definition);
  await page.waitForSelector("#units-body table");
  tell("every unit is missing at first", (await page.locator("#units-body td.state", { hasText: "Chưa nộp" }).count()) === settings.units);
}

async function dropAll(visit) {
  const { page } = visit;
  await page.setInputFiles("#drop-files", settings.files);
  await page.waitForFunction((count) => document.querySelectorAll("#intake-log .note").length === count, settings.files.length);
  await page.waitForFunction((name) => [...document.querySelectorAll("#units-body tr")].some((row) => row.textContent.includes(name) && row.textContent.includes("Có lỗi")), settings.faulty.unit);
  tell("the faulty unit is seen at a glance", (await visit.state(settings.faulty.unit)).startsWith("Có lỗi"));
  if (settings.late) tell("the late unit is seen at a glance", (await visit.state(settings.late)).includes("muộn"), await visit.state(settings.late));
  await visit.picture("2-don-vi", "#units");
  await visit.picture("3-nhan-tep", "#intake");
  await page.setInputFiles("#drop-files", [settings.files[0]]);
  await page.waitForFunction(() => document.querySelectorAll("#intake-log .note").length === 1);
  const again = await page.locator("#intake-log").textContent();
  tell("a file dropped twice is one", again.includes("giống hệt"), again);
}

/** A file that no program can open is kept, shown as faulty, and put away when it has been sent back. */
async function dropDamaged(visit) {
  const { page } = visit;
  await page.setInputFiles("#drop-files", [settings.damaged]);
  await page.waitForSelector("#intake-log .note.error");
  const name = basename(settings.damaged);
  const row = page.locator("#intake-body tr", { hasText: name });
  await row.waitFor();
  tell("a damaged file is kept and shown as faulty", (await page.locator("#findings-body li", { hasText: name }).count()) > 0, await page.locator("#intake-log").textContent());
  await visit.picture("12-tep-hong", "#intake-log");
  await row.getByRole("button", { name: /^Cất đi/ }).click();
  await page.locator("#old-files summary").click();
  tell("what is put away can be brought back", (await page.locator("#old-files li", { hasText: name }).count()) === 1);
}

async function bindByHand(visit) {
  const { page } = visit;
  const { file, unit, byName } = settings.stranger;
  tell("a file of nobody leaves its unit missing", (await visit.state(unit)) === "Chưa nộp", await visit.state(unit));
  const row = page.locator("#intake-body tr", { hasText: file });
  await row.locator("summary").click();
  await row.locator("select").nth(byName ? 1 : 0).selectOption({ label: unit });
  await visit.picture("4-gan-tay", "#intake");
  await row.getByRole("button", { name: byName ? "Gắn tên" : "Gắn", exact: true }).click();
  await page.waitForFunction((name) => ![...document.querySelectorAll("#units-body tr")].find((row) => row.textContent.includes(name)).textContent.includes("Chưa nộp"), unit);
  const dossier = join(settings.shelf, settings.name, "so-lieu");
  if (byName) tell("a name bound by hand leaves the file as it was", readdirSync(dossier).includes(file), readdirSync(dossier).join(", "));
  else tell("the binding stands in the file's name", readdirSync(dossier).some((name) => name.startsWith("[") && name.endsWith(file)), readdirSync(dossier).join(", "));
}

async function readFindings(visit) {
  const { page } = visit;
  const group = page.locator("#findings-body details", { hasText: settings.faulty.unit });
  const fault = group.locator("li", { hasText: settings.faulty.text }).first();
  await fault.getByRole("button", { name: /^Xem ô/ }).click();
  const here = await fault.locator("td.here").textContent();
  tell("the cell is shown in its surroundings", here.includes(settings.faulty.text), here);
  await visit.picture("5-phat-hien", "#findings");
  const [copy] = await Promise.all([page.waitForEvent("download"), group.getByRole("button", { name: /bản đánh dấu/ }).first().click()]);
  const bytes = readFileSync(await copy.path());
  tell("the marked copy is a workbook", bytes.subarray(0, 2).toString() === "PK", copy.suggestedFilename());
  await fault.getByRole("button", { name: /^Giải thích/ }).click();
  tell("a finding is explained", await fault.getByText("Cách sửa:").waitFor().then(() => true, () => false));
}

async function mend(visit) {
  const { page } = visit;
  await page.setInputFiles("#drop-files", [settings.mended]);
  await page.waitForSelector("#intake-log .note.ask");
  await visit.picture("6-hoi-thay-tep", "#intake-log");
  await page.getByRole("button", { name: "Thay bằng tệp mới" }).click();
  await page.waitForFunction((name) => ![...document.querySelectorAll("#units-body tr")].find((row) => row.textContent.includes(name)).textContent.includes("Có lỗi"), settings.faulty.unit);
  const kept = join(settings.shelf, settings.name, "so-lieu", ".cu");
  tell("the old file is kept", existsSync(kept) && readdirSync(kept).length === 2, existsSync(kept) ? readdirSync(kept).join() : "no .cu");
  const state = (errors) => page.waitForFunction(([name, errors]) => [...document.querySelectorAll("#units-body tr")].find((row) => row.textContent.includes(name)).textContent.includes("Có lỗi") === errors, [settings.faulty.unit, errors]);
  for (const faulty of [true, false]) {
    await page.locator("#old-files summary").click();
    await page.locator("#old-files li", { hasNotText: basename(settings.damaged) }).getByRole("button").click();
    await state(faulty);
  }
  tell("old and new change places as often as asked", readdirSync(kept).length === 2, readdirSync(kept).join());
  await page.reload();
  await page.waitForSelector("#ranking-body table");
  tell("a reload in the middle loses nothing", (await page.locator("#title").textContent()) === settings.name);
}

async function readRanking(visit) {
  const { page } = visit;
  const rows = await page.locator("#ranking-body tr[data-unit]").evaluateAll((rows) => rows.map((row) => row.dataset.unit));
  const marks = await page.locator("#ranking-body tr[data-unit] td b").allTextContents();
  console.log(JSON.stringify({ ranking: rows, totals: marks.map((mark) => mark.trim()) }));
  const part = page.locator("#ranking-body tr[data-unit] td button").first();
  await part.click();
  await visit.picture("7-xep-hang", "#ranking");
  await part.click();
  const total = page.locator("#ranking-body tr[data-unit] b button").first();
  await total.click();
  const why = page.locator("#ranking-body tr.why:not([hidden])").first();
  tell("every mark says why", /→ .* điểm/.test(await why.textContent()) && (await total.getAttribute("aria-expanded")) === "true");
  await visit.accessible("all open");
  await total.click();
  await page.getByRole("button", { name: "Đơn vị", exact: true }).click();
  const names = await page.locator("#ranking-body tr[data-unit] th").allTextContents();
  const sorted = [...names].sort((left, right) => left.localeCompare(right, "vi"));
  tell("the table is sorted by a press on its head", JSON.stringify(names) === JSON.stringify(sorted), names.join(", "));
}

/** The theme is changed in a form, and stands in the definition workbook afterwards. */
async function changeTexts(visit) {
  const { page } = visit;
  await page.getByText("Sửa tên, người ký, ngày tháng").click();
  const place = page.getByRole("textbox", { name: "Địa danh" });
  await place.fill("Hải Minh thử");
  await visit.accessible("forms");
  await visit.picture("11-sua-ho-so", "#definition fieldset >> nth=0");
  await page.getByRole("button", { name: /^Ghi vào ho-so/ }).click();
  await page.waitForFunction(() => [...document.querySelectorAll("#definition input")].some((own) => own.value === "Hải Minh thử" && own.title) && document.getElementById("said").textContent.startsWith("Đã ghi"));
  await page.reload();
  await page.waitForSelector("#ranking-body table");
  await page.getByText("Sửa tên, người ký, ngày tháng").click();
  tell("what a form wrote is in the workbook", (await page.getByRole("textbox", { name: "Địa danh" }).inputValue()) === "Hải Minh thử");
}

async function look(visit) {
  const { page } = visit;
  await page.getByRole("button", { name: "Xem thử mọi văn bản" }).click();
  await page.waitForSelector(".viewer iframe[src^=blob]");
  await page.waitForTimeout(2500);
  tell("every document can be looked at", (await page.locator(".viewer li").count()) >= 5, await page.locator(".viewer li").count());
  tell("looking writes nothing", !existsSync(join(settings.shelf, settings.name, "ket-qua")));
  await visit.picture("8-xem-thu", "#preview");
}

async function build(visit) {
  const { page } = visit;
  const results = join(settings.shelf, settings.name, "ket-qua");
  // a press within the page, as soon as there is something to press
  await page.evaluate(() => new MutationObserver((_, observer) => {
    const stop = [...document.querySelectorAll("#build button")].find((own) => own.textContent === "Dừng");
    if (stop) { observer.disconnect(); stop.click(); }
  }).observe(document.getElementById("build"), { childList: true, subtree: true }));
  await page.locator("#build-body").getByRole("button", { name: "Lập văn bản" }).click();
  await page.waitForSelector("#build-body .note");
  const stopped = await page.locator("#build-body .note").first().textContent();
  tell("a build that is stopped leaves everything as it was", stopped.startsWith("Đã dừng") && !existsSync(results), stopped);
  const make = page.locator("#build-body").getByRole("button", { name: "Lập văn bản" });
  await page.locator("#build-choice summary").click();
  await page.locator("#build-choice").getByLabel("Giao ước thi đua").check();
  await page.getByLabel("Dạng tệp").selectOption({ label: "Chỉ PDF" });
  await make.click();
  await page.waitForSelector("#build-outcome .note.good");
  tell("only what is chosen is made", (await page.locator("#build-body .files li").allTextContents()).every((name) => name.includes("Giao ước thi đua (PDF)")), await page.locator("#build-body .files").textContent());
  await page.locator("#build-body").getByRole("button", { name: "Lập văn bản" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#build-body .files li").length > 5);
  await visit.picture("9-lap-van-ban", "#build");
  const [all] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải tất cả (zip)" }).click()]);
  tell("all papers come as one zip", readFileSync(await all.path()).subarray(0, 2).toString() === "PK", all.suggestedFilename());
}

/** The ranking comes back with remarks. */
async function collect(visit) {
  const { page } = visit;
  const results = join(settings.shelf, settings.name, "ket-qua");
  const cluster = readdirSync(results).find((name) => existsSync(join(results, name, "xep-hang.xlsx")));
  const returned = join(settings.scratch, "xep-hang gửi lại.xlsx");
  execFileSync(settings.python, [settings.remark, "--remarks", join(results, cluster, "xep-hang.xlsx"), returned]);
  await page.setInputFiles("#returned-files", [returned]);
  await page.waitForSelector("#remarks-body table");
  const said = await page.locator("#remarks-body").textContent();
  tell("remarks of the units are gathered", said.includes("Đã bổ sung biên bản"), said.slice(0, 300));
  tell("a figure that is no longer the dossier's is said", said.includes("Số trong bảng gửi lại khác với hồ sơ"));
  await visit.picture("13-y-kien", "#remarks");
}

/** One report is put away and brought back: the comparison with the last papers says so, and that all is as it was. */
async function compare(visit) {
  const { page } = visit;
  const press = async (words) => {
    await page.locator("#comparison-body").getByRole("button", { name: "So sánh" }).click();
    await page.locator("#comparison-body").getByText(words).first().waitFor();
  };
  await press("Hai lần chấm giống nhau");
  const row = page.locator("#intake-body tr").nth(1);
  const name = (await row.locator("th").textContent()).trim();
  await row.getByRole("button", { name: /^Cất đi/ }).click();
  await page.locator("#old-files li", { hasText: name }).waitFor({ state: "attached" });
  await press("không còn báo cáo");
  tell("a comparison says what has moved", true);
  await visit.accessible("a comparison");
  await visit.picture("14-so-sanh", "#comparison");
  await page.locator("#old-files summary").click();
  await page.locator("#old-files li", { hasText: name }).getByRole("button").click();
  await page.locator("#intake-body tr", { hasText: name }).waitFor();
  await press("Hai lần chấm giống nhau");
  tell("what came back is as it was", true);
}

async function lookAtSignatures(visit) {
  const { page } = visit;
  await page.setInputFiles("#signed-file", [settings.changed]);
  await page.locator("#signed-body td.state.error").first().waitFor();
  tell("a paper changed after it was signed is said to be so", /SỬA SAU KHI KÝ/.test(await page.locator("#signed-body").textContent()));
  await page.setInputFiles("#signed-file", [settings.signed]);
  await page.locator("#signed-body td.state.good").first().waitFor();
  tell("who has signed and who has not", /đã ký \d+, chưa ký [1-9]/.test(await page.locator("#signed-body caption").textContent()), await page.locator("#signed-body caption").textContent());
  await visit.picture("15-chu-ky", "#signed");
}

async function ownTemplates(visit) {
  const { page } = visit;
  const section = page.locator("#templates-body");
  const [all] = await Promise.all([page.waitForEvent("download"), section.getByRole("button", { name: /^Lấy mẫu/ }).click()]);
  tell("the templates come as one zip", readFileSync(await all.path()).subarray(0, 2).toString() === "PK", all.suggestedFilename());
  await section.getByRole("button", { name: "Kiểm tra các mẫu" }).click();
  await section.locator("#templates-outcome .note b").first().waitFor();
  tell("untouched templates have no fault", (await section.locator("#templates-outcome .note.error").count()) === 0, await section.locator("#templates-outcome").textContent());
  await visit.picture("16-mau", "#templates");
  await section.getByRole("button", { name: "Xem danh mục thẻ" }).click();
  await section.locator("pre").waitFor();
  tell("every tag is listed with its value", (await section.locator("pre").textContent()).includes("co_quan_ban_hanh"));
}

/** Everything by keyboard: a mark is opened and closed, and the first stop leads past the head of the page. */
async function byKeyboard(visit) {
  const { page } = visit;
  await page.reload();
  await page.waitForSelector("#ranking-body table");
  const skip = page.locator(".skip");
  await skip.focus();
  tell("the way past the head of the page is seen when it is reached", (await skip.boundingBox()).x >= 0);
  await page.keyboard.press("Enter");
  tell("it leads to the main part", (await page.evaluate(() => document.activeElement.id)) === "main");
  const mark = page.locator("#ranking-body tr[data-unit] b button").first();
  await mark.focus();
  await page.keyboard.press("Enter");
  tell("a mark opens by keyboard", (await mark.getAttribute("aria-expanded")) === "true");
  await page.keyboard.press("Enter");
  const names = await page.locator("#drop-files, #new-file, #returned-files, #former-run, #signed-file, #own-templates").evaluateAll((inputs) => inputs.map((input) => input.labels.length > 0 && input.tabIndex === 0));
  tell("every place to drop files can be reached and has a name", names.length >= 5 && names.every(Boolean), names.join());
}

/** On paper there are figures and no controls. */
async function onPaper(visit) {
  const { page } = visit;
  await page.emulateMedia({ media: "print" });
  const left = await page.locator("button:not(.plain):not(.sort), input, select, .drop, nav").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent));
  tell("nothing to press stands on paper", left.length === 0, left.join(", "));
  writeFileSync(join(settings.scratch, "in.pdf"), await page.pdf({ format: "A4", landscape: true }));
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const shut = await page.locator("#findings-body > div > details:not([open])").count();
  tell("every finding is open on paper", shut === 0, shut);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: null });
}

async function otherEyes(browser, address) {
  for (const [where, options] of [
    ["200 % on 1366×768", { viewport: { width: 683, height: 384 }, deviceScaleFactor: 2 }],
    ["dark", { viewport: { width: 1366, height: 768 }, colorScheme: "dark" }],
  ]) {
    const context = await browser.newContext({ locale: "vi-VN", ...options });
    const page = await context.newPage();
    await page.goto(address);
    const started = Date.now();
    await page.getByRole("button", { name: settings.name }).click();
    await page.waitForSelector("#ranking-body table");
    console.log(JSON.stringify({ time: "click to ranking", ms: Date.now() - started }));
    const visit = new Visit(page);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((own) => { own.open = true; }));
    await page.locator("#definition fieldset").first().waitFor();
    await page.locator("#ranking-body tr[data-unit] b button").first().click();
    await page.setInputFiles("#signed-file", [settings.changed]);
    await page.locator("#signed-body table").waitFor();
    await page.locator("#remarks-body table").first().waitFor();
    await visit.accessible(where);
    await page.evaluate(() => document.querySelectorAll("main details[open]").forEach((own) => { own.open = false; }));
    await page.keyboard.press("Tab");
    if (where !== "dark") await page.screenshot({ path: join(settings.scratch, "200.png") });
    await page.evaluate(() => scrollTo(0, 0));
    if (where === "dark") await visit.picture("10-toi");
    await context.close();
  }
}

const { program, address, handed } = await open();
const browser = await chromium.launch({ executablePath: settings.chromium, args: FLAGS });
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "vi-VN" });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error" && !message.text().includes("409")) faults.push(message.text()); });
  const outside = [];
  page.on("request", (request) => { if (!/^(http:\/\/127\.0\.0\.1:|file:|blob:|data:|chrome:|chrome-extension:)/.test(request.url())) outside.push(request.url()); });
  page.setDefaultTimeout(settings.patience);
  page.on("dialog", (dialog) => dialog.accept());
  const visit = new Visit(page);
  await begin(visit, address, handed);
  const steps = [dropAll, dropDamaged, bindByHand, readFindings, mend, readRanking, changeTexts, look, build, collect, compare, lookAtSignatures, ownTemplates, byKeyboard, onPaper];
  for (const step of steps) {
    try { await step(visit); } catch (error) {
      await page.screenshot({ path: join(settings.scratch, `${step.name}.png`), fullPage: true });
      throw new Error(`${step.name}: ${error.message}`);
    }
  }
  await visit.accessible("the end");
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  console.log(JSON.stringify({ time: "first useful paint", ms: Math.round(paint) }));
  tell("the page makes no fault of its own", faults.length === 0, faults.join("; "));
  tell("nothing is asked of any other machine", outside.length === 0, outside.join("; "));
  await otherEyes(browser, address);
} catch (error) {
  tell("the flow goes to its end", false, error.stack);
} finally {
  await browser.close();
  program.kill();
}
