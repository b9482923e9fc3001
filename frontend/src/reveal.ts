// Dialogs that ask before they send, and the countdown of a reveal: at its end the page is fetched again, masked.
// The server says how many seconds are left: the clock of the reader's machine may be wrong.

function onClick(event: MouseEvent): void {
  const opener = (event.target as Element).closest<HTMLElement>("[data-dialog-open]");
  if (!opener) return;
  const dialog = document.getElementById(opener.dataset.dialogOpen ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

function show(line: HTMLElement, until: number): void {
  const left = Math.ceil((until - Date.now()) / 1000);
  if (left <= 0) {
    location.reload();
    return;
  }
  line.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  window.setTimeout(() => show(line, until), 1000);
}

export function startReveal(): void {
  document.addEventListener("click", onClick);
  for (const line of document.querySelectorAll<HTMLElement>("[data-countdown]")) show(line, Date.now() + Number(line.dataset.countdown) * 1000);
  // A page that comes back from the browser's own memory may be older than its reveal.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-countdown]")) location.reload();
  });
}
