// Building what is shown. Texts always go in as text, never as HTML: file names and cells are written by others.

/** An element with attributes (functions are listeners, true and false switch) and children. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Puts children in the place of what an element holds. */
export const fill = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter((child) => child));

export const button = (words, press, attributes = {}) => el("button", { type: "button", click: press, ...attributes }, words);

/** A table that scrolls by itself where the screen is narrow. */
export function table(caption, heads, rows, attributes = {}) {
  const head = (one) => (one instanceof Node ? one : el("th", { scope: "col", class: one.class }, one.words ?? one));
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption },
    el("table", attributes, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map(head))), el("tbody", {}, rows)));
}

/** 424830.5 as 424.830,5 */
export function figure(plain) {
  if (plain === null || plain === undefined) return "";
  const [whole, part] = String(plain).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  return part ? `${grouped},${part}` : grouped;
}

/** Tells the person something went wrong, until put away. */
export function alarm(words) {
  const box = el("p", { class: "note error" }, el("span", {}, words), button("Đã đọc", () => box.remove()));
  fill(byId("alert"), box);
  box.scrollIntoView({ block: "nearest" });
}

/** Says something to those who do not see the page change. */
export function say(words) { byId("said").textContent = words; }

/** Hands a file to the person. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Runs what a press asks for; the button rests meanwhile, and a refusal is shown. */
export function pressed(task) {
  return async (event) => {
    const own = event.currentTarget;
    own.disabled = true;
    try { await task(event); } catch (error) { alarm(error.message); } finally { own.disabled = false; }
  };
}
