#!/usr/bin/env python3
"""Write a benchmark dossier: make_dossier.py OUT --clusters N --units M [--seed S] [--jobs J]

OUT/ho-so.xlsx and OUT/so-lieu/<cluster>/<unit>.xlsx, one form a unit: 36 criteria in 8 groups, no faults.
The same arguments give the same bytes. XlsxWriter writes ho-so.xlsx and one form; the others are that form with other texts
and figures in their places, byte for byte what XlsxWriter would write, at a fifth of its time.
"""
import argparse, datetime, html, io, multiprocessing, os, random, re, zipfile
import xlsxwriter

YEAR = 2024
GROUPS = {
    "I": "Chăm lo, bảo vệ quyền, lợi ích hợp pháp, chính đáng của đoàn viên, CNVCLĐ",
    "II": "Tuyên truyền, vận động; tổ chức hoạt động văn hóa, thể thao",
    "III": "Phát động các phong trào thi đua yêu nước trong đoàn viên, CNVCLĐ",
    "IV": "Phát triển đoàn viên, thành lập CĐCS; củng cố, nâng cao chất lượng, xây dựng CĐCS vững mạnh",
    "V": "Tham gia xây dựng Đảng, xây dựng chính quyền vững mạnh",
    "VI": "Công tác nữ công",
    "VII": "Thực hiện chỉ tiêu tài chính, Quỹ Mái ấm công đoàn, vận động các hoạt động xã hội",
    "VIII": "Nâng cao hiệu quả hoạt động của UBKT, tư vấn pháp luật; chế độ thông tin, báo cáo",
}
# group | code | text | unit of measure | rule | parameter | maximum | aggregation | size of the plan
CRITERIA = [line.split("|") for line in """\
I|1.1|Tỷ lệ đơn vị, doanh nghiệp đủ điều kiện ký kết thỏa ước lao động tập thể|%|Tỷ lệ||5|Bình quân|%
I|1.2|Tỷ lệ đơn vị tổ chức hội nghị CBCCVC, hội nghị người lao động đúng thời hạn|%|Tỷ lệ||4|Bình quân|%
I|1.3|Số lượt đoàn viên, NLĐ được thăm hỏi, hỗ trợ dịp Tết, Tháng Công nhân|lượt người|Tỷ lệ||4|Cộng|4000
I|1.4|Tổng kinh phí chăm lo (mọi nguồn)|triệu đồng|Tỷ lệ||2|Cộng|2500
I|1.5|Không để xảy ra ngừng việc tập thể mà công đoàn không nắm, không báo cáo|đạt/không|Đạt/Không||3|Đếm đạt|
I|1.6|Số nhà Mái ấm công đoàn xây mới, sửa chữa|nhà|Tỷ lệ||2|Cộng|12
II|2.1|Tỷ lệ đoàn viên được học tập, quán triệt nghị quyết đại hội công đoàn các cấp|%|Tỷ lệ||3|Bình quân|%
II|2.2|Số cuộc tuyên truyền, lớp tập huấn nghiệp vụ|cuộc|Tỷ lệ||3|Cộng|30
II|2.3|Tổ chức hoạt động văn hóa, thể thao cấp khối hoặc cấp ngành|cuộc|Theo số lượng|1|2|Cộng|
II|2.4|Tin, bài gửi trang thông tin LĐLĐ|tin, bài|Theo số lượng|0,2|2|Cộng|
III|3.1|Số sáng kiến, đề tài được công nhận|sáng kiến|Tỷ lệ||5|Cộng|400
III|3.2|Giá trị làm lợi|triệu đồng|Tỷ lệ||3|Cộng|5500
III|3.3|Có kế hoạch phát động, ký giao ước, sơ kết, tổng kết đúng hạn (số việc thiếu)|việc|Trừ dần|0,5|3|Cộng|
III|3.4|Tỷ lệ CBCCVC, lao động đạt lao động tiên tiến trở lên|%|Tỷ lệ||2|Bình quân|%
III|3.5|Phong trào “Xanh, Sạch, Đẹp, Bảo đảm an toàn vệ sinh lao động”: không có tai nạn lao động chết người do lỗi chủ quan|đạt/không|Đạt/Không||2|Đếm đạt|
IV|4.1|Số đoàn viên kết nạp mới|người|Tỷ lệ||7|Cộng|900
IV|4.2|Số CĐCS thành lập mới|CĐCS|Tỷ lệ||4|Cộng|9
IV|4.3|Tỷ lệ CĐCS xếp loại hoàn thành tốt nhiệm vụ trở lên|%|Tỷ lệ||5|Bình quân|%
IV|4.4|Tỷ lệ cán bộ công đoàn được bồi dưỡng nghiệp vụ|%|Tỷ lệ||2|Bình quân|%
IV|4.5|Cập nhật phần mềm quản lý đoàn viên, CĐCS|%|Tỷ lệ||2|Bình quân|%
V|5.1|Số đoàn viên ưu tú giới thiệu cho Đảng xem xét|người|Tỷ lệ||2|Cộng|60
V|5.2|Tham gia góp ý văn bản, giám sát, phản biện theo yêu cầu (số lần thiếu)|lần|Trừ dần|0,5|2|Cộng|
V|5.3|Số đoàn viên được kết nạp Đảng|người|Tỷ lệ||1|Cộng|35
VI|6.1|Tỷ lệ nữ CNVCLĐ đạt danh hiệu “Giỏi việc nước, đảm việc nhà” cấp cơ sở|%|Tỷ lệ||2|Bình quân|%
VI|6.2|Tỷ lệ CĐCS đủ điều kiện có Ban Nữ công quần chúng|%|Tỷ lệ||3|Bình quân|%
VI|6.3|Hoạt động 8/3, 28/6, 20/10|cuộc|Theo số lượng|1|2|Cộng|
VI|6.4|Mô hình chăm lo con CNLĐ|mô hình|Theo số lượng|0,5|1|Cộng|
VII|7.1|Thu kinh phí công đoàn so với dự toán|%|Theo bậc|>=100: 4; >=95: 3; >=90: 2; còn lại: 0|4|Bình quân|100
VII|7.2|Thu đoàn phí công đoàn so với dự toán|%|Theo bậc|>=100: 3; >=95: 2; >=90: 1; còn lại: 0|3|Bình quân|100
VII|7.3|Vận động Quỹ Mái ấm công đoàn so với chỉ tiêu|%|Tỷ lệ||3|Bình quân|%
VII|7.4|Quyết toán, dự toán nộp đúng hạn (số lần chậm)|lần|Trừ dần|1; không quá 2|2|Cộng|
VIII|8.1|Số cuộc kiểm tra chấp hành Điều lệ tại CĐCS so với kế hoạch|cuộc|Theo bậc|>=100: 3; >=95: 2; còn lại: 1|3|Cộng|18
VIII|8.2|Số cuộc kiểm tra tài chính cùng cấp, cấp dưới|cuộc|Tỷ lệ||2|Cộng|10
VIII|8.3|Số lượt người được tư vấn, hỗ trợ pháp luật|lượt người|Tỷ lệ||2|Cộng|700
VIII|8.4|Giải quyết đơn thư đúng thời hạn, đúng quy định (số vụ sai)|vụ|Trừ dần|1|2|Cộng|
VIII|8.5|Báo cáo đúng hạn, đúng biểu mẫu (số lần sai)|lần|Trừ dần|0,5|1|Cộng|""".split("\n")]
SECTORS = ["Giáo dục và Đào tạo", "Nông nghiệp và PTNT", "Y tế", "Công thương", "Xây dựng", "Giao thông Vận tải",
           "Khu Kinh tế", "Viên chức", "Ngân hàng", "Thông tin và Truyền thông", "Dệt may", "Than - Khoáng sản"]
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLES = "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Hoài".split()
GIVEN = "An Bình Châu Dũng Giang Hà Hạnh Hiếu Hòa Hương Khánh Lan Linh Long Mai Nga Phúc Quyên Sơn Thảo Thủy Trung Tuấn Vinh Yến".split()
WORDS = {
    "Nổi bật": ["Tổ chức Chương trình “Tết Sum vầy - Xuân chia sẻ”, trao {} suất quà cho đoàn viên, người lao động có hoàn cảnh khó khăn với tổng kinh phí hơn {} triệu đồng, tạo sức lan tỏa trong toàn ngành."],
    "Mô hình mới": ["Mô hình “Bữa cơm Công đoàn” tại {} công đoàn cơ sở với {} lượt đoàn viên tham gia, được cấp ủy và người sử dụng lao động đánh giá cao."],
    "Hạn chế": ["Việc cập nhật phần mềm quản lý đoàn viên tại {} công đoàn cơ sở còn chậm; còn {} đoàn viên chưa được cập nhật đầy đủ thông tin cá nhân."],
    "Nguyên nhân": ["Cán bộ công đoàn cơ sở chủ yếu kiêm nhiệm, trong năm có {} đồng chí thay đổi vị trí công tác, thời gian dành cho hoạt động công đoàn chưa nhiều ({} cơ sở)."],
    "Kiến nghị": ["Đề nghị Liên đoàn Lao động tổ chức thêm {} lớp bồi dưỡng nghiệp vụ cho cán bộ công đoàn cơ sở và xem xét hỗ trợ {} triệu đồng kinh phí hoạt động phong trào."],
}
TEXTS = [
    ("*", "Nơi nhận", ["Thường trực Liên đoàn Lao động tỉnh (để báo cáo)", "Ban Tổ chức - Kiểm tra (để theo dõi)", "Các đơn vị trong cụm thi đua (để thực hiện)", "Lưu: VT"]),
    ("*", "Quyền hạn ký", ["TM. CỤM THI ĐUA"]), ("*", "Chức vụ ký", ["CỤM TRƯỞNG"]), ("*", "Người ký", ["Nguyễn Thị Minh Hạnh"]),
    ("bao-cao-tong-ket", "Phương hướng", [
        "Tiếp tục tuyên truyền, quán triệt sâu rộng nghị quyết đại hội công đoàn các cấp; nâng cao nhận thức, bản lĩnh chính trị cho đoàn viên, công nhân, viên chức, người lao động.",
        "Tập trung chăm lo, đại diện, bảo vệ quyền, lợi ích hợp pháp, chính đáng của đoàn viên; nâng cao chất lượng thương lượng, ký kết thỏa ước lao động tập thể.",
        "Đẩy mạnh phong trào “Lao động giỏi, Lao động sáng tạo”, “Giỏi việc nước, đảm việc nhà”, “Xanh, Sạch, Đẹp, Bảo đảm an toàn vệ sinh lao động” phù hợp từng đơn vị.",
        "Phấn đấu hoàn thành vượt mức chỉ tiêu phát triển đoàn viên, thành lập công đoàn cơ sở; xây dựng công đoàn cơ sở vững mạnh và đội ngũ cán bộ công đoàn đáp ứng yêu cầu nhiệm vụ.",
        "Thực hiện tốt công tác tài chính, kiểm tra, giám sát; bảo đảm chế độ thông tin, báo cáo đúng hạn, đúng biểu mẫu.",
        "Tổ chức thực hiện hiệu quả giao ước thi đua đã ký kết, kịp thời biểu dương, nhân rộng điển hình tiên tiến."]),
    ("giao-uoc", "Căn cứ", [
        "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Quyết định số 999/QĐ-TLĐ ngày 29 tháng 5 năm 2024 của Tổng Liên đoàn Lao động Việt Nam về quy chế khen thưởng của tổ chức Công đoàn",
        "Hướng dẫn của Liên đoàn Lao động tỉnh về hoạt động cụm, khối thi đua và chỉ tiêu, nhiệm vụ công tác năm"]),
    ("giao-uoc", "Nội dung giao ước", [
        "Chăm lo, bảo vệ quyền, lợi ích hợp pháp, chính đáng của đoàn viên, công nhân, viên chức, lao động; 100% công đoàn cơ sở tổ chức thăm hỏi, hỗ trợ đoàn viên khó khăn.",
        "Tổ chức tuyên truyền, quán triệt nghị quyết của Đảng và của tổ chức Công đoàn đến trên 95% đoàn viên bằng nhiều hình thức phù hợp.",
        "Phát động và tổ chức có hiệu quả phong trào thi đua “Lao động giỏi, Lao động sáng tạo”, mỗi đơn vị có ít nhất 50 sáng kiến được công nhận.",
        "Phát triển đoàn viên, thành lập công đoàn cơ sở đạt và vượt chỉ tiêu được giao.",
        "Xây dựng công đoàn cơ sở vững mạnh, trên 90% công đoàn cơ sở xếp loại hoàn thành tốt nhiệm vụ trở lên.",
        "Tham gia xây dựng Đảng, xây dựng chính quyền; giới thiệu đoàn viên ưu tú cho Đảng xem xét, bồi dưỡng, kết nạp.",
        "Đẩy mạnh công tác nữ công, phong trào “Giỏi việc nước, đảm việc nhà”, quan tâm chăm lo con công nhân lao động.",
        "Hoàn thành thu kinh phí, đoàn phí công đoàn và vận động Quỹ Mái ấm công đoàn theo dự toán.",
        "Nâng cao hiệu quả hoạt động của Ủy ban Kiểm tra và công tác tư vấn pháp luật, giải quyết đơn thư đúng quy định.",
        "Tích cực ứng dụng công nghệ thông tin, chuyển đổi số trong hoạt động công đoàn; cập nhật đầy đủ phần mềm quản lý đoàn viên.",
        "Thực hiện nghiêm túc chế độ thông tin, báo cáo và các hoạt động chung của cụm thi đua."]),
    ("giao-uoc", "Cam kết", [
        "Các đơn vị trong cụm cam kết thực hiện nghiêm túc nội dung giao ước thi đua, tổ chức ký kết và triển khai đến từng công đoàn cơ sở.",
        "Đoàn kết, hợp tác, trao đổi kinh nghiệm, giúp đỡ lẫn nhau cùng hoàn thành nhiệm vụ; đánh giá, chấm điểm khách quan, công bằng, đúng quy định.",
        "Sơ kết sáu tháng, tổng kết năm theo kế hoạch của cụm; bình xét, đề nghị khen thưởng đúng người, đúng việc."]),
]


def name(r):
    return f"{r.choice(SURNAMES)} {r.choice(MIDDLES)} {r.choice(GIVEN)}"


def cluster(i, units, seed):
    """Everything that is drawn for cluster i: (code, name, lead person, units)."""
    r = random.Random(f"{seed}/{i}")
    code, out = f"C{i:03}", []
    for k in range(units):
        extra = "" if k < len(SECTORS) else f" số {k // len(SECTORS) + 1}"
        size, plan, result, mark = r.uniform(0.4, 2.0), {}, {}, {}
        for _, c, _, dvt, rule, param, mx, _, base in CRITERIA:
            mx = float(mx)
            if base == "%":
                plan[c] = r.choice([80, 85, 90, 95, 100])
                result[c] = min(100, round(plan[c] * r.uniform(0.93, 1.12), 1))
            elif base:
                plan[c] = 100 if dvt == "%" else max(1, round(float(base) * size))
                x = plan[c] * r.uniform(0.88, 1.22)
                result[c] = round(x, 1) if dvt in ("%", "triệu đồng") else round(x)
            elif rule == "Theo số lượng":
                result[c] = r.randint(1, round(1.6 * mx / float(param.replace(",", "."))))
            elif rule == "Trừ dần":
                result[c] = r.choice([0, 0, 0, 0, 0, 0, 1, 2])
            else:
                result[c] = "Đạt" if r.random() < 0.95 else "Không đạt"
            mark[c] = round(mx * min(1, result[c] / plan[c]), 2) if rule == "Tỷ lệ" else mx
        words = [(m, t.format(r.randint(5, 90), r.randint(10, 900))) for m, ts in WORDS.items() for t in ts]
        out.append({"code": f"{code}-{k + 1:02}", "name": f"Công đoàn ngành {SECTORS[k % len(SECTORS)]} khu vực {i}{extra}",
                    "short": f"CĐN {k + 1}/{i}", "head": name(r), "plan": plan, "result": result, "mark": mark, "words": words,
                    "day": datetime.date(YEAR, 11, r.randint(10, 25))})
    return code, f"Cụm thi đua số {i} - Khối Công đoàn ngành", name(r), out


def workbook(path):
    wb = xlsxwriter.Workbook(path, {"in_memory": True})
    wb.set_properties({"created": datetime.datetime(YEAR, 12, 1)})
    return wb


def table(wb, sheet, head, rows, widths=()):
    ws, bold = wb.add_worksheet(sheet), wb.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
    ws.write_row(0, 0, head, bold)
    for i, row in enumerate(rows, 1):
        ws.write_row(i, 0, row)
    for i, w in enumerate(widths):
        ws.set_column(i, i, w)
    ws.freeze_panes(1, 0)


def definition(path, clusters):
    """`clusters` gives them anew each time it is called, so that never all of them are held."""
    wb = workbook(path)
    table(wb, "Thông tin", ["Mục", "Giá trị"], [
        ("Năm", YEAR), ("Kỳ báo cáo", "Cả năm"), ("Nhiệm kỳ", "2023 - 2028"), ("Cơ quan cấp trên", "LIÊN ĐOÀN LAO ĐỘNG TỈNH"),
        ("Cơ quan ban hành", "CỤM THI ĐUA CÔNG ĐOÀN NGÀNH"), ("Ký hiệu", "BC-CTĐ"), ("Địa danh", "Hải Phòng"), ("Ngày văn bản", ""),
        ("Hạn nộp", f"30/11/{YEAR}"), ("Trần xếp loại", 100), ("Kiểu xếp hạng", "1,2,2,4"), ("Làm tròn", 2)], (28, 45))
    table(wb, "Cụm", ["Mã", "Tên", "Chủ đề", "Chứng kiến", "Chức vụ chứng kiến", "Người chứng kiến", "Địa điểm", "Ngày hội nghị"],
          ((c, n, "Đổi mới, sáng tạo, hiệu quả trong hoạt động của tổ chức Công đoàn", "LIÊN ĐOÀN LAO ĐỘNG TỈNH", "PHÓ CHỦ TỊCH", w,
            "Hội trường Nhà Văn hóa Lao động", "") for c, n, w, _ in clusters()), (8, 44, 50, 28, 20, 24, 30, 16))
    roles = lambda k: ("Cụm trưởng", "Cụm phó")[k] if k < 2 else "Thành viên"
    table(wb, "Đơn vị", ["Mã", "Tên", "Tên viết tắt", "Tên gọi khác", "Cụm", "Vai trò", "Chức vụ người ký", "Người ký"],
          ((u["code"], u["name"], u["short"], "", c, roles(k), "CHỦ TỊCH", u["head"])
           for c, _, _, us in clusters() for k, u in enumerate(us)), (10, 52, 16, 16, 8, 14, 18, 26))
    rows = []
    for g, text in GROUPS.items():
        lines = [c for c in CRITERIA if c[0] == g]
        rows.append((g, text, "", "", "", sum(float(c[6]) for c in lines), "", "", ""))
        rows += [(c, t, dvt, rule, param, float(mx), agg, "", "") for _, c, t, dvt, rule, param, mx, agg, _ in lines]
    table(wb, "Tiêu chí", ["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa", "Tổng hợp", "Tên gọi khác", "Cụm"], rows,
          (8, 70, 14, 16, 38, 12, 14))
    codes = [c[1] for c in CRITERIA]
    table(wb, "Chỉ tiêu", ["Đơn vị"] + codes, ([u["code"]] + [u["plan"].get(c, "") for c in codes] for *_, us in clusters() for u in us), (12,))
    table(wb, "Xếp loại", ["Xếp loại", "Từ điểm", "Tỷ lệ tối đa", "Điều kiện"],
          [("Xuất sắc", 95, "", ""), ("Tốt", 90, "", ""), ("Khá", 80, "", ""), ("Trung bình", 0, "", "")], (16,))
    table(wb, "Khen thưởng", ["Hình thức", "Số lượng", "Điều kiện"], [("Cờ thi đua", 1, "hạng 1"), ("Bằng khen", 3, "hạng <= 3")], (20,))
    table(wb, "Văn bản", ["Văn bản", "Mục", "Nội dung"], [(d, k, t) for d, k, ts in TEXTS for t in ts], (20, 20, 100))
    wb.close()


def form(path, unit, cluster_name):
    wb = workbook(path)
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    f = lambda **kw: wb.add_format({**base, **kw})
    title, label = f(bold=True, font_size=14, align="center"), f(italic=True)
    head = f(bold=True, align="center", text_wrap=True, border=1, bg_color="#D9E1F2")
    group, num, text, day = f(bold=True, border=1, text_wrap=True, bg_color="#F2F2F2"), f(border=1), f(border=1, text_wrap=True), f(num_format="dd/mm/yyyy", align="left")
    entry, words = f(border=1, num_format="#,##0.##", locked=False), f(border=1, text_wrap=True, locked=False)
    ws = wb.add_worksheet("Biểu 1")
    for i, w in enumerate((7, 62, 12, 12, 12, 12, 36, 22)):
        ws.set_column(i, i, w)
    ws.merge_range(0, 0, 0, 7, "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU THI ĐUA", title)
    ws.merge_range(1, 0, 1, 7, cluster_name, title)
    for row, (k, v, fm) in enumerate([("Đơn vị:", unit["name"], label), ("Mã đơn vị:", unit["code"], label), ("Năm:", YEAR, label), ("Ngày báo cáo:", unit["day"], day)], 2):
        ws.write(row, 0, k, label)
        ws.write_datetime(row, 1, v, fm) if isinstance(v, datetime.date) else ws.write(row, 1, v, fm)
    ws.write_row(7, 0, ["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm", "Minh chứng", "Ghi chú"], head)
    row, last = 8, None
    for n, (g, c, t, dvt, rule, _, mx, _, _) in enumerate(CRITERIA):
        if g != last:
            ws.write_row(row, 0, [g, GROUPS[g], "", "", "", "", "", ""], group)
            row, last = row + 1, g
        ws.write_string(row, 0, c, num)
        ws.write_string(row, 1, t, text)
        ws.write_string(row, 2, dvt, num)
        ws.write(row, 3, unit["plan"].get(c, ""), entry)
        ws.write(row, 4, unit["result"][c], entry)
        ws.write(row, 5, unit["mark"][c], entry)
        ws.write_string(row, 6, f"Báo cáo số {n + 12}/BC-CĐN ngày {unit['day']:%d/%m/%Y}", words)
        ws.write(row, 7, "Có hồ sơ kèm theo" if n % 5 == 0 else "", words)
        if rule == "Đạt/Không":
            ws.data_validation(row, 4, row, 4, {"validate": "list", "source": ["Đạt", "Không đạt"]})
        else:
            ws.data_validation(row, 4, row, 4, {"validate": "decimal", "criteria": ">=", "value": 0})
        row += 1
    ws.write_row(row, 0, ["", "Tổng điểm", "", "", ""], group)
    ws.write_formula(row, 5, f"=SUM(F10:F{row})", group, round(sum(unit["mark"].values()), 2))
    ws.write(row + 2, 1, "NGƯỜI LẬP BIỂU", title)
    ws.write(row + 2, 6, "CHỦ TỊCH", title)
    ws.write(row + 6, 6, unit["head"], title)
    ws.freeze_panes(8, 2)
    ws.protect()
    ws2 = wb.add_worksheet("Thuyết minh")
    ws2.set_column(0, 0, 18)
    ws2.set_column(1, 1, 110)
    ws2.write_row(0, 0, ["Mục", "Nội dung"], head)
    for i, w in enumerate(unit["words"], 1):
        ws2.write_row(i, 0, w, words)
    wb.close()


def figures(unit):
    """The figures of a form as the file has them, in its order: date, then plan, result and mark of each line, then the sum."""
    yield str((unit["day"] - datetime.date(1899, 12, 30)).days)
    for _, c, *_ in CRITERIA:
        yield from (f"{x:.16G}" for x in (unit["plan"].get(c), unit["result"][c], unit["mark"][c]) if isinstance(x, (int, float)))
    yield str(round(sum(unit["mark"].values()), 2))


class Pattern:
    """A form as XlsxWriter writes it, its texts and figures to be replaced."""
    PLACE = re.compile(r'(<c r="[A-Z]+[0-9]+"[^>]*?( t="s")?>(?:<f>[^<]*</f>)?<v>)([^<]*)(?=</v>)')

    def __init__(self):
        # every text and figure that differs between units has a value of its own here
        numbers = iter(range(910001, 920000))
        self.unit = {"name": "@name", "code": "@code", "head": "@head", "day": datetime.date(2001, 2, 3), "plan": {}, "result": {}, "mark": {},
                     "words": [(m, f"@{m}") for m in WORDS]}
        for _, c, _, _, rule, _, _, _, base in CRITERIA:
            if base:
                self.unit["plan"][c] = next(numbers)
            self.unit["result"][c] = f"@{c}" if rule == "Đạt/Không" else next(numbers)
            self.unit["mark"][c] = next(numbers)
        out = io.BytesIO()
        form(out, self.unit, "@cluster")
        with zipfile.ZipFile(out) as package:
            self.parts = {name: package.read(name).decode() for name in package.namelist()}
        self.texts = [html.unescape(t) for t in re.findall(r"<si><t>([^<]*)</t></si>", self.parts["xl/sharedStrings.xml"])]
        changing, self.sheets = set(figures(self.unit)), {}
        for name in (name for name in self.parts if name.startswith("xl/worksheets/")):
            # literal, kind, literal, kind, …: a text's number, or a figure
            pieces, at = [], 0
            for found in self.PLACE.finditer(self.parts[name]):
                kind = int(found[3]) if found[2] else None
                if kind is not None or found[3] in changing:
                    pieces += [self.parts[name][at:found.start(3)], kind]
                    at = found.end(3)
            self.sheets[name] = pieces, self.parts[name][at:]

    def write(self, path, unit, cluster_name):
        texts = {"@name": unit["name"], "@code": unit["code"], "@head": unit["head"], "@cluster": cluster_name, **{f"@{m}": t for m, t in unit["words"]},
                 **{f"@{c}": x for c, x in unit["result"].items() if isinstance(x, str)}}
        day, numbers, of_text, uses = f"{unit['day']:%d/%m/%Y}", {}, [], 0
        for text in self.texts:
            text = texts.get(text) or text.replace("03/02/2001", day)
            of_text.append(str(numbers.setdefault(text, len(numbers))))
        values, parts = iter(figures(unit)), dict(self.parts)
        for name, (pieces, end) in self.sheets.items():
            out = []
            for literal, kind in zip(pieces[::2], pieces[1::2]):
                uses += kind is not None
                out += [literal, next(values) if kind is None else of_text[kind]]
            parts[name] = "".join(out) + end
        items = "".join(f"<si><t>{html.escape(text, quote=False)}</t></si>" for text in numbers)
        head = self.parts["xl/sharedStrings.xml"].split(" count=")[0]
        parts["xl/sharedStrings.xml"] = f'{head} count="{uses}" uniqueCount="{len(numbers)}">{items}</sst>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in parts.items():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, text.encode())


PATTERN = None


def forms(args):
    global PATTERN
    PATTERN = PATTERN or Pattern()
    out, i, units, seed = args
    code, cname, _, us = cluster(i, units, seed)
    os.makedirs(f"{out}/so-lieu/{code}", exist_ok=True)
    for u in us:
        PATTERN.write(f"{out}/so-lieu/{code}/{u['code']}.xlsx", u, cname)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("out")
    p.add_argument("--clusters", type=int, default=1)
    p.add_argument("--units", type=int, default=8)
    p.add_argument("--seed", default="1")
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    a = p.parse_args()
    ids = range(1, a.clusters + 1)
    os.makedirs(a.out, exist_ok=True)
    definition(f"{a.out}/ho-so.xlsx", lambda: (cluster(i, a.units, a.seed) for i in ids))
    with multiprocessing.Pool(a.jobs) as pool:
        for _ in pool.imap_unordered(forms, [(a.out, i, a.units, a.seed) for i in ids]):
            pass
