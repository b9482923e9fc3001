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

let forgetting = 0;

/** Tells the reader in one line, also by voice, for so many milliseconds; an empty text takes back what was told. */
export function say(text: string, lasts = 4000): void {
  const line = document.querySelector<HTMLElement>("[data-toast]");
  if (!line) return;
  line.textContent = text;
  window.clearTimeout(forgetting);
  forgetting = window.setTimeout(() => {
    line.textContent = "";
  }, lasts);
}
