// Handing files in, many at once, and saying what became of each; one that would take another's place is asked about first.

import { button, el, pressed, say } from "./dom.js";
import { hand } from "./talk.js";

export class Taking {
  /** `words` says what an answer means: a kind of note and a sentence. */
  constructor(id, path, words, refresh) {
    Object.assign(this, { path, words, refresh, box: el("div", { id }) });
  }

  async take(files) {
    this.box.replaceChildren();
    let done = 0;
    for (const file of files) {
      say(`Đang nhận ${file.name} (${++done}/${files.length})`);
      await this.store(file, {});
    }
    await this.refresh();
    say(`Đã xem ${files.length} tệp.`);
  }

  async store(file, more) {
    try {
      this.tell(file, ...this.words(await hand(this.path, { file: file.name, ...more }, file)));
    } catch (error) {
      if (error.question) this.ask(file, error.message);
      else this.tell(file, "error", `không nhận. ${error.message}`);
    }
  }

  tell(file, kind, words) { this.box.append(el("p", { class: `note ${kind}` }, el("b", {}, file.name), `: ${words}`)); }

  ask(file, question) {
    const box = el("div", { class: "note ask", role: "group", "aria-label": `Hỏi về tệp ${file.name}` },
      el("p", {}, el("b", {}, file.name), `: ${question}`),
      el("p", { class: "row" },
        button("Thay bằng tệp mới", pressed(async () => {
          box.remove();
          await this.store(file, { replace: true });
          await this.refresh();
        })),
        button("Giữ tệp cũ", () => { box.remove(); say("Giữ tệp cũ."); })));
    this.box.append(box);
  }
}

/** Does something that may be asked back about, in a window of the browser's own. */
export async function asking(task) {
  try { return await task(false); } catch (error) {
    if (!error.question) throw error;
    return confirm(error.message) ? task(true) : null;
  }
}
