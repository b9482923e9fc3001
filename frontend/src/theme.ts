// Runs before the first paint: "as the system" is the only choice the server cannot draw by itself.
const root = document.documentElement;
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function followSystem(): void {
  if (root.dataset.themeChoice !== "light" && root.dataset.themeChoice !== "dark") {
    root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  }
}

followSystem();
dark.addEventListener("change", followSystem);
