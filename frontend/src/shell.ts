// The shell: menu, small boxes, appearance, dialogs.
import { choose, keep, say } from "./words";

const root = document.documentElement;

function setSide(isOpen: boolean): void {
  root.toggleAttribute("data-side-shown", isOpen);
  document.querySelector("[data-side-open]")?.setAttribute("aria-expanded", String(isOpen));
  const veil = document.querySelector<HTMLElement>("[data-side-veil]");
  if (veil) veil.hidden = !isOpen;
  if (isOpen) document.querySelector<HTMLElement>("[data-side] .side-section")?.focus();
}

/** A folded menu shows the icons of every section; an unfolded one those the reader left open. */
function startSections(): void {
  const sections = [...document.querySelectorAll<HTMLDetailsElement>("[data-side-section]")];
  const openAll = (): void => {
    if (root.dataset.menu === "folded" && innerWidth > 1023) for (const section of sections) section.open = true;
  };
  for (const section of sections) {
    section.querySelector("summary")?.addEventListener("click", () => {
      const left = sections.filter((one) => one.open !== (one === section)); // the click is not yet done
      keep("sections", left.map((one) => one.dataset.sideSection).join("."));
    });
  }
  openAll();
  document.querySelector("[data-fold]")?.addEventListener("click", () => window.setTimeout(openAll));
}

export function closeBoxes(except: Element | null = null): boolean {
  let closed = false;
  for (const box of document.querySelectorAll<HTMLDetailsElement>("details[data-menu-box][open]")) {
    if (except && box.contains(except)) continue;
    box.open = false;
    closed = true;
  }
  return closed;
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  closeBoxes(target);
  if (target.closest("[data-side-open]")) setSide(true);
  if (target.closest("[data-side-veil]")) setSide(false);
  if (target.closest("[data-fold]")) {
    root.dataset.menu = root.dataset.menu === "folded" ? "open" : "folded";
    keep("menu", root.dataset.menu);
  }
  if (target.closest("[data-keys-open]")) document.querySelector<HTMLDialogElement>("[data-keys]")?.showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement) target.close();
  const copied = target.closest<HTMLElement>("[data-copy]");
  if (copied) void copy(new URL(copied.dataset.copy ?? "", location.href).href);
  const toggle = target.closest<HTMLElement>("[data-table-toggle]");
  if (toggle) toggleTable(toggle);
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(choose("链接已复制", "Link copied"));
  } catch {
    window.prompt(choose("请复制链接", "Copy this link"), text);
  }
}

function toggleTable(button: HTMLElement): void {
  const panel = button.closest(".panel");
  const table = panel?.querySelector<HTMLElement>("[data-chart-table]");
  const chart = panel?.querySelector<HTMLElement>("[data-chart]");
  if (!table || !chart) return;
  table.hidden = !table.hidden;
  chart.hidden = !table.hidden;
  button.setAttribute("aria-expanded", String(!table.hidden));
}

function startAppearance(): void {
  const box = document.querySelector<HTMLElement>("[data-appearance]");
  if (!box) return;
  for (const input of box.querySelectorAll<HTMLInputElement>("input")) {
    input.checked = input.value === (input.name === "theme" ? root.dataset.themeChoice : root.dataset.rise);
  }
  box.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    keep(input.name, input.value);
    if (input.name === "rise") {
      root.dataset.rise = input.value;
      return;
    }
    root.dataset.themeChoice = input.value;
    const isDark = input.value === "dark" || (input.value === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.setAttribute("data-bs-theme", isDark ? "dark" : "light");
  });
}

/** A link that is announced as a button is pressed by the space bar too. */
function pressLikeAButton(event: KeyboardEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[role="button"]');
  if (!link) return;
  event.preventDefault();
  link.click();
}

export function startShell(): void {
  document.addEventListener("click", onClick);
  startAppearance();
  startSections();
  document.addEventListener("keydown", (event) => {
    if (event.key === " ") pressLikeAButton(event);
    if (event.key !== "Escape") return;
    const box = (event.target as Element).closest<HTMLDetailsElement>("details[data-menu-box][open]");
    if (closeBoxes()) box?.querySelector("summary")?.focus();
    if (root.hasAttribute("data-side-shown")) setSide(false);
  });
}
