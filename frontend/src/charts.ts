// Charts: one theme from the stylesheet's own variables, canvas only, tooltips as nodes (texts would carry inline styles).
// By way of "echarts/charts" the graph would be fetched with every chart.
// @ts-expect-error: this file of the library has no types of its own
import { install as LineChart } from "echarts/lib/chart/line/install.js";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { onAxis, scaleOf, type Unit } from "./figures";
import type { GraphData } from "./graph";
import type { SankeyData } from "./sankey";

use([LineChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

interface TrendData {
  days: string[];
  /** Words below the axis in place of the months of `days`. */
  labels?: string[];
  values: (string | null)[];
  base: (string | null)[];
  shown: string[];
  shown_base: string[];
  notes?: string[][];
  holidays?: string[][];
  names: [string, string];
  unit: Unit;
  /** Ends of an interval around `base`, which is then what is expected and not the year before. */
  low?: (string | null)[];
  high?: (string | null)[];
}

const drawn = new Map<HTMLElement, ECharts>();

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function numbers(values: (string | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : Number(value)));
}

function line(name: string, shown: string, kind: string): HTMLElement {
  const row = document.createElement("p");
  row.className = `tip-line tip-${kind}`;
  const label = document.createElement("span");
  label.textContent = name;
  const figure = document.createElement("strong");
  figure.textContent = shown;
  row.append(label, figure);
  return row;
}

function tipAt(data: TrendData, at: number): HTMLElement {
  const box = document.createElement("div");
  const day = document.createElement("p");
  day.className = "tip-day";
  day.textContent = data.days[at] ?? "";
  box.append(day);
  if (data.values[at] != null || data.low === undefined) box.append(line(data.names[0], data.shown[at] ?? "", "now"));
  if (data.shown_base[at] && data.base[at] != null) box.append(line(data.names[1], data.shown_base[at] ?? "", "base"));
  for (const words of [...(data.holidays?.[at] ?? []), ...(data.notes?.[at] ?? [])]) {
    const note = document.createElement("p");
    note.className = "tip-note";
    note.textContent = words;
    box.append(note);
  }
  return box;
}

/** A line's name stands at its end, so that no legend has to be matched by colour. */
function directLabel(name: string, ink: string): Record<string, unknown> {
  return { show: true, formatter: name, color: ink, fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily, distance: 4 };
}

/** The interval as a band: an unseen line at its lower end, and the height of the band stacked upon it. */
function band(data: TrendData): Record<string, unknown>[] {
  const low = numbers(data.low ?? []);
  const high = numbers(data.high ?? []);
  const height = low.map((from, at) => (from === null || high[at] == null ? null : (high[at] as number) - from));
  const unseen = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
  return [
    { ...unseen, data: low },
    { ...unseen, data: height, areaStyle: { color: colour("--ms-green"), opacity: 0.14 } },
  ];
}

function trendOption(data: TrendData): Record<string, unknown> {
  const values = numbers(data.values);
  const base = numbers(data.base);
  const isAhead = data.low !== undefined;
  const ends = isAhead ? numbers([...(data.low ?? []), ...(data.high ?? [])]) : [];
  const sizes = [...values, ...base, ...ends].filter((value): value is number => value !== null).map(Math.abs);
  const scale = scaleOf(Math.max(0, ...sizes), data.unit);
  const isPart = data.unit === "SHARE" && sizes.every((size) => size <= 1); // no axis goes beyond the whole
  const ink = colour("--ms-ink-3");
  const font = { color: ink, fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily };
  return {
    animation: false,
    grid: { left: 4, right: 64, top: 12, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colour("--ms-surface"),
      borderColor: colour("--ms-line-strong"),
      extraCssText: "box-shadow:none",
      textStyle: { color: colour("--ms-ink"), fontSize: 12, fontFamily: font.fontFamily },
      axisPointer: { lineStyle: { color: colour("--ms-line-strong") } },
      formatter: (items: { dataIndex: number }[]) => tipAt(data, items[0]?.dataIndex ?? 0),
    },
    xAxis: {
      type: "category",
      data: data.labels ?? data.days.map((day) => day.slice(2, 7)),
      boundaryGap: false,
      axisLine: { lineStyle: { color: colour("--ms-line-strong") } },
      axisTick: { show: false },
      axisLabel: { ...font, hideOverlap: true, showMaxLabel: true },
    },
    yAxis: {
      type: "value",
      scale: true,
      splitNumber: 4,
      min: isPart ? ({ min, max }: { min: number; max: number }) => (min === max ? 0 : null) : null,
      max: isPart ? ({ max }: { max: number }) => (max > 0.9 ? 1 : null) : null,
      axisLabel: { ...font, formatter: (value: number) => onAxis(value, scale) },
      splitLine: { lineStyle: { color: colour("--ms-line") } },
    },
    series: [
      ...(isAhead ? band(data) : []),
      {
        type: "line", labelLayout: { moveOverlap: "shiftY" }, name: data.names[1], data: base, symbol: "none", silent: true,
        lineStyle: isAhead ? { color: colour("--ms-green"), width: 2, type: "dashed" } : { color: colour("--ms-ink-4"), width: 1 },
        itemStyle: { color: colour("--ms-ink-4") },
        endLabel: directLabel(data.names[1], ink),
      },
      {
        type: "line", labelLayout: { moveOverlap: "shiftY" }, name: data.names[0], data: values, symbol: "circle", symbolSize: 5, showSymbol: false,
        lineStyle: { color: colour("--ms-green"), width: 2 }, itemStyle: { color: colour("--ms-green") },
        endLabel: isAhead ? { show: false } : directLabel(data.names[0], colour("--ms-green")),
      },
      {
        type: "line", data: values.map((value, at) => (data.notes?.[at]?.length ? value : null)), symbol: "diamond", symbolSize: 10, silent: true,
        lineStyle: { width: 0 }, itemStyle: { color: colour("--ms-gold") },
      },
      {
        type: "line", data: values.map((value, at) => (data.holidays?.[at]?.length ? value : null)), symbol: "emptyCircle", symbolSize: 9, silent: true,
        lineStyle: { width: 0 }, itemStyle: { color: colour("--ms-red") },
      },
    ],
  };
}

type Option = Record<string, unknown>;

/**
 * What draws kinds of charts that few pages have, fetched by those pages only. A chart is made after it is fetched: one made before
 * does not know how to lay it out.
 */
const further: Record<string, () => Promise<(data: unknown) => Option>> = {
  graph: () => import("./graph").then(({ graphOption }) => (data) => graphOption(data as GraphData, colour)),
  sankey: () => import("./sankey").then(({ sankeyOption }) => (data) => sankeyOption(data as SankeyData, colour)),
};

function chartIn(box: HTMLElement): ECharts {
  const known = drawn.get(box);
  if (known) return known;
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  box.append(canvas);
  const chart = init(canvas, null, { renderer: "canvas" });
  drawn.set(box, chart);
  resizes.observe(box);
  return chart;
}

function draw(box: HTMLElement): void {
  const data = JSON.parse(box.querySelector("script")?.textContent ?? "{}") as unknown;
  const fetched = further[box.dataset["chart"] ?? ""];
  if (!fetched) {
    chartIn(box).setOption(trendOption(data as TrendData), true);
    return;
  }
  void fetched().then((option) => {
    if (box.isConnected) chartIn(box).setOption(option(data), true);
  });
}

const resizes = new ResizeObserver((entries) => {
  for (const entry of entries) {
    if (entry.contentRect.width > 0) drawn.get(entry.target as HTMLElement)?.resize();
  }
});

/** Draws what is new and lets go of what has left the page. */
export function drawAll(): void {
  for (const [box, chart] of drawn) {
    if (!box.isConnected) {
      resizes.unobserve(box);
      chart.dispose();
      drawn.delete(box);
    }
  }
  for (const box of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    if (!drawn.has(box)) draw(box);
  }
}

new MutationObserver(() => {
  for (const box of drawn.keys()) draw(box);
}).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
