// Keys: ? help, / find, i explain, g and a letter to go to a page.
import { openPicker } from "./picker";

let isGoing = false;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}

function go(key: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`[data-go="${CSS.escape(key)}"]`);
  link?.click();
  return link !== null;
}

function explain(): void {
  const near = document.activeElement?.closest("[data-kpi], td, tr, .panel");
  (near?.querySelector<HTMLElement>("[data-explain]") ?? document.querySelector<HTMLElement>(".kpi-chosen [data-explain]"))?.click();
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (isGoing) {
    isGoing = false;
    if (go(event.key)) event.preventDefault();
    return;
  }
  if (event.key === "g") {
    isGoing = true;
    window.setTimeout(() => (isGoing = false), 1500);
  } else if (event.key === "?") {
    document.querySelector<HTMLDialogElement>("[data-keys]")?.showModal();
  } else if (event.key === "/") {
    if (openPicker()) event.preventDefault();
  } else if (event.key === "i") {
    explain();
  }
}

export function startKeys(): void {
  document.addEventListener("keydown", onKey);
}
