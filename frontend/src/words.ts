// Words that scripts write themselves; everything else comes from the server.
export function isEnglish(): boolean {
  return document.documentElement.lang === "en";
}

export function choose(zh: string, en: string): string {
  return isEnglish() ? en : zh;
}

export function keep(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

/** Tells the reader in one line, also by voice. */
export function say(text: string): void {
  const line = document.querySelector<HTMLElement>("[data-toast]");
  if (!line) return;
  line.textContent = text;
  window.setTimeout(() => {
    if (line.textContent === text) line.textContent = "";
  }, 4000);
}
