// What every page runs.
import "htmx.org";
import { startChoice } from "./choice";
import { startDrawer } from "./drawer";
import { startKeys } from "./keys";
import { startPicker } from "./picker";
import { startPrint } from "./print";
import { startReveal } from "./reveal";
import { closeBoxes, startShell } from "./shell";
import { startWatermark } from "./watermark";

interface SwapDetail {
  ctx: { target?: Element; swap?: string };
}

let focused = "";

async function drawCharts(): Promise<void> {
  if (document.querySelector("[data-chart]")) {
    const charts = await import("./charts");
    charts.drawAll();
  }
  document.documentElement.dataset.ready = "true";
}

/** A refused request for the whole content keeps the content's own frame, so that the next one finds its target. */
function keepFrame(event: Event): void {
  const { ctx } = (event as CustomEvent<SwapDetail>).detail;
  if (ctx.target?.id === "page") ctx.swap = "innerHTML";
}

startShell();
startDrawer();
startKeys();
startPicker();
startPrint();
startReveal();
startWatermark();
startChoice();
document.addEventListener("htmx:before:request", () => {
  const active = document.activeElement;
  focused = active instanceof HTMLElement ? (active.dataset.focus ?? "") : "";
  document.documentElement.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:finally:request", () => document.documentElement.removeAttribute("aria-busy"));
document.addEventListener("htmx:response:error", keepFrame);
document.addEventListener("htmx:after:settle", (event) => {
  const content = event.target as Element;
  if (content.matches("#page")) {
    closeBoxes();
    const again = focused ? content.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`) : null;
    if (again) again.focus({ preventScroll: true });
    else if (document.activeElement === document.body) (content as HTMLElement).focus({ preventScroll: true });
  }
  void drawCharts();
});
document.querySelector(".side-link[aria-current]")?.scrollIntoView({ block: "nearest" });
document.querySelector(".page-tab[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
void drawCharts();
