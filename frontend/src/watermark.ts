// Who looked, and when, lightly over the page and on paper. Style is set property by property, which the policy allows.
const MINUTE = 60_000;

function drawn(text: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = 420;
  canvas.height = 240;
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  pen.font = '14px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  pen.fillStyle = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "rgba(255,255,255,.05)" : "rgba(0,0,0,.045)";
  pen.translate(40, 200);
  pen.rotate(-0.42);
  pen.fillText(text, 0, 0);
  return canvas.toDataURL();
}

// The bank's time, as everywhere on the page, whatever the reader's machine is set to.
function stamp(zone: string | undefined): string {
  const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("sv-SE", { ...digits, timeZone: zone }).format(new Date());
}

export function startWatermark(): void {
  const sheet = document.querySelector<HTMLElement>("[data-watermark]");
  if (!sheet) return;
  const draw = (): void => {
    sheet.style.backgroundImage = `url(${drawn(`${sheet.dataset.watermark ?? ""} ${stamp(sheet.dataset.zone)}`)})`;
  };
  draw();
  window.setInterval(draw, MINUTE);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
}
