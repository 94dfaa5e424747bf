// The page of a task follows its progress without being loaded anew, and once more when it is over.
const box = document.querySelector("[data-task]");
const bar = box.querySelector("[data-task-progress]");
const message = box.querySelector("[data-task-message]");
const PAUSE = 1000; // milliseconds

async function look() {
  try {
    const answer = await fetch(box.dataset.task, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const state = await answer.json();
    if (state.status === "done" || state.status === "failed") {
      location.reload();
      return;
    }
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
    message.textContent = state.message;
  } catch {
    // The network comes back; the next look tells.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
