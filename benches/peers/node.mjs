// Peer C: node node.mjs DOSSIER OUT. SheetJS (read), docxtemplater (docx), exceljs (xlsx), pdfmake (PDF), decimal.js.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const INSTALLED = new URL("../../target/peers", import.meta.url).pathname;
const require = createRequire(`${INSTALLED}/package.json`);
const XLSX = require("xlsx"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const ExcelJS = require("exceljs"), pdfmake = require("pdfmake"), Decimal = require("decimal.js");

const TEMPLATES = `${INSTALLED}/templates/docxtemplater`;
const FONTS = "/usr/share/fonts/truetype/liberation2/LiberationSerif-";
const DOCS = ["bao-cao-tong-ket", "giao-uoc"];
Decimal.set({ precision: 28, rounding: Decimal.ROUND_HALF_UP });

const stages = {};
let last = { wall: 0, cpu: 0 };
function mark(stage) { // performance.now() counts from the start of the process
  const now = { wall: performance.now() / 1000, cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 };
  stages[stage] = { wall: +(now.wall - last.wall).toFixed(3), cpu: +(now.cpu - last.cpu).toFixed(3) };
  last = now;
}

// ---- read

function sheets(file) { // {sheet: array of rows}
  const wb = XLSX.read(fs.readFileSync(file), { dense: true, cellFormula: false, cellHTML: false, cellText: false });
  return Object.fromEntries(wb.SheetNames.map(n => [n, XLSX.utils.sheet_to_json(wb.Sheets[n], { header: 1, blankrows: true, raw: true, defval: null })]));
}
const clean = v => (v == null ? "" : String(v).trim());
const dec = v => (v == null || v === "" ? null : new Decimal(String(v).replace(",", ".")));
const records = ([head, ...rows]) => rows.filter(r => r.some(v => v != null)).map(r => Object.fromEntries(head.map((h, i) => [clean(h), r[i] ?? null])));

function read(folder) {
  const d = Object.fromEntries(Object.entries(sheets(path.join(folder, "ho-so.xlsx"))).map(([n, rows]) => [n, records(rows)]));
  d.info = Object.fromEntries(d["Thông tin"].map(r => [r["Mục"], r["Giá trị"]]));
  d.texts = {};
  for (const r of d["Văn bản"]) (d.texts[r["Văn bản"] + "|" + r["Mục"]] ??= []).push(clean(r["Nội dung"]));
  d.groups = [];
  for (const r of d["Tiêu chí"]) {
    const c = { ma: clean(r["Mã"]), ten: clean(r["Nội dung"]), dvt: clean(r["ĐVT"]), rule: clean(r["Cách tính"]), param: clean(r["Tham số"]),
                max: dec(r["Điểm tối đa"]), agg: clean(r["Tổng hợp"]) };
    if (c.rule) d.groups.at(-1).tieu_chi.push(c);
    else d.groups.push({ ...c, tieu_chi: [] });
  }
  const codes = new Set(d.groups.flatMap(g => g.tieu_chi.map(c => c.ma)));
  d.plan = Object.fromEntries(d["Chỉ tiêu"].map(r => [r["Đơn vị"], r]));
  d.forms = {};
  for (const name of fs.readdirSync(path.join(folder, "so-lieu"), { recursive: true }).filter(n => n.endsWith(".xlsx")).sort()) {
    const { "Thuyết minh": words = [[]], ...form } = sheets(path.join(folder, "so-lieu", name));
    let unit = null, head = null;
    const results = {};
    for (const r of Object.values(form)[0]) {
      if (!head) {
        if (r[0] === "Mã đơn vị:") unit = r[1];
        else if (r[0] === "TT") head = Object.fromEntries(r.map((h, i) => [h, i]));
      } else if (codes.has(clean(r[head["TT"]]))) results[clean(r[head["TT"]])] = [r[head["Kế hoạch"]], r[head["Kết quả"]]];
    }
    if (d.forms[unit]) throw new Error(`hai biểu cho ${unit}: ${name}`);
    d.forms[unit] = { results, words: records(words).map(w => [clean(w["Mục"]), clean(w["Nội dung"])]) };
  }
  return d;
}

// ---- score

const ZERO = new Decimal(0);
const cents = x => x.toDecimalPlaces(2);
const sum = xs => xs.reduce((a, b) => a.plus(b), ZERO);

function points(c, plan, result) {
  if (c.rule === "Đạt/Không") return ["đạt", "có", "x", "1", "true"].includes(clean(result).toLowerCase()) ? c.max : ZERO;
  const x = dec(result);
  let p;
  if (c.rule === "Tỷ lệ") p = x.gte(plan) ? c.max : c.max.times(x).div(plan);
  else if (c.rule === "Theo số lượng") p = Decimal.min(c.max, x.times(dec(c.param)));
  else if (c.rule === "Trừ dần") {
    const [each, limit] = c.param.match(/[\d.,]+/g).map(dec);
    p = Decimal.max(0, c.max.minus(limit ? Decimal.min(x.times(each), limit) : x.times(each)));
  } else if (c.rule === "Theo bậc") {
    const value = c.dvt === "%" || !plan ? x : x.times(100).div(plan);
    for (const step of c.param.split(";")) {
      const [bound, pts] = step.split(":").map(s => s.trim());
      p = dec(pts);
      if (bound === "còn lại" || value.gte(dec(bound.replace(/^[>= ]+/, "")))) break;
    }
  }
  return cents(p);
}

function score(d) {
  const clusters = new Map(d["Cụm"].map(r => [r["Mã"], { code: r["Mã"], row: r, units: [] }]));
  for (const r of d["Đơn vị"]) {
    const u = { code: r["Mã"], name: r["Tên"], row: r, plan: {}, result: {}, points: {}, group: {}, words: [], awards: [] };
    const form = d.forms[u.code];
    if (form) {
      u.words = form.words;
      for (const g of d.groups) {
        for (const c of g.tieu_chi) {
          const [plan, result] = form.results[c.ma];
          u.plan[c.ma] = dec(d.plan[u.code]?.[c.ma]) ?? dec(plan);
          u.result[c.ma] = result;
          u.points[c.ma] = points(c, u.plan[c.ma], result);
        }
        u.group[g.ma] = sum(g.tieu_chi.map(c => u.points[c.ma]));
      }
      u.total = sum(Object.values(u.group));
    }
    clusters.get(r["Cụm"]).units.push(u);
  }
  for (const cl of clusters.values()) {
    const done = cl.units.filter(u => u.total);
    for (const u of done) {
      u.rank = 1 + done.filter(v => v.total.gt(u.total)).length;
      u.grade = d["Xếp loại"].find(r => Decimal.min(u.total, 100).gte(dec(r["Từ điểm"])))["Xếp loại"];
    }
    cl.ranked = done.toSorted((a, b) => a.rank - b.rank);
    for (const r of d["Khen thưởng"])
      for (const u of cl.ranked.filter(u => u.rank <= +r["Điều kiện"].match(/\d+/)[0]).slice(0, r["Số lượng"])) u.awards.push(r["Hình thức"]);
  }
  return [...clusters.values()];
}

// ---- the words and figures that every document of a cluster shows

function so(x) { // 424830.5 -> 424.830,5
  if (x == null) return "";
  const [whole, frac] = new Decimal(x).toFixed().split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (frac ? "," + frac : "");
}

function aggregate(c, units) {
  const results = units.map(u => u.result[c.ma]);
  if (c.agg === "Đếm đạt") return [null, new Decimal(results.filter(r => points(c, null, r).gt(0)).length), null];
  const n = c.agg === "Bình quân" ? units.length : 1;
  const plans = units.map(u => u.plan[c.ma]).filter(Boolean);
  const plan = plans.length ? cents(sum(plans).div(n)) : null;
  const result = cents(sum(results.map(dec)).div(n));
  return [plan, result, plan && cents(result.times(100).div(plan))];
}

function view(d, cl) {
  const { info } = d, { row, units, ranked } = cl, year = +info["Năm"];
  const text = (doc, key) => d.texts[`${doc}|${key}`] ?? d.texts[`*|${key}`] ?? [""];
  const lead = units.find(u => u.row["Vai trò"] === "Cụm trưởng") ?? units[0];
  const names = us => us.map(u => u.name).join("; ");
  const v = {
    cap_tren: info["Cơ quan cấp trên"], ban_hanh: info["Cơ quan ban hành"], ky_hieu: info["Ký hiệu"],
    noi_ngay: `${info["Địa danh"]}, ngày      tháng      năm ${year}`, nam: year, nam_sau: year + 1,
    ten_cum: row["Tên"], TEN_CUM: row["Tên"].toUpperCase(), chu_de: row["Chủ đề"], dia_diem: row["Địa điểm"],
    cum_truong: lead.name, so_don_vi: units.length, so_da_nop: ranked.length, ds_don_vi: names(units),
    quyen_han_ky: text("bao-cao-tong-ket", "Quyền hạn ký")[0], chuc_vu_ky: text("bao-cao-tong-ket", "Chức vụ ký")[0],
    nguoi_ky: text("bao-cao-tong-ket", "Người ký")[0], tong_toi_da: so(sum(d.groups.map(g => g.max))),
    chung_kien: row["Chứng kiến"], chuc_vu_ck: row["Chức vụ chứng kiến"], nguoi_ck: row["Người chứng kiến"],
  };
  for (const [key, doc, name] of [["noi_nhan", "*", "Nơi nhận"], ["phuong_huong", "bao-cao-tong-ket", "Phương hướng"], ["can_cu", "giao-uoc", "Căn cứ"],
                                  ["giao_uoc", "giao-uoc", "Nội dung giao ước"], ["cam_ket", "giao-uoc", "Cam kết"]])
    v[key] = text(doc, name).map((nd, i) => ({ tt: i + 1, nd }));
  v.nhom = d.groups.map(g => {
    const sentences = [];
    const tieu_chi = g.tieu_chi.map(c => {
      const [plan, result, ratio] = aggregate(c, ranked);
      const met = ranked.filter(u => u.points[c.ma].gte(c.max)).length;
      const tail = ratio ? `, đạt ${so(ratio)}% kế hoạch` : "";
      sentences.push(`${c.ten}: ${so(result)} ${c.agg === "Đếm đạt" ? "đơn vị đạt" : c.dvt}${tail}; ${met}/${ranked.length} đơn vị đạt điểm tối đa.`);
      return { ma: c.ma, ten: c.ten, dvt: c.dvt, toi_da: so(c.max), ke_hoach: so(plan), ket_qua: so(result), ty_le: so(ratio), so_dat: met };
    });
    const mean = cents(sum(ranked.map(u => u.group[g.ma])).div(ranked.length));
    return { ma: g.ma, ten: g.ten, TEN: g.ten.toUpperCase(), toi_da: so(g.max), binh_quan: so(mean), cau: sentences.slice(0, 2).join(" "), tieu_chi };
  });
  const line = (u, i) => ({ tt: i + 1, ma: u.code, ten: u.name, vai_tro: u.row["Vai trò"], tong: so(u.total), hang: u.rank ?? "", xep_loai: u.grade ?? "",
                            khen: u.awards.join(", "), ...Object.fromEntries(Object.values(u.group).map((p, k) => [`d${k + 1}`, so(p)])) });
  v.don_vi = units.map(line);
  v.xep_hang = ranked.map(line);
  for (const [key, name] of [["noi_bat", "Nổi bật"], ["han_che", "Hạn chế"]])
    v[key] = units.flatMap(u => u.words.filter(([k]) => k === name).map(([, nd]) => ({ ten: u.name, nd })));
  v.xep_loai = d["Xếp loại"].map(r => {
    const those = ranked.filter(u => u.grade === r["Xếp loại"]);
    return { ten: r["Xếp loại"], so_luong: those.length, ty_le: so(cents(new Decimal(those.length * 100).div(ranked.length))), don_vi: names(those) };
  });
  const cells = units.map(u => [u.row["Chức vụ người ký"], u.name.toUpperCase(), u.row["Người ký"]]);
  if (cells.length % 2) cells.push(["", "", ""]);
  v.luoi = [];
  for (let i = 0; i < cells.length; i += 2) {
    const [a, b] = [cells[i], cells[i + 1]];
    v.luoi.push({ cv1: a[0], dv1: a[1], ng1: a[2], cv2: b[0], dv2: b[1], ng2: b[2] });
  }
  return v;
}

// ---- write

const templates = Object.fromEntries(DOCS.map(doc => [doc, fs.readFileSync(`${TEMPLATES}/${doc}.docx`)]));

function writeDocx(v, folder) {
  for (const doc of DOCS) {
    const t = new Docxtemplater(new PizZip(templates[doc]), { paragraphLoop: true });
    t.render(v);
    fs.writeFileSync(`${folder}/${doc}.docx`, t.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
  }
}

async function writeXlsx(d, cl, file) {
  const { groups } = d, { ranked } = cl, n = ranked.length, wb = new ExcelJS.Workbook();
  const edge = { style: "thin" }, border = { top: edge, left: edge, bottom: edge, right: edge };
  const font = { name: "Times New Roman", size: 12 }, bold = { ...font, bold: true };
  const page = { pageSetup: { paperSize: 9, orientation: "landscape", fitToPage: true, fitToHeight: 0 }, views: [{ state: "frozen", xSplit: 2, ySplit: 1 }] };
  const add = (ws, values, f, figuresFrom) => ws.addRow(values).eachCell({ includeEmpty: true }, (cell, k) => {
    cell.font = f;
    cell.border = border;
    if (k > figuresFrom[0] && k <= figuresFrom[1]) cell.numFmt = "0.00";
  });
  const heading = ws => ws.getRow(1).eachCell(cell => {
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFD9E1F2" } };
    cell.alignment = { wrapText: true, horizontal: "center" };
  });
  let ws = wb.addWorksheet("Xếp hạng", page);
  const g = groups.length, col = k => ws.getColumn(k).letter, z = col(g + 2), t = col(g + 3);
  add(ws, ["TT", "Đơn vị", ...groups.map(x => `Nhóm ${x.ma}`), "Tổng điểm", "Hạng", "Xếp loại", "Khen thưởng"], bold, [0, 0]);
  heading(ws);
  ranked.forEach((u, i) => add(ws, [i + 1, u.name, ...Object.values(u.group).map(Number), { formula: `SUM(C${i + 2}:${z}${i + 2})`, result: +u.total },
    { formula: `RANK(${t}${i + 2},$${t}$2:$${t}$${n + 1})`, result: u.rank }, u.grade, u.awards.join(", ")], font, [2, g + 3]));
  [5, 48, ...Array(g + 2).fill(11), 22, 22].forEach((w, k) => { ws.getColumn(k + 1).width = w; });
  ws = wb.addWorksheet("Chi tiết", page);
  add(ws, ["TT", "Nội dung", "ĐVT", "Điểm tối đa", ...ranked.map(u => u.name)], bold, [0, 0]);
  heading(ws);
  let row = 2;
  for (const gr of groups) {
    const first = row + 1, end = row + gr.tieu_chi.length;
    add(ws, [gr.ma, gr.ten, "", +gr.max, ...ranked.map((u, k) => ({ formula: `SUM(${col(k + 5)}${first}:${col(k + 5)}${end})`, result: +u.group[gr.ma] }))], bold, [4, 4 + n]);
    for (const c of gr.tieu_chi) add(ws, [c.ma, c.ten, c.dvt, +c.max, ...ranked.map(u => +u.points[c.ma])], font, [4, 4 + n]);
    row = end + 1;
  }
  [6, 60, 12, 12, ...Array(n).fill(14)].forEach((w, k) => { ws.getColumn(k + 1).width = w; });
  fs.writeFileSync(file, Buffer.from(await wb.xlsx.writeBuffer()));
}

// ---- PDF

const mm = x => (x * 72) / 25.4;
const font = Object.fromEntries([["normal", "Regular"], ["bold", "Bold"], ["italics", "Italic"], ["bolditalics", "BoldItalic"]]
  .map(([k, f]) => [k, `${FONTS}${f}.ttf`]));
pdfmake.addFonts({ Serif: font });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(file => file.startsWith(FONTS));

const p = (text, extra = {}) => ({ text, alignment: "justify", leadingIndent: mm(12.7), margin: [0, 0, 0, 6], ...extra });
const muc = text => p(text, { bold: true, headlineLevel: 1 });
const giua = (text, extra = {}) => ({ text, alignment: "center", bold: true, ...extra });
const rule = width => ({ canvas: [{ type: "line", x1: 0, y1: 2, x2: mm(width), y2: 2, lineWidth: 0.5 }] });
const letterhead = (v, number) => ({
  layout: "none", margin: [0, 0, 0, 10],
  table: { widths: [mm(70), mm(92)], body: [
    [{ stack: [{ text: v.cap_tren, fontSize: 12 }, { text: v.ban_hanh, fontSize: 12, bold: true }, rule(22)], alignment: "center" },
     { stack: [{ text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", fontSize: 12, bold: true }, { text: "Độc lập - Tự do - Hạnh phúc", bold: true }, rule(56)], alignment: "center" }],
    [{ text: number ? `Số:       /${v.ky_hieu}` : "", alignment: "center", preserveLeadingSpaces: true }, { text: v.noi_ngay, italics: true, alignment: "center" }]] },
});
const tableOf = (widths, aligns, heads, rows) => ({
  fontSize: 11, layout: "thin", margin: [0, 0, 0, 8],
  table: { headerRows: 1, dontBreakRows: true, widths: widths.map(w => mm(w) - 8), body: [heads.map(h => giua(h)),
    ...rows.map(r => { const b = r.bold; return (r.cells ?? r).map((text, i) => ({ text: String(text), alignment: aligns[i], bold: b })); })] },
});
pdfmake.addTableLayouts({ none: { hLineWidth: () => 0, vLineWidth: () => 0 }, thin: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingTop: () => 0.5, paddingBottom: () => 0.5 } });
const annex = (v, number, title, extra = {}) => ({ stack: [giua(`Phụ lục ${number}`), giua(title),
  giua(`(Kèm theo Báo cáo số       /${v.ky_hieu} ngày      tháng      năm ${v.nam} của ${v.ban_hanh})`, { bold: false, italics: true })], headlineLevel: 1, margin: [0, 4, 0, 6], ...extra });
const [L, C, R] = ["left", "center", "right"];

const pdfs = {
  "bao-cao-tong-ket": v => [
    letterhead(v, true),
    giua("BÁO CÁO"), giua(`Tổng kết phong trào thi đua năm ${v.nam} và phương hướng, nhiệm vụ năm ${v.nam_sau}`), giua(`của ${v.ten_cum}`, { margin: [0, 0, 0, 6] }),
    p(`Thực hiện kế hoạch công tác năm ${v.nam}, ${v.ten_cum} gồm ${v.so_don_vi} đơn vị: ${v.ds_don_vi}; Cụm trưởng là ${v.cum_truong}. Với chủ đề “${v.chu_de}”, các đơn vị đã đoàn kết, chủ động, sáng tạo tổ chức các phong trào thi đua và đạt được những kết quả như sau:`),
    muc("I. ĐẶC ĐIỂM TÌNH HÌNH"),
    p(`Đến thời điểm tổng kết có ${v.so_da_nop}/${v.so_don_vi} đơn vị gửi báo cáo, biểu tự chấm điểm và hồ sơ minh chứng. Bảng điểm thi đua của cụm có tổng điểm tối đa là ${v.tong_toi_da} điểm. Cụm đã tổ chức hội nghị ký kết giao ước thi đua, sơ kết sáu tháng đầu năm và tổng kết năm theo đúng kế hoạch.`),
    muc("II. KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG THI ĐUA"),
    ...v.nhom.flatMap(n => [muc(`${n.ma}. ${n.ten}`), p(`Điểm bình quân của các đơn vị đạt ${n.binh_quan}/${n.toi_da} điểm. ${n.cau} Kết quả từng chỉ tiêu tại Phụ lục I.`)]),
    muc("III. ĐIỂN HÌNH TIÊU BIỂU"), ...v.noi_bat.map(x => p(`- ${x.ten}: ${x.nd}`)),
    muc("IV. HẠN CHẾ"), ...v.han_che.map(x => p(`- ${x.ten}: ${x.nd}`)),
    muc("V. KẾT QUẢ XẾP LOẠI"),
    tableOf([35, 22, 22, 86], [L, C, C, L], ["Xếp loại", "Số đơn vị", "Tỷ lệ (%)", "Đơn vị"], v.xep_loai.map(x => [x.ten, x.so_luong, x.ty_le, x.don_vi])),
    muc(`VI. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM ${v.nam_sau}`), ...v.phuong_huong.map(x => p(`${x.tt}. ${x.nd}`)),
    p(`Trên đây là báo cáo tổng kết phong trào thi đua năm ${v.nam} và phương hướng, nhiệm vụ năm ${v.nam_sau} của ${v.ten_cum}./.`),
    { layout: "none", table: { dontBreakRows: true, widths: [mm(78), mm(80)], body: [[
      { stack: [{ text: "Nơi nhận:", bold: true, italics: true, fontSize: 12 }, ...v.noi_nhan.map(x => ({ text: `- ${x.nd};`, fontSize: 11 }))] },
      { stack: [giua(v.quyen_han_ky), giua(v.chuc_vu_ky), giua(v.nguoi_ky, { margin: [0, 50, 0, 0] })] }]] } },
    annex(v, "I", `KẾT QUẢ THỰC HIỆN CHỈ TIÊU THI ĐUA NĂM ${v.nam}`, { pageBreak: "before", pageOrientation: "landscape" }),
    tableOf([14, 106, 26, 28, 28, 22, 22], [C, L, C, R, R, R, C], ["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Tỷ lệ (%)", "Số đơn vị đạt"],
      v.nhom.flatMap(n => [{ bold: true, cells: [n.ma, n.TEN, "", "", "", "", ""] }, ...n.tieu_chi.map(t => [t.ma, t.ten, t.dvt, t.ke_hoach, t.ket_qua, t.ty_le, t.so_dat])])),
    annex(v, "II", `TỔNG HỢP ĐIỂM THI ĐUA NĂM ${v.nam}`),
    tableOf([10, 62, ...Array(8).fill(15), 18, 14, 22], [C, L, ...Array(9).fill(R), C, C], ["TT", "Đơn vị", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "Tổng", "Hạng", "Xếp loại"],
      v.don_vi.map(u => [u.tt, u.ten, u.d1, u.d2, u.d3, u.d4, u.d5, u.d6, u.d7, u.d8, u.tong, u.hang, u.xep_loai])),
    annex(v, "III", `XẾP HẠNG VÀ ĐỀ NGHỊ KHEN THƯỞNG NĂM ${v.nam}`),
    tableOf([16, 90, 24, 30, 80], [C, L, R, C, L], ["Hạng", "Đơn vị", "Điểm", "Xếp loại", "Đề nghị khen thưởng"], v.xep_hang.map(u => [u.hang, u.ten, u.tong, u.xep_loai, u.khen])),
  ],
  "giao-uoc": v => {
    const sign = (dv, cv, ng) => ({ stack: [giua(dv, { fontSize: 12 }), giua(cv, { fontSize: 12 }), giua(ng, { margin: [0, 56, 0, 6] })] });
    return [
      letterhead(v, false), giua(`GIAO ƯỚC THI ĐUA NĂM ${v.nam_sau}`), giua(v.TEN_CUM, { margin: [0, 0, 0, 6] }),
      ...v.can_cu.map(x => p(`Căn cứ ${x.nd};`, { italics: true })),
      p(`Tại ${v.dia_diem}, chúng tôi gồm đại diện ${v.so_don_vi} đơn vị thuộc ${v.ten_cum}: ${v.ds_don_vi}, thống nhất ký kết giao ước thi đua năm ${v.nam_sau} với chủ đề “${v.chu_de}” và các nội dung sau:`),
      muc("I. NỘI DUNG GIAO ƯỚC"), ...v.giao_uoc.map(x => p(`${x.tt}. ${x.nd}`)),
      muc("II. BẢNG ĐIỂM THI ĐUA"),
      tableOf([16, 120, 29], [C, L, C], ["Nhóm", "Nội dung", "Điểm tối đa"], [...v.nhom.map(n => [n.ma, n.ten, n.toi_da]), { bold: true, cells: ["", "Tổng điểm", v.tong_toi_da] }]),
      muc("III. CAM KẾT"), ...v.cam_ket.map(x => p(`${x.tt}. ${x.nd}`)),
      p("Giao ước này được các đơn vị thống nhất thông qua, ký kết và có hiệu lực kể từ ngày ký./."),
      giua("ĐẠI DIỆN CÁC ĐƠN VỊ KÝ KẾT", { headlineLevel: 1 }),
      { layout: "none", table: { dontBreakRows: true, widths: [mm(79), mm(79)], body: v.luoi.map(x => [sign(x.dv1, x.cv1, x.ng1), sign(x.dv2, x.cv2, x.ng2)]) } },
      { unbreakable: true, stack: [giua("CHỨNG KIẾN"), giua(v.chung_kien), giua(v.chuc_vu_ck), giua(v.nguoi_ck, { margin: [0, 50, 0, 0] })] },
    ];
  },
};

async function writePdf(v, folder) {
  for (const doc of DOCS) {
    const definition = {
      pageSize: "A4", pageMargins: [mm(30), mm(20), mm(15), mm(20)], defaultStyle: { font: "Serif", fontSize: 13 },
      header: page => (page > 1 ? { text: String(page), alignment: "center", margin: [0, mm(10), 0, 0] } : null),
      pageBreakBefore: (node, { getFollowingNodesOnPage }) => node.headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
      content: pdfs[doc](v),
    };
    fs.writeFileSync(`${folder}/${doc}.pdf`, await pdfmake.createPdf(definition).getBuffer());
  }
}

const [, , folder, out] = process.argv;
mark("import");
const d = read(folder);
mark("read");
const clusters = score(d);
const views = new Map(clusters.map(cl => [cl.code, view(d, cl)]));
mark("score");
for (const [code, v] of views) {
  fs.mkdirSync(`${out}/${code}`, { recursive: true });
  writeDocx(v, `${out}/${code}`);
}
mark("docx");
for (const cl of clusters) await writeXlsx(d, cl, `${out}/${cl.code}/xep-hang.xlsx`);
mark("xlsx");
for (const [code, v] of views) await writePdf(v, `${out}/${code}`);
mark("pdf");
fs.writeFileSync(`${out}/totals.json`, JSON.stringify(Object.fromEntries(clusters.flatMap(cl => cl.ranked.map(u => [u.code, [u.total.toFixed(2), u.rank]])))));
fs.appendFileSync(`${out}/stages.jsonl`, JSON.stringify(stages) + "\n"); // a line a run
