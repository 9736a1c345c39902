// The ranking: sortable, ties shown, and for every mark why it was given.

import { button, byId, el, figure, fill, say, table } from "./dom.js";

// What a yes and a no are called in lines that ask for one.
const ANSWERS = { "Đạt/Không": ["Không", "Đạt"], "Không xếp loại": ["Không", "Có"], "Hạ bậc": ["Không", "Có"] };

export function showRanking(ranking) {
  fill(byId("ranking-body"), ranking.clusters.length ? ranking.clusters.map((cluster) => cluster.units.length ? new Standing(cluster).box : null) : el("p", {}, "Chưa có gì để xếp hạng."));
}

class Standing {
  constructor(cluster) {
    this.cluster = cluster;
    this.groups = cluster.groups.map((group, index) => ({ ...group, index })).filter((group) => group.lines.some((line) => line.max !== null) || group.kind !== "ordinary");
    this.tied = new Map(cluster.ties.flatMap((tie) => tie.units.map((code) => [code, tie.rank])));
    this.body = el("tbody");
    this.heads = [
      this.head("Hạng", (unit) => unit.rank ?? Infinity, "figure"), this.head("Đơn vị", (unit) => unit.name),
      ...this.groups.map((group) => this.head(group.code, (unit) => -Number(unit.groups[group.index]), "figure", `${group.name}${group.max ? `, tối đa ${figure(group.max)}` : ""}`)),
      this.head("Tổng", (unit) => -Number(unit.total), "figure"), this.head("Xếp loại", (unit) => unit.grade ?? "~"), this.head("Khen thưởng", (unit) => unit.awards.join() || "~")];
    const box = table(cluster.name, this.heads, []);
    box.querySelector("caption").append(el("span", { class: "screen" }, " – bấm vào điểm để xem vì sao"));
    box.querySelector("tbody").replaceWith(this.body);
    const ties = cluster.ties.map((tie) => el("p", { class: "note ask" }, `Đồng hạng ${tie.rank}: ${tie.units.map((code) => this.name(code)).join(", ")}.`));
    const key = el("details", {}, el("summary", {}, "Tên các nhóm tiêu chí"),
      el("ul", {}, this.groups.map((group) => el("li", {}, `${group.code}: ${group.name}${group.max ? ` (tối đa ${figure(group.max)})` : ""}`))));
    this.box = el("div", {}, box, ties, key);
    this.sort(this.heads[0], (unit) => unit.rank ?? Infinity, 1);
  }

  name(code) { return this.cluster.units.find((unit) => unit.code === code)?.name ?? code; }

  head(words, value, kind, title) {
    const head = el("th", { scope: "col", class: kind, title });
    head.append(button(words, () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      this.sort(head, value, down ? -1 : 1);
      say(`Xếp theo ${title ?? words}, ${down ? "từ dưới lên" : "từ trên xuống"}.`);
    }, { class: "sort", "aria-label": title ? `${words}: ${title}` : null }));
    return head;
  }

  sort(head, value, way) {
    for (const other of this.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
    const compare = (left, right) => {
      const [a, b] = [value(left), value(right)];
      return way * (typeof a === "number" ? a - b || 0 : a.localeCompare(b, "vi"));
    };
    fill(this.body, [...this.cluster.units].sort(compare).map((unit) => this.row(unit)));
  }

  row(unit) {
    const why = el("tr", { class: "why", hidden: true }, el("td", { colspan: String(this.heads.length) }));
    const mark = (words, label, groups) => {
      const press = button(words, () => {
        const same = why.dataset.of === label && !why.hidden;
        for (const other of press.closest("tr").querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
        why.hidden = same;
        why.dataset.of = label;
        press.setAttribute("aria-expanded", String(!same));
        if (!same) fill(why.firstChild, this.reasons(unit, groups));
      }, { class: "plain", "aria-expanded": "false", "aria-label": `${label} ${words} điểm: vì sao?` });
      return press;
    };
    const tie = this.tied.has(unit.code) ? el("span", { class: "faint" }, " (đồng hạng)") : null;
    const none = unit.submitted ? (unit.disqualified ? "không xếp" : "–") : "chưa nộp";
    const cells = unit.submitted
      ? [...this.groups.map((group) => el("td", { class: "figure" }, mark(figure(unit.groups[group.index]), `${unit.name}, ${group.code}`, [group]))),
        el("td", { class: "figure" }, el("b", {}, mark(figure(unit.total), `${unit.name}, tổng`, this.groups)))]
      : [...this.groups, 0].map(() => el("td", { class: "figure" }, "–"));
    return [el("tr", { "data-unit": unit.code },
      el("td", { class: "figure" }, unit.rank === null ? none : String(unit.rank), tie), el("th", { scope: "row" }, unit.name), cells,
      el("td", { class: "short" }, unit.grade ?? "–"), el("td", {}, unit.awards.join("; ") || "–")), why];
  }

  /** Every line of some groups with its mark and the reason. */
  reasons(unit, groups) {
    const starts = [];
    let at = 0;
    for (const group of this.cluster.groups) { starts.push(at); at += group.lines.length; }
    const line = (own, result) => el("tr", {},
      el("th", { scope: "row" }, `${own.code} ${own.name}`), el("td", { class: "figure" }, figure(result.plan)), el("td", { class: "figure" }, ANSWERS[own.rule]?.[result.result] ?? figure(result.result)),
      el("td", { class: "figure" }, result.mark === null ? "–" : `${figure(result.mark)}${own.max ? `/${figure(own.max)}` : ""}`), el("td", {}, result.why),
      el("td", { class: "path faint" }, result.source ? `${result.source.file.replace(/^so-lieu\//, "")}, ${result.source.cell}` : ""));
    return groups.map((group) => table(`${unit.name} – ${group.code}. ${group.name}`,
      ["Tiêu chí", { words: "Kế hoạch", class: "figure" }, { words: "Kết quả", class: "figure" }, { words: "Điểm", class: "figure" }, "Vì sao", "Ô nguồn"],
      group.lines.map((own, index) => line(own, unit.lines[starts[group.index] + index]))));
  }
}
