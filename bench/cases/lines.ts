import { median } from '../machine/statistics.ts';
import type { Measured } from './bench-run.ts';
import type { CaseResult, Figure } from './case-result.ts';

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** Three digits that mean something. */
export const ms = (value: number): string => `${value >= 100 ? whole(value) : value.toFixed(1)} ms`;

export function lineOfRun(whose: string, one: Measured): string {
  const { peers, acceptToReceive, sendToReceive } = one;
  const roles = Object.entries(one.byRole).map(([role, { cpuMicros }]) => `${role} ${cpuMicros}`);
  const device = one.deviceBytes === null ? '' : ` (disk: ${whole(one.deviceBytes)})`;
  return (
    `  ${whose}: ${whole(one.deliveriesPerSecond)} deliveries/s (${whole(one.acceptedPerSecond)} accepted/s), ` +
    `accept→receive p50 ${ms(acceptToReceive.p50)} p99 ${ms(acceptToReceive.p99)} worst ${ms(acceptToReceive.max)}, ` +
    `send→receive p50 ${ms(sendToReceive.p50)} p99 ${ms(sendToReceive.p99)}, ` +
    `CPU ${one.cpuMicros} µs (${roles.join(', ')}), ${whole(one.writtenBytes)} bytes written${device}, ` +
    `of a core: load ${peers.load.toFixed(2)}, receiver ${peers.receiver.toFixed(2)}`
  );
}

/** Of the engine to the bare loop, run by run, then the median. NaN where there is nothing to compare with. */
export function ratioOf({ engine, bareLoop }: CaseResult, figure: (one: Measured) => number): number {
  return median(
    bareLoop.map((floor, run) => (engine[run] === undefined ? NaN : figure(engine[run]) / figure(floor))),
  );
}

/** `case, deliveries/s, p50, p99, CPU µs, ratio N.NN`. Where a rate was asked for, the ratio is of p50. */
export function lineOfCase(result: CaseResult): string {
  const { engine, rate } = result;
  const of = (figure: (one: Measured) => number): number => median(engine.map(figure));
  const rates = engine.map(({ deliveriesPerSecond }) => deliveriesPerSecond);
  const ratio = ratioOf(result, (one) => (rate === null ? one.deliveriesPerSecond : one.acceptToReceive.p50));
  const parts =
    engine.length === 0
      ? []
      : [
          `${whole(median(rates))} deliveries/s (${whole(Math.min(...rates))}–${whole(Math.max(...rates))})`,
          `p50 ${ms(of((one) => one.acceptToReceive.p50))}`,
          `p99 ${ms(of((one) => one.acceptToReceive.p99))}`,
          `CPU ${whole(of((one) => one.cpuMicros))} µs`,
          ...(Number.isNaN(ratio) ? [] : [`ratio ${ratio.toFixed(2)}${rate === null ? '' : ' (p50)'}`]),
        ];
  return [result.case, ...parts, ...result.figures.map(lineOfFigure)].join(', ');
}

export function lineOfFigure({ name, unit, values }: Figure): string {
  const said = (value: number): string =>
    Number.isInteger(value) || Math.abs(value) >= 100 ? whole(value) : value.toFixed(2);
  const spread = values.length > 1 ? ` (${said(Math.min(...values))}–${said(Math.max(...values))})` : '';
  return `${name} ${said(median(values))}${unit === '' ? '' : ` ${unit}`}${spread}`;
}
