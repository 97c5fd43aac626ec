import { describe, expect, it } from '@jest/globals';
import { newId } from './new-id.ts';

describe('ids that the engine makes', () => {
  it('have their prefix and 20 signs, and use every sign equally often over all bytes', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const id = newId('wh_', (bytes) => new Uint8Array(bytes).fill(byte));
      expect(id).toMatch(/^wh_[0-9a-z]{20}$/);
      counts.set(id.at(-1)!, (counts.get(id.at(-1)!) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
  });
});
