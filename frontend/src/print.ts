// Printing: parts that are fetched when they come into sight are fetched first, so that figures are printed and no placeholders.
// Whoever prints by the browser's own menu gets the parts he has seen; what is still a placeholder is left out (print.css).
import htmx from "htmx.org";

const LONGEST_WAIT = 60_000;

/** Parts that wait to be seen, but for those that are folded away. */
function waiting(): HTMLElement[] {
  const parts = document.querySelectorAll<HTMLElement>('[hx-trigger="revealed"]:has(.skeleton)');
  return [...parts].filter((part) => !part.closest("details:not([open])"));
}

function fetchThenPrint(parts: HTMLElement[]): void {
  for (const part of parts) {
    void htmx.ajax("GET", part.getAttribute("hx-get") ?? "", { source: part, target: part, swap: "innerHTML", push: "false" });
  }
  const until = Date.now() + LONGEST_WAIT;
  const check = (): void => {
    if (waiting().length && Date.now() < until) window.setTimeout(check, 100);
    else window.print();
  };
  check();
}

function onKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "p") return;
  const parts = waiting();
  if (!parts.length) return;
  event.preventDefault();
  fetchThenPrint(parts);
}

export function startPrint(): void {
  document.addEventListener("keydown", onKey);
}
