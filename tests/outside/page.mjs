// A secretary at the page, in headless Chromium: the whole flow on one dossier, every step looked at.
//
// `node page.mjs SETTINGS.json` prints one JSON line for each thing that had to hold ({name, passed, detail}) and, last, the
// times it took. SETTINGS: program, shelf (an empty folder), name, definition, files (to drop), faulty, mended, stranger
// ({file, unit}), late (a unit's name or null), pictures (a folder or null), modules (node_modules).
import { spawn } from "node:child_process";
import { readFileSync, existsSync, readdirSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(join(settings.modules, "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const tell = (name, passed, detail = "") => console.log(JSON.stringify({ name, passed: Boolean(passed), detail: String(detail) }));

/** Opens the program on the shelf; gives its process and the address it prints. */
async function open() {
  const program = spawn(settings.program, ["serve", settings.shelf, "--no-open"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: program.stdout })) {
    const address = line.match(/http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{64}/);
    if (address) return { program, address: address[0] };
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

async function begin(visit, address) {
  const { page } = visit;
  await page.goto(address);
  await page.waitForSelector("#new-name");
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

async function bindByHand(visit) {
  const { page } = visit;
  const { file, unit } = settings.stranger;
  tell("a file of nobody leaves its unit missing", (await visit.state(unit)) === "Chưa nộp", await visit.state(unit));
  const row = page.locator("#intake-body tr", { hasText: file });
  await row.locator("summary").click();
  await row.locator("select").selectOption({ label: unit });
  await visit.picture("4-gan-tay", "#intake");
  await row.getByRole("button", { name: "Gắn", exact: true }).click();
  await page.waitForFunction((name) => ![...document.querySelectorAll("#units-body tr")].find((row) => row.textContent.includes(name)).textContent.includes("Chưa nộp"), unit);
  const dossier = join(settings.shelf, settings.name, "so-lieu");
  tell("the binding stands in the file's name", readdirSync(dossier).some((name) => name.startsWith("[") && name.endsWith(file)), readdirSync(dossier).join(", "));
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
  tell("the old file is kept", existsSync(kept) && readdirSync(kept).length === 1, existsSync(kept) ? readdirSync(kept).join() : "no .cu");
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
  await page.locator("#build-body").getByRole("button", { name: "Lập văn bản" }).click();
  await page.waitForSelector("#build-outcome .note.good");
  await page.waitForSelector("#build-body .files li");
  await visit.picture("9-lap-van-ban", "#build");
  const [all] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải tất cả (zip)" }).click()]);
  tell("all papers come as one zip", readFileSync(await all.path()).subarray(0, 2).toString() === "PK", all.suggestedFilename());
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
    await visit.accessible(where);
    await page.keyboard.press("Tab");
    if (where === "dark") await visit.picture("10-toi");
    await context.close();
  }
}

const { program, address } = await open();
const browser = await chromium.launch({ executablePath: settings.chromium, args: FLAGS });
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "vi-VN" });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error" && !message.text().includes("409")) faults.push(message.text()); });
  const outside = [];
  page.on("request", (request) => { if (!/^(http:\/\/127\.0\.0\.1:|blob:|data:|chrome:|chrome-extension:)/.test(request.url())) outside.push(request.url()); });
  page.setDefaultTimeout(120000);
  const visit = new Visit(page);
  await begin(visit, address);
  for (const step of [dropAll, bindByHand, readFindings, mend, readRanking, changeTexts, look, build]) await step(visit);
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
