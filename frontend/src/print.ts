// Printing: parts that are fetched when they come into sight are fetched first, so that figures are printed and no placeholders.
// Whoever prints by the browser's own menu gets the parts he has seen; what is still a placeholder is left out (print.css).
import htmx from "htmx.org";
import { choose, say } from "./words";

const LONGEST_WAIT = 60_000;

let isPreparing = false;

/** Parts that wait to be seen, but for those that are folded away. */
function waiting(): HTMLElement[] {
  const parts = document.querySelectorAll<HTMLElement>('[hx-trigger="revealed"]:has(.skeleton)');
  return [...parts].filter((part) => !part.closest("details:not([open])"));
}

function settled(part: HTMLElement): Promise<void> {
  return htmx.ajax("GET", part.getAttribute("hx-get") ?? "", { source: part, target: part, swap: "innerHTML", push: "false" });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => window.setTimeout(done, milliseconds));
}

/** Ends when every part has come or failed, also one that was asked for again because it came into sight meanwhile. */
async function fetched(parts: HTMLElement[]): Promise<void> {
  const until = Date.now() + LONGEST_WAIT;
  await Promise.race([Promise.allSettled(parts.map(settled)), pause(LONGEST_WAIT)]);
  while (parts.some((part) => part.isConnected && part.classList.contains("htmx-request")) && Date.now() < until) await pause(100);
}

async function fetchThenPrint(parts: HTMLElement[]): Promise<void> {
  isPreparing = true;
  say(choose("正在准备打印：页面其余部分取数中", "Preparing to print: fetching the rest of the page"), LONGEST_WAIT);
  await fetched(parts);
  isPreparing = false;
  const missing = waiting().length;
  say(missing ? choose(`${missing} 个部分未取到，不打印`, `${missing} parts could not be fetched and are not printed`) : "");
  window.print();
}

function onKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "p") return;
  if (isPreparing || event.repeat) {
    event.preventDefault();
    return;
  }
  const parts = waiting();
  if (!parts.length) return;
  event.preventDefault();
  void fetchThenPrint(parts);
}

export function startPrint(): void {
  document.addEventListener("keydown", onKey);
}
