import { describe, expect, it } from '@jest/globals';
import { enginePicture, fillOf, streamWidth, type Box, type EnginePicture } from './engine-picture.ts';

const outer = (picture: EnginePicture): readonly Box[] => [
  picture.events,
  picture.attempts,
  picture.delivered,
  picture.held,
  picture.quarantine,
  picture.rail,
];
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const within = (a: Box, b: Box) =>
  a.x >= b.x &&
  a.y >= b.y &&
  a.x + a.width <= b.x + b.width + 0.01 &&
  a.y + a.height <= b.y + b.height + 0.01;
const numbers = (path: string) => [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([text]) => Number(text));

describe.each([300, 326, 500, 720, 900, 1_200, 1_600])('the picture of the engine at %d px', (width) => {
  const picture = enginePicture(width, 7);
  const sheet = { x: 0, y: 0, width, height: picture.height };

  it('has everything within it, and nothing over another', () => {
    const boxes = outer(picture);
    for (const [index, box] of boxes.entries()) {
      expect(within(box, sheet)).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(apart(box, other)).toBe(true);
    }
  });

  it('has a drawer for each tier, in order, within what holds them', () => {
    expect(picture.tiers).toHaveLength(7);
    for (const [index, box] of picture.tiers.entries()) {
      expect(within(box, picture.rail)).toBe(true);
      for (const other of picture.tiers.slice(index + 1)) {
        expect(apart(box, other)).toBe(true);
        expect(other.x > box.x || other.y > box.y).toBe(true);
      }
    }
  });

  it('has room to be read', () => {
    for (const box of outer(picture)) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(56);
    for (const box of picture.tiers) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(34);
  });

  it('draws each way, with numbers that are some', () => {
    for (const path of Object.values(picture.wires)) {
      expect(path).toMatch(/^M/);
      for (const number of numbers(path)) expect(Number.isFinite(number)).toBe(true);
    }
  });
});

describe('the picture of the engine', () => {
  it('goes from left to right where there is room, and downwards where there is none', () => {
    const wide = enginePicture(1_200, 7);
    expect(wide.events.x).toBeLessThan(wide.attempts.x);
    expect(wide.attempts.x).toBeLessThan(wide.delivered.x);
    const narrow = enginePicture(326, 7);
    expect(narrow.events.y).toBeLessThan(narrow.attempts.y);
    expect(narrow.attempts.y).toBeLessThan(narrow.delivered.y);
  });

  it('draws a wider stream for more, never none and never a flood', () => {
    const widths = [0, 0.01, 1, 100, 10_000, 1e9].map(streamWidth);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths[0]).toBeGreaterThan(0);
    expect(Math.max(...widths)).toBeLessThan(10);
  });

  it('shows one delivery beside thousands, and nothing where there is none', () => {
    expect(fillOf(0, 5_000)).toBe(0);
    expect(fillOf(0, 0)).toBe(0);
    expect(fillOf(1, 5_000)).toBeGreaterThan(0.1);
    expect(fillOf(5_000, 5_000)).toBe(1);
  });
});
