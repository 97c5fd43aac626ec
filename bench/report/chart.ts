import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { whole } from '../cases/lines.ts';
import type { Measured } from '../cases/bench-run.ts';
import type { ResultFile } from './result-file.ts';
import { mid, rateOf } from './figures.ts';

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 860;
/** Readable on white and on black alike; there is no background. */
const INK = '#8a8f98';
const ENGINE = '#3b82f6';
const BARE = '#a3a3a3';
/** One for each process or store, in the order of the legend. */
const ROLES = [
  '#3b82f6',
  '#f59e0b',
  '#10b981',
  '#a78bfa',
  '#ef4444',
  '#14b8a6',
  '#f472b6',
  '#84cc16',
  '#eab308',
];

const ROW = 34;
const HEAD = 78;

const text = { color: INK, fontFamily: 'system-ui, sans-serif' };

/** Deliveries a second, and where a delivery's CPU goes: an SVG. */
export function chartOf(result: ResultFile): string {
  const cases = result.cases.filter(({ engine, rate }) => engine.length > 0 && rate === null);
  const names = cases.map((one) => one.case).toReversed();
  const bars = cases.flatMap((one) => [
    { name: one.case, runs: one.engine },
    ...(one.bareLoop.length === 0 ? [] : [{ name: `${one.case}, bare loop`, runs: one.bareLoop }]),
  ]);
  const roles = [...new Set(bars.flatMap(({ runs }) => runs.flatMap(({ byRole }) => Object.keys(byRole))))];
  const rates = (of: (one: (typeof cases)[number]) => readonly Measured[]): (number | null)[] =>
    cases.map((one) => (of(one).length === 0 ? null : mid(of(one), rateOf))).toReversed();
  const [upper, lower] = [cases.length * ROW * 1.4, bars.length * ROW];
  const height = upper + lower + 2 * HEAD + 30;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const axis = {
    axisLabel: text,
    axisLine: { lineStyle: { color: INK } },
    splitLine: { lineStyle: { color: INK, opacity: 0.25 } },
  };
  const lowerTop = HEAD + upper + HEAD;
  const label = {
    show: true,
    position: 'right',
    ...text,
    formatter: ({ value }: { value: number }) => whole(value),
  };
  chart.setOption({
    animation: false,
    title: [
      { text: 'Deliveries a second', top: 0, left: 0, textStyle: { ...text, fontSize: 15 } },
      { text: 'CPU per delivery, µs', top: lowerTop - HEAD, left: 0, textStyle: { ...text, fontSize: 15 } },
    ],
    legend: [
      { data: ['Hyperhook', 'bare loop'], top: 26, left: 0, textStyle: text },
      { data: roles, top: lowerTop - HEAD + 26, left: 0, textStyle: text, itemGap: 12 },
    ],
    grid: [
      { top: HEAD - 20, height: upper, left: 170, right: 70 },
      { top: lowerTop, height: lower, left: 170, right: 70 },
    ],
    xAxis: [
      { type: 'value', gridIndex: 0, ...axis },
      { type: 'value', gridIndex: 1, ...axis },
    ],
    yAxis: [
      { type: 'category', gridIndex: 0, data: names, ...axis, splitLine: { show: false } },
      {
        type: 'category',
        gridIndex: 1,
        data: bars.map(({ name }) => name).toReversed(),
        ...axis,
        splitLine: { show: false },
      },
    ],
    series: [
      {
        name: 'Hyperhook',
        type: 'bar',
        itemStyle: { color: ENGINE },
        label,
        data: rates((one) => one.engine),
      },
      {
        name: 'bare loop',
        type: 'bar',
        itemStyle: { color: BARE },
        label,
        data: rates((one) => one.bareLoop),
      },
      ...roles.map((role, at) => ({
        name: role,
        type: 'bar',
        stack: 'cpu',
        xAxisIndex: 1,
        yAxisIndex: 1,
        itemStyle: { color: ROLES[at % ROLES.length] },
        data: bars.map(({ runs }) => mid(runs, ({ byRole }) => byRole[role]?.cpuMicros ?? 0)).toReversed(),
      })),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
