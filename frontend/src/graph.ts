// The graph of one customer's relations: he in the middle, everybody of the list around him, each edge with all relations of the list.
// @ts-expect-error: this file of the library has no types of its own; by way of "echarts/charts" every page would fetch it
import { install as GraphChart } from "echarts/lib/chart/graph/install.js";
import { use } from "echarts/core";

use([GraphChart]);

export interface GraphData {
  self: string;
  nodes: { name: string; kinds: string }[];
}

const RADIUS = 100;
const NARROW = 700;

export function graphOption(data: GraphData, colour: (name: string) => string): Record<string, unknown> {
  const font = { color: colour("--ms-ink"), fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily };
  const count = data.nodes.length;
  const isNarrow = window.innerWidth < NARROW;
  const margin = isNarrow ? 56 : 150;
  const first = count > 2 ? -Math.PI / 2 : 0; // one or two lie beside him, where words on their lines are read level
  const around = data.nodes.map(({ name }, at) => {
    const angle = (2 * Math.PI * at) / count + first;
    const label = { position: Math.cos(angle) < 0 ? "left" : "right" };
    return {
      id: `${at}`,
      name,
      x: RADIUS * 1.6 * Math.cos(angle),
      y: RADIUS * Math.sin(angle),
      symbolSize: 12,
      label,
      itemStyle: { color: colour("--ms-gold") },
    };
  });
  const self = { id: "self", name: data.self, x: 0, y: 0, symbolSize: 20, label: { position: "bottom" }, itemStyle: { color: colour("--ms-green") } };
  return {
    animation: false,
    series: [
      {
        type: "graph",
        layout: "none",
        silent: true,
        preserveAspect: "contain",
        left: margin,
        right: margin,
        top: 24,
        bottom: 24,
        label: { show: true, ...font },
        lineStyle: { color: colour("--ms-line-strong"), width: 1 },
        edgeLabel: { show: !isNarrow && count <= 16, ...font, color: colour("--ms-ink-3"), fontSize: 10, formatter: ({ dataIndex }: { dataIndex: number }) => data.nodes[dataIndex]?.kinds ?? "" },
        data: [self, ...around],
        links: around.map(({ id }) => ({ source: "self", target: id })),
      },
    ],
  };
}
