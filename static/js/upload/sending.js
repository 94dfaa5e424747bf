// Send a form once more whenever the connection broke; the mark in it lets the server count it once.

const WAITS = [2, 4, 8, 15, 30, 60]; // seconds before each new try; the last one stays
const MOST_TRIES = 40;
const PASSING = [502, 503, 504]; // somebody on the way had no answer

function post(address, data, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    });
    request.addEventListener("load", () => {
      if (PASSING.includes(request.status)) reject(new Error("no answer"));
      else resolve({ status: request.status, html: request.responseText, url: request.responseURL });
    });
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error(end)));
    request.open("POST", address);
    request.setRequestHeader("Accept", "text/html");
    request.send(data);
  });
}

// Until the time is over, or the device says that it is connected again.
function pause(seconds, onSecond) {
  return new Promise((resolve) => {
    let left = seconds;
    const tick = () => {
      if (left <= 0) end();
      else onSecond(left);
      left -= 1;
    };
    const end = () => {
      clearInterval(clock);
      window.removeEventListener("online", end);
      resolve();
    };
    const clock = setInterval(tick, 1000);
    window.addEventListener("online", end);
    tick();
  });
}

// The server's answer, whatever it says; null when no try got through.
export async function send(address, data, { onProgress, onWait }) {
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    try {
      return await post(address, data, onProgress);
    } catch {
      await pause(WAITS[Math.min(attempt, WAITS.length - 1)], onWait);
    }
  }
  return null;
}
