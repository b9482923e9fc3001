// Ticking rows of a list: how many are chosen, all of the page with one tick, Enter pressing the button beside the field, and ticks
// and words that stand again where what was asked for is refused.
import { choose } from "./words";

function rows(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[data-choice-row]")];
}

function draw(): void {
  const bar = document.querySelector<HTMLElement>("[data-choice]");
  if (!bar) return;
  const all = rows();
  const ticked = all.filter((row) => row.checked).length;
  const whole = bar.querySelector<HTMLInputElement>("[data-choice-whole]");
  const isWhole = whole?.checked ?? false;
  const count = isWhole ? Number(bar.dataset.wholeCount) : ticked;
  for (const row of all) {
    row.disabled = isWhole;
    row.closest("tr")?.toggleAttribute("data-chosen", isWhole || row.checked);
  }
  const page = bar.querySelector<HTMLInputElement>("[data-choice-page]");
  if (page) {
    page.checked = all.length > 0 && ticked === all.length;
    page.indeterminate = ticked > 0 && ticked < all.length;
    page.disabled = isWhole;
  }
  for (const shown of bar.querySelectorAll<HTMLElement>("[data-choice-script]")) shown.hidden = false;
  const line = bar.querySelector<HTMLElement>("[data-choice-count]");
  if (line) {
    line.hidden = count === 0;
    line.textContent = choose(`已选 ${count.toLocaleString("zh-CN")} 户`, `${count.toLocaleString("en-GB")} chosen`);
  }
  const hint = bar.querySelector<HTMLElement>("[data-choice-hint]");
  if (hint) hint.hidden = count > 0;
  const acts = bar.querySelector<HTMLElement>("[data-choice-acts]");
  if (acts) acts.hidden = count === 0;
}

function onChange(event: Event): void {
  const box = event.target as HTMLInputElement;
  if (box.matches("[data-choice-page]")) for (const row of rows()) row.checked = box.checked;
  if (box.matches("[data-choice-page], [data-choice-row], [data-choice-whole]")) draw();
}

function onKey(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement) || !field.closest("[data-choice]")) return;
  event.preventDefault();
  if (field.type === "checkbox") field.click();
  else field.closest("details")?.querySelector<HTMLButtonElement>("button[name=act]")?.click();
}

interface Asked {
  chosen: string[];
  isWhole: boolean;
  typed: [string, string][];
  at: number;
}

const KEPT = "maisui-asked";

/** Remembers for this tab what is asked for, should it be refused: rows by their sealed references, and the words of the act. */
function keep(event: Event): void {
  const form = event.target as HTMLElement;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-choice]")) return;
  const act = form.querySelector<HTMLDetailsElement>("details.choice-act[open]");
  const asked: Asked = {
    chosen: rows().filter((row) => row.checked).map((row) => row.value),
    isWhole: form.querySelector<HTMLInputElement>("[data-choice-whole]")?.checked ?? false,
    typed: [...(act?.querySelectorAll<HTMLInputElement>("input[name]") ?? [])].map((field) => [field.name, field.value]),
    at: [...form.querySelectorAll("details.choice-act")].indexOf(act as Element),
  };
  sessionStorage.setItem(KEPT, JSON.stringify({ [location.pathname]: asked }));
}

/** Lets ticks and words stand again on a list that says why it was refused; whatever else comes next forgets them. */
function restore(): void {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const asked = kept ? (JSON.parse(kept) as Record<string, Asked | undefined>)[location.pathname] : undefined;
  const form = document.querySelector<HTMLFormElement>("[data-choice]");
  if (!asked || !form || !document.querySelector(".banner-warning[role=status]")) return;
  for (const row of rows()) row.checked = asked.chosen.includes(row.value);
  const whole = form.querySelector<HTMLInputElement>("[data-choice-whole]");
  if (whole) whole.checked = asked.isWhole;
  const act = form.querySelectorAll<HTMLDetailsElement>("details.choice-act")[asked.at];
  if (!act) return;
  act.open = true;
  for (const [name, value] of asked.typed) {
    const field = act.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (field) field.value = value;
  }
}

export function startChoice(): void {
  document.addEventListener("submit", keep);
  restore();
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:after:settle", draw);
  window.addEventListener("pageshow", draw); // a page from the browser's own memory keeps its ticks
  draw();
}
