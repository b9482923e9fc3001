// Where a group's money came from and where it went: sources on the left, the group in the middle, destinations on the right.
// @ts-expect-error: this file of the library has no types of its own; by way of "echarts/charts" every page would fetch it
import { install as SankeyChart } from "echarts/lib/chart/sankey/install.js";
import { use } from "echarts/core";

use([SankeyChart]);

export interface SankeyData {
  nodes: { id: string; label: string; side: "in" | "self" | "out" }[];
  links: { source: string; target: string; value: string }[];
}

const NARROW = 700;
const COLOURS = { in: "--ms-green", self: "--ms-ink-3", out: "--ms-gold" };

export function sankeyOption(data: SankeyData, colour: (name: string) => string): Record<string, unknown> {
  const font = { color: colour("--ms-ink"), fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily };
  const margin = window.innerWidth < NARROW ? 92 : 190;
  const words = new Map(data.nodes.map(({ id, label }) => [id, label]));
  const where = { in: "left", self: "top", out: "right" };
  return {
    animation: false,
    series: [
      {
        type: "sankey",
        silent: true,
        left: margin,
        right: margin,
        top: 24,
        bottom: 8,
        nodeWidth: 12,
        nodeGap: 12,
        layoutIterations: 0,
        label: { show: true, ...font, formatter: ({ name }: { name: string }) => words.get(name) ?? "" },
        lineStyle: { opacity: 0.28, curveness: 0.5 },
        data: data.nodes.map(({ id, side }) => ({ name: id, itemStyle: { color: colour(COLOURS[side]), borderWidth: 0 }, label: { position: where[side] } })),
        links: data.links.map(({ source, target, value }) => ({ source, target, value: Number(value), lineStyle: { color: target === "self" ? "source" : "target" } })),
      },
    ],
  };
}
