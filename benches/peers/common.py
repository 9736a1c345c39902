"""What the two Python peers share: read, score, rank, fill the Word templates (docxtpl), write the ranking (XlsxWriter)."""
import functools, glob, io, json, os, re, resource, sys, time
from decimal import ROUND_HALF_UP, Decimal

T0, C0 = time.perf_counter(), time.process_time()
import docxtpl, openpyxl, xlsxwriter

INSTALLED = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../target/peers"))
TEMPLATES = INSTALLED + "/templates/docxtpl"
DOCS = ("bao-cao-tong-ket", "giao-uoc")


class Stages:
    """Wall and CPU seconds of each stage, children included, one line a run in OUT/stages.jsonl."""
    def __init__(self):
        self.t, self.seconds = (T0, C0), {}
        self.mark("import")

    def mark(self, stage):
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        now = time.perf_counter(), time.process_time() + child.ru_utime + child.ru_stime
        self.seconds[stage] = {"wall": round(now[0] - self.t[0], 3), "cpu": round(now[1] - self.t[1], 3)}
        self.t = now


# ---- read

def sheets(path):
    """{sheet: list of row tuples}"""
    if os.environ.get("READER") == "calamine":  # the faster reader from PyPI (a Rust library), for a stronger peer
        import python_calamine
        wb = python_calamine.load_workbook(path)
        return {n: [tuple(None if v == "" else v for v in r) for r in wb.get_sheet_by_name(n).to_python(skip_empty_area=False)]
                for n in wb.sheet_names}
    wb = openpyxl.load_workbook(path, data_only=True, read_only=True)  # about 10 % faster than normal mode here
    rows = {ws.title: list(ws.values) for ws in wb}
    wb.close()
    return rows


def records(rows):
    head = [str(h or "") for h in rows[0]]
    return [dict(zip(head, r)) for r in rows[1:] if any(v is not None for v in r)]


def dec(v):
    if v is None or v == "":
        return None
    return Decimal(str(v).replace(",", ".")) if isinstance(v, (int, float, str)) else None


def clean(v):
    return "" if v is None else str(v).strip()


def read(folder):
    """The dossier: definition tables, and for each unit code its results and words."""
    book = sheets(f"{folder}/ho-so.xlsx")
    d = {k: records(v) for k, v in book.items()}
    d["info"] = {r["Mục"]: r["Giá trị"] for r in d["Thông tin"]}
    d["texts"] = {}
    for r in d["Văn bản"]:
        d["texts"].setdefault((r["Văn bản"], r["Mục"]), []).append(clean(r["Nội dung"]))
    groups = d["groups"] = []
    for r in d["Tiêu chí"]:
        c = {"ma": clean(r["Mã"]), "ten": clean(r["Nội dung"]), "dvt": clean(r["ĐVT"]), "rule": clean(r["Cách tính"]),
             "param": clean(r["Tham số"]), "max": dec(r["Điểm tối đa"]), "agg": clean(r["Tổng hợp"])}
        if c["rule"]:
            groups[-1]["tieu_chi"].append(c)
        else:
            groups.append({**c, "tieu_chi": []})
    codes = {c["ma"] for g in groups for c in g["tieu_chi"]}
    d["plan"] = {r["Đơn vị"]: {c: dec(r.get(c)) for c in codes} for r in d["Chỉ tiêu"]}
    d["forms"] = {}
    for path in sorted(glob.glob(f"{folder}/so-lieu/**/*.xlsx", recursive=True)):
        form = sheets(path)
        words = form.pop("Thuyết minh", [()])
        rows, unit, head, results = next(iter(form.values())), None, None, {}
        for r in rows:
            if head is None:
                if r[0] == "Mã đơn vị:":
                    unit = r[1]
                elif r[0] == "TT":
                    head = {h: i for i, h in enumerate(r)}
            elif clean(r[head["TT"]]) in codes:
                results[clean(r[head["TT"]])] = (r[head["Kế hoạch"]], r[head["Kết quả"]])
        if unit in d["forms"]:
            sys.exit(f"hai biểu cho {unit}: {path}")
        d["forms"][unit] = {"results": results, "words": [(clean(w["Mục"]), clean(w["Nội dung"])) for w in records(words)]}
    return d


# ---- score

def cents(x):
    return x.quantize(Decimal("0.01"), ROUND_HALF_UP)


def points(c, plan, result):
    rule, mx, param = c["rule"], c["max"], c["param"]
    if rule == "Đạt/Không":
        return mx if clean(result).lower() in ("đạt", "có", "x", "1", "true") else Decimal(0)
    x = dec(result)
    if rule == "Tỷ lệ":
        p = mx if x >= plan else mx * x / plan
    elif rule == "Theo số lượng":
        p = min(mx, x * dec(param))
    elif rule == "Trừ dần":
        each, *limit = re.findall(r"[\d.,]+", param)
        loss = x * dec(each)
        p = max(Decimal(0), mx - (min(loss, dec(limit[0])) if limit else loss))
    elif rule == "Theo bậc":
        value = x if c["dvt"] == "%" or not plan else x * 100 / plan
        for step in param.split(";"):
            bound, p = (s.strip() for s in step.split(":"))
            if bound == "còn lại" or value >= dec(bound.lstrip(">= ")):
                break
        p = dec(p)
    return cents(p)


def score(d):
    """The clusters with their units scored, ranked 1,2,2,4, classed and given their awards."""
    clusters = {r["Mã"]: {"code": r["Mã"], "row": r, "units": []} for r in d["Cụm"]}
    for r in d["Đơn vị"]:
        u = {"code": r["Mã"], "name": r["Tên"], "row": r, "plan": {}, "result": {}, "points": {}, "group": {}, "words": []}
        form = d["forms"].get(u["code"])
        if form:
            u["words"] = form["words"]
            for g in d["groups"]:
                for c in g["tieu_chi"]:
                    plan, result = form["results"][c["ma"]]
                    sheet = d["plan"].get(u["code"], {}).get(c["ma"])
                    u["plan"][c["ma"]] = plan = sheet if sheet is not None else dec(plan)
                    u["result"][c["ma"]] = result
                    u["points"][c["ma"]] = points(c, plan, result)
                u["group"][g["ma"]] = sum(u["points"][c["ma"]] for c in g["tieu_chi"])
            u["total"] = sum(u["group"].values())
        clusters[r["Cụm"]]["units"].append(u)
    for cl in clusters.values():
        done = [u for u in cl["units"] if "total" in u]
        for u in done:
            u["rank"] = 1 + sum(v["total"] > u["total"] for v in done)
            u["grade"] = next(r["Xếp loại"] for r in d["Xếp loại"] if min(u["total"], Decimal(100)) >= dec(r["Từ điểm"]))
        cl["ranked"] = sorted(done, key=lambda u: u["rank"])
        for r in d["Khen thưởng"]:
            worst = int(re.search(r"\d+", r["Điều kiện"])[0])
            for u in [u for u in cl["ranked"] if u["rank"] <= worst][:int(r["Số lượng"])]:
                u.setdefault("awards", []).append(r["Hình thức"])
    return list(clusters.values())


# ---- the words and figures that every document of a cluster shows

def so(x):
    """424830.5 -> 424.830,5"""
    if x is None:
        return ""
    s = format(Decimal(x).normalize(), ",f")
    return s.replace(",", " ").replace(".", ",").replace(" ", ".")


def aggregate(c, units):
    """(plan, result, ratio) over the units."""
    results = [u["result"][c["ma"]] for u in units]
    if c["agg"] == "Đếm đạt":
        return None, Decimal(sum(points(c, None, r) > 0 for r in results)), None
    n = len(units) if c["agg"] == "Bình quân" else 1
    plans = [u["plan"][c["ma"]] for u in units if u["plan"][c["ma"]] is not None]
    plan = cents(sum(plans) / n) if plans else None
    result = cents(sum(dec(r) for r in results) / n)
    return plan, result, cents(result * 100 / plan) if plan else None


def view(d, cl):
    info, row, units, ranked = d["info"], cl["row"], cl["units"], cl["ranked"]
    year = int(info["Năm"])
    text = lambda doc, key: d["texts"].get((doc, key)) or d["texts"].get(("*", key)) or [""]
    lead = next((u for u in units if u["row"]["Vai trò"] == "Cụm trưởng"), units[0])
    v = {"cap_tren": info["Cơ quan cấp trên"], "ban_hanh": info["Cơ quan ban hành"], "ky_hieu": info["Ký hiệu"],
         "noi_ngay": f"{info['Địa danh']}, ngày      tháng      năm {year}", "nam": year, "nam_sau": year + 1,
         "ten_cum": row["Tên"], "TEN_CUM": row["Tên"].upper(), "chu_de": row["Chủ đề"], "dia_diem": row["Địa điểm"],
         "cum_truong": lead["name"], "so_don_vi": len(units), "so_da_nop": len(ranked), "ds_don_vi": "; ".join(u["name"] for u in units),
         "quyen_han_ky": text("bao-cao-tong-ket", "Quyền hạn ký")[0], "chuc_vu_ky": text("bao-cao-tong-ket", "Chức vụ ký")[0],
         "nguoi_ky": text("bao-cao-tong-ket", "Người ký")[0], "tong_toi_da": so(sum(g["max"] for g in d["groups"]))}
    for key, doc, name in (("noi_nhan", "*", "Nơi nhận"), ("phuong_huong", "bao-cao-tong-ket", "Phương hướng"), ("can_cu", "giao-uoc", "Căn cứ"),
                           ("giao_uoc", "giao-uoc", "Nội dung giao ước"), ("cam_ket", "giao-uoc", "Cam kết")):
        v[key] = [{"tt": i, "nd": t} for i, t in enumerate(text(doc, name), 1)]
    v["nhom"] = []
    for g in d["groups"]:
        lines = []
        for c in g["tieu_chi"]:
            plan, result, ratio = aggregate(c, ranked)
            met = sum(u["points"][c["ma"]] >= c["max"] for u in ranked)
            tail = f", đạt {so(ratio)}% kế hoạch" if ratio is not None else ""
            unit = "đơn vị đạt" if c["agg"] == "Đếm đạt" else c["dvt"]
            lines.append({"ma": c["ma"], "ten": c["ten"], "dvt": c["dvt"], "toi_da": so(c["max"]), "ke_hoach": so(plan), "ket_qua": so(result),
                          "ty_le": so(ratio), "so_dat": met,
                          "cau": f"{c['ten']}: {so(result)} {unit}{tail}; {met}/{len(ranked)} đơn vị đạt điểm tối đa."})
        mean = cents(sum(u["group"][g["ma"]] for u in ranked) / len(ranked))
        v["nhom"].append({"ma": g["ma"], "ten": g["ten"], "TEN": g["ten"].upper(), "toi_da": so(g["max"]), "binh_quan": so(mean),
                          "cau": " ".join(t.pop("cau") for t in lines[:2]), "tieu_chi": lines})
    for key, order in (("don_vi", units), ("xep_hang", ranked)):
        v[key] = [{"tt": i, "ma": u["code"], "ten": u["name"], "vai_tro": u["row"]["Vai trò"], "tong": so(u.get("total")), "hang": u.get("rank", ""),
                   "xep_loai": u.get("grade", ""), "khen": ", ".join(u.get("awards", [])),
                   **{f"d{k}": so(p) for k, p in enumerate(u["group"].values(), 1)}} for i, u in enumerate(order, 1)]
    for key, name in (("noi_bat", "Nổi bật"), ("han_che", "Hạn chế")):
        v[key] = [{"ten": u["name"], "nd": t} for u in units for k, t in u["words"] if k == name]
    v["xep_loai"] = []
    for r in d["Xếp loại"]:
        those = [u for u in ranked if u["grade"] == r["Xếp loại"]]
        v["xep_loai"].append({"ten": r["Xếp loại"], "so_luong": len(those), "ty_le": so(cents(Decimal(len(those)) * 100 / len(ranked))),
                              "don_vi": "; ".join(u["name"] for u in those)})
    cells = [(u["row"]["Chức vụ người ký"], u["name"].upper(), u["row"]["Người ký"]) for u in units]
    cells += [("", "", "")] * (len(cells) % 2)
    v["luoi"] = [{"cv1": a[0], "dv1": a[1], "ng1": a[2], "cv2": b[0], "dv2": b[1], "ng2": b[2]} for a, b in zip(cells[::2], cells[1::2])]
    v.update(chung_kien=row["Chứng kiến"], chuc_vu_ck=row["Chức vụ chứng kiến"], nguoi_ck=row["Người chứng kiến"])
    return v


# ---- write

@functools.cache
def template(doc):
    with open(f"{TEMPLATES}/{doc}.docx", "rb") as f:
        return f.read()


def write_docx(v, folder):
    for doc in DOCS:
        tpl = docxtpl.DocxTemplate(io.BytesIO(template(doc)))
        tpl.render(v, autoescape=True)
        tpl.save(f"{folder}/{doc}.docx")


def write_xlsx(d, cl, path):
    wb = xlsxwriter.Workbook(path, {"in_memory": True})
    base = {"font_name": "Times New Roman", "font_size": 12, "border": 1}
    head, text, num = wb.add_format({**base, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#D9E1F2"}), wb.add_format(base), wb.add_format({**base, "num_format": "0.00"})
    bold, bnum = wb.add_format({**base, "bold": True, "text_wrap": True}), wb.add_format({**base, "bold": True, "num_format": "0.00"})
    groups, units = d["groups"], cl["ranked"]
    ws = wb.add_worksheet("Xếp hạng")
    ws.write_row(0, 0, ["TT", "Đơn vị"] + [f"Nhóm {g['ma']}" for g in groups] + ["Tổng điểm", "Hạng", "Xếp loại", "Khen thưởng"], head)
    col, n = len(groups) + 2, len(units)
    a, z, t = "C", xlsxwriter.utility.xl_col_to_name(col - 1), xlsxwriter.utility.xl_col_to_name(col)
    for i, u in enumerate(units, 1):
        ws.write(i, 0, i, text)
        ws.write(i, 1, u["name"], text)
        for k, p in enumerate(u["group"].values(), 2):
            ws.write_number(i, k, p, num)
        ws.write_formula(i, col, f"=SUM({a}{i + 1}:{z}{i + 1})", bnum, float(u["total"]))
        ws.write_formula(i, col + 1, f"=RANK({t}{i + 1},${t}$2:${t}${n + 1})", text, u["rank"])
        ws.write(i, col + 2, u["grade"], text)
        ws.write(i, col + 3, ", ".join(u.get("awards", [])), text)
    ws.set_column(0, 0, 5); ws.set_column(1, 1, 48); ws.set_column(2, col + 1, 11); ws.set_column(col + 2, col + 3, 22)
    ws.freeze_panes(1, 2); ws.set_landscape(); ws.set_paper(9); ws.fit_to_pages(1, 0)
    ws = wb.add_worksheet("Chi tiết")
    ws.write_row(0, 0, ["TT", "Nội dung", "ĐVT", "Điểm tối đa"] + [u["name"] for u in units], head)
    row = 1
    for g in groups:
        first, row = row + 2, row + 1
        last = row + len(g["tieu_chi"])
        ws.write_row(row - 1, 0, [g["ma"], g["ten"], "", float(g["max"])], bold)
        for k, u in enumerate(units, 4):
            c = xlsxwriter.utility.xl_col_to_name(k)
            ws.write_formula(row - 1, k, f"=SUM({c}{first}:{c}{last})", bnum, float(u["group"][g["ma"]]))
        for c in g["tieu_chi"]:
            ws.write_row(row, 0, [c["ma"], c["ten"], c["dvt"], float(c["max"])], text)
            for k, u in enumerate(units, 4):
                ws.write_number(row, k, u["points"][c["ma"]], num)
            row += 1
    ws.set_column(0, 0, 6); ws.set_column(1, 1, 60); ws.set_column(2, 3, 12); ws.set_column(4, 3 + n, 14)
    ws.freeze_panes(1, 2); ws.set_landscape(); ws.set_paper(9); ws.fit_to_pages(1, 0)
    wb.close()


def main(pdf):
    """pdf(views, out): writes <out>/<cluster>/<doc>.pdf for every cluster and document."""
    folder, out = sys.argv[1:3]
    st = Stages()
    d = read(folder)
    st.mark("read")
    clusters = score(d)
    views = {cl["code"]: view(d, cl) for cl in clusters}
    st.mark("score")
    for code, v in views.items():
        os.makedirs(f"{out}/{code}", exist_ok=True)
        write_docx(v, f"{out}/{code}")
    st.mark("docx")
    for cl in clusters:
        write_xlsx(d, cl, f"{out}/{cl['code']}/xep-hang.xlsx")
    st.mark("xlsx")
    pdf(views, out)
    st.mark("pdf")
    totals = {u["code"]: [str(u["total"]), u["rank"]] for cl in clusters for u in cl["ranked"]}
    json.dump(totals, open(f"{out}/totals.json", "w"))
    with open(f"{out}/stages.jsonl", "a") as f:  # a line a run
        f.write(json.dumps(st.seconds) + "\n")
