// Talking with the program. The token comes in the address's fragment, which no server sees, and stays in this tab only.

const KEY = "thidua-token";

const fromAddress = /^#([0-9a-f]{64})$/.exec(location.hash);
if (fromAddress) {
  sessionStorage.setItem(KEY, fromAddress[1]);
  history.replaceState(null, "", location.pathname);
}

export const hasToken = () => sessionStorage.getItem(KEY) !== null;

/** A refusal, with the status and the question to ask back. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? "Chương trình không trả lời được.");
    this.status = status;
    this.question = answer.question;
  }
}

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...options.headers, "x-thidua-token": sessionStorage.getItem(KEY) ?? "" } });
  } catch {
    throw new Refused(0, { error: "Không liên lạc được với chương trình; có thể chương trình đã đóng. Hãy mở lại thidua." });
  }
  if (response.ok) return response;
  throw new Refused(response.status, await response.json().catch(() => ({})));
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

export const ask = async (path, values = {}) => (await send(`${path}?${query(values)}`)).json();

export const tell = async (path, body = null) =>
  (await send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();

const sendFile = (path, values, file) =>
  send(`${path}?${query(values)}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });

export const hand = async (path, values, file) => (await sendFile(path, values, file)).json();

export const handForFile = async (path, values, file) => (await sendFile(path, values, file)).blob();

export const fetchFile = async (path, values = {}) => (await send(`${path}?${query(values)}`)).blob();

export const dossierPath = (name, rest = "") => `/api/dossier/${encodeURIComponent(name)}${rest}`;
