import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Minute } from '../ops-schema.ts';
import { countText } from '../parts/figure-text.ts';
import { minuteColumns } from './minutes.ts';

const HEIGHT = 170;

/** The lines themselves, on a canvas. Their colours are read when they are first drawn: another scheme takes another one of these. */
export function HourLines({
  minutes,
  width,
}: {
  readonly minutes: readonly Minute[];
  readonly width: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const first = useRef({ minutes, width });

  useEffect(() => {
    if (place.current === null) return undefined;
    const drawn = new uPlot(optionsOf(first.current.width), dataOf(first.current.minutes), place.current);
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setSize({ width, height: HEIGHT }), [width]);
  useEffect(() => plot.current?.setData(dataOf(minutes)), [minutes]);

  return <div ref={place} />;
}

function dataOf(minutes: readonly Minute[]): uPlot.AlignedData {
  const { times, accepted, attempts, delivered } = minuteColumns(minutes);
  return [[...times], [...accepted], [...attempts], [...delivered]];
}

function optionsOf(width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const [muted, line] = [colour('--hh-muted'), colour('--hh-line')];
  const axis: uPlot.Axis = {
    stroke: muted,
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
  };
  const series = (name: string, isFilled: boolean): uPlot.Series => ({
    stroke: colour(name),
    width: 1.75,
    points: { show: false },
    ...(isFilled ? { fill: `${colour(name)}1f` } : {}),
  });
  return {
    width,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // Little is not drawn as if it were much.
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.05)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 28, space: 60, values: '{HH}:{mm}' },
      { ...axis, size: 44, space: 34, values: (_plot, values) => values.map(countText) },
    ],
    series: [
      {},
      series('--hh-accent', false),
      series('--hh-wait-fill', false),
      series('--hh-good-fill', true),
    ],
  };
}
