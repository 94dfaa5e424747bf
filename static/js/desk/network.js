// Talks to the server. Throws one of four words: offline, busy, logged_out, refused.
const token = () => document.querySelector("[data-ask] [name=csrfmiddlewaretoken]");

async function ask(address, options, patience) {
  let answer;
  try {
    const signal = AbortSignal.timeout(patience);
    answer = await fetch(address, { redirect: "manual", cache: "no-store", signal, ...options });
  } catch {
    throw new Error("offline");
  }
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) throw new Error("logged_out");
  if (answer.status === 429 || answer.status >= 500) throw new Error("busy");
  if (answer.status !== 304 && !answer.ok) throw new Error("refused");
  return answer;
}

async function send(address, data, patience) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token().value };
  const answer = await ask(address, { method: "POST", headers, body: JSON.stringify(data) }, patience);
  return answer.json().catch(() => {
    throw new Error("offline"); // it was cut off
  });
}

// A page that was kept may hold a token of an earlier visit: it is asked for anew once.
export async function post(address, data, patience) {
  try {
    return await send(address, data, patience);
  } catch (problem) {
    if (problem.message !== "logged_out" || !(await renewToken(patience))) throw problem;
    return send(address, data, patience);
  }
}

async function renewToken(patience) {
  const page = await ask(window.location.pathname, {}, patience);
  const found = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = found.querySelector("[data-ask] [name=csrfmiddlewaretoken]");
  if (!fresh) return false;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = fresh.value));
  return true;
}

export async function fetchList(address, etag) {
  const answer = await ask(address, { headers: etag ? { "If-None-Match": etag } : {} }, 20_000);
  const body = answer.status === 304 ? undefined : await answer.json();
  return { body, etag: answer.headers.get("ETag"), since: Number(answer.headers.get("Server-Time")) };
}
