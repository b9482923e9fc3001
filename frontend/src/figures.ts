// How a figure is written on an axis; the same rules as src/maisui/web/components/figures.py.
import { isEnglish } from "./words";

export type Unit = "YUAN" | "SHARE" | "COUNT" | "YUAN_EACH" | "COUNT_EACH" | "INDEX";

export interface Scale {
  divisor: number;
  word: string;
  decimals: number;
}

const SMALL_COUNT = 100_000;
const COUNTED: Unit[] = ["COUNT", "COUNT_EACH", "INDEX"];

export function scaleOf(largest: number, unit: Unit): Scale {
  if (unit === "SHARE") return { divisor: 0.01, word: "%", decimals: 2 };
  const plain = { divisor: 1, word: "", decimals: unit === "COUNT" ? 0 : 2 };
  if (COUNTED.includes(unit) && largest < SMALL_COUNT) return plain;
  const steps: [number, string][] = isEnglish() ? [[1e9, "B"], [1e6, "M"], [1e3, "K"]] : [[1e8, "亿"], [1e4, "万"]];
  for (const [divisor, word] of steps) {
    if (largest >= divisor) return { divisor, word, decimals: 2 };
  }
  return plain;
}

/** Writes an axis label with no more decimals than the axis needs. */
export function onAxis(value: number, scale: Scale): string {
  const shown = value / scale.divisor;
  const text = new Intl.NumberFormat("en-US", { maximumFractionDigits: scale.decimals }).format(Math.abs(shown));
  return `${shown < 0 ? "−" : ""}${text}${scale.word === "%" ? "%" : ""}`;
}
