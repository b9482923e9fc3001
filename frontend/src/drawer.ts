// The explanation drawer: any [data-explain] link opens beside the page; without scripts it is a link like any other.
import htmx from "htmx.org";

function drawer(): HTMLDialogElement | null {
  return document.querySelector("[data-drawer]");
}

function onClick(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-explain]");
  const box = drawer();
  if (!link || !box) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const content = box.querySelector<HTMLElement>("#drawer");
  const waiting = document.querySelector(".skeleton")?.cloneNode(true);
  if (content && waiting) content.replaceChildren(waiting);
  if (!box.open) box.showModal();
  void htmx.ajax("GET", link.href, { target: "#drawer", swap: "innerHTML", push: "false" });
}

/** Opens the drawer that came with the page: the address named an explanation. */
function openDelivered(): void {
  const delivered = document.querySelector<HTMLTemplateElement>("template[data-opened]");
  const content = drawer()?.querySelector("#drawer");
  if (!delivered || !content) return;
  content.replaceChildren(delivered.content.cloneNode(true));
  delivered.remove();
  drawer()?.showModal();
}

export function startDrawer(): void {
  document.addEventListener("click", onClick, true);
  openDelivered();
}
