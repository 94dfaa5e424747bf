// Django's own parts of the administration leave some controls without a name for those who cannot see where they
// stand: fields in the cells of a table, the signs beside dates and times, and choices with a search.

const FIELDS = ":is(.tabular, #result_list) td :is(input:not([type=hidden]), select, textarea)";
const isNameless = (field) => !field.ariaLabel && !field.labels?.length && !field.hasAttribute("aria-labelledby");

// By the head of the column, and of the row where there is one.
function nameCells() {
  for (const field of [...document.querySelectorAll(FIELDS)].filter(isNameless)) {
    const cell = field.closest(":is(.tabular, #result_list) td");
    const column = cell.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    const heads = [column?.querySelector(".text") ?? column, cell.closest("tr").querySelector("th")];
    field.ariaLabel = heads.map((head) => head?.textContent.trim()).filter(Boolean).join(", ");
  }
}

function nameShortcuts() {
  for (const sign of document.querySelectorAll("a > :is(.date-icon, .clock-icon)[title]")) {
    sign.parentElement.ariaLabel = sign.title;
  }
  for (const help of document.querySelectorAll(".help-tooltip[aria-label]:not(img, [role])")) {
    help.setAttribute("role", "img");
  }
}

const nameOf = (select) => select?.ariaLabel ?? select?.labels[0]?.textContent.replace(/:\s*$/, "").trim() ?? "";

// What stands in the place of a list of choices says what the list is called, and what is chosen is its value.
function nameChoices() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling;
    for (const shown of box.querySelectorAll("[role=combobox], .select2-search__field")) {
      shown.removeAttribute("aria-labelledby");
      shown.ariaLabel = nameOf(select);
    }
    for (const words of box.querySelectorAll(".select2-selection__rendered")) {
      words.removeAttribute("role");
      words.removeAttribute("aria-readonly");
    }
  }
  const search = document.querySelector(".select2-dropdown .select2-search__field");
  if (search) search.ariaLabel = nameOf(document.querySelector(".select2-container--open")?.previousElementSibling);
}

function nameAll() {
  nameCells();
  nameShortcuts();
  nameChoices();
}

// They come in their own time: with the page, with a further row, with a click.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
