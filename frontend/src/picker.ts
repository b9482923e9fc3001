// The organisation picker: find by name or code, walk with the arrow keys.
function lines(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>("[data-words]")];
}

function narrow(box: Element, text: string): void {
  const words = text.trim().toLowerCase().split(/\s+/);
  let found = 0;
  for (const line of lines(box)) {
    line.hidden = !words.every((word) => line.dataset.words?.includes(word));
    if (!line.hidden) found += 1;
  }
  box.toggleAttribute("data-narrowed", text.trim() !== "");
  const none = box.querySelector<HTMLElement>("[data-picker-none]");
  if (none) none.hidden = found > 0;
}

function walk(box: Element, event: KeyboardEvent): void {
  const links = lines(box).filter((line) => !line.hidden).map((line) => line.querySelector("a"));
  const search = box.querySelector<HTMLInputElement>("[data-picker-search]");
  const at = links.findIndex((link) => link === document.activeElement);
  if (event.key === "Enter" && document.activeElement === search) links[0]?.click();
  else if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : search)?.focus();
  else return;
  event.preventDefault();
}

export function openPicker(): boolean {
  const picker = document.querySelector<HTMLDetailsElement>("details[data-picker]");
  if (!picker) return false;
  picker.open = true;
  return true;
}

export function startPicker(): void {
  document.addEventListener(
    "toggle",
    (event) => {
      const picker = event.target as HTMLDetailsElement;
      if (picker.matches("[data-picker]") && picker.open) picker.querySelector<HTMLInputElement>("[data-picker-search]")?.focus();
    },
    true,
  );
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    const box = input.closest("[data-picker]");
    if (box && input.matches("[data-picker-search]")) narrow(box, input.value);
  });
  document.addEventListener("keydown", (event) => {
    const box = (event.target as Element).closest("[data-picker]");
    if (box && !event.isComposing) walk(box, event);
  });
}
