import { describe, expect, it } from '@jest/globals';
import { inertJson } from './inert.ts';
import { Output, type OutputKind } from './output.ts';
import { card, table, type Column } from './table.ts';
import { cutTo, textWidth } from './text-width.ts';

interface Row {
  readonly id: string;
  readonly name: string;
}
const columns: readonly Column<Row>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'name', of: ({ name }) => name },
];
const hostile = 'a\u001b[31mred\u001b]0;title\u0007\nb\u009b2J\u202etxt\r\u2066';

const shown = (kind: OutputKind, show: (output: Output) => void, width?: number): string => {
  let text = '';
  const stream = {
    write: (more: string) => (text += more),
    ...(width === undefined ? {} : { columns: width }),
  };
  show(new Output(kind, stream));
  return text;
};

describe('a table', () => {
  it('lines columns up under their heads', () => {
    expect(
      table(
        columns,
        [
          { id: 'wh_1', name: 'one' },
          { id: 'wh_22', name: '' },
        ],
        80,
      ),
    ).toBe('id     name\nwh_1   one\nwh_22  –');
  });

  it.each([20, 40, 80])('is never wider than %i cells, whatever stands in it', (width) => {
    const rows = [
      { id: 'x'.repeat(300), name: '漢字'.repeat(100) },
      { id: 'y', name: '😀'.repeat(40) },
    ];
    for (const line of table(columns, rows, width).split('\n'))
      expect(textWidth(line)).toBeLessThanOrEqual(width);
    for (const line of card([['name', rows[0]!.name]], width).split('\n')) {
      expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('cuts what is too long where people see it', () => {
    expect(cutTo('wh_9cj6kvw9t4xygd8qwf8q', 8)).toBe('wh_9cj6…');
    expect(cutTo('漢字漢字', 5)).toBe('漢字…');
    expect(cutTo('short', 5)).toBe('short');
  });
});

describe('text of strangers', () => {
  it('is inert in a table: one line, and nothing that a terminal obeys', () => {
    const text = table(columns, [{ id: 'wh_1', name: hostile }], 80);
    expect(text.split('\n')).toHaveLength(2);
    // oxlint-disable-next-line no-control-regex -- none of these may be left
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain('red');
  });

  it('is inert in JSON, which stays the same JSON', () => {
    const text = inertJson({ hostile });
    expect(text).not.toMatch(/[\u007f-\u009f\u202e\u2066]/);
    // oxlint-disable-next-line no-control-regex -- JSON itself escapes this one
    expect(text).not.toMatch(/\u001b/);
    expect(JSON.parse(text)).toEqual({ hostile });
  });
});

describe('an output', () => {
  const rows = [
    { id: 'wh_1', name: 'one' },
    { id: 'wh_2', name: 'two' },
  ];

  it('shows the same things as a table, as JSON, or as ids', () => {
    const show = (output: Output) => output.rows(rows, columns);
    expect(shown('table', show)).toContain('wh_1  one');
    expect(JSON.parse(shown('json', show))).toEqual(rows);
    expect(shown('quiet', show)).toBe('wh_1\nwh_2\n');
  });

  it('says that there is nothing, to people', () => {
    const show = (output: Output) => output.rows([], columns);
    expect(shown('table', show)).toBe('none\n');
    expect(shown('json', show)).toBe('[]\n');
    expect(shown('quiet', show)).toBe('');
  });

  it('gives one thing whole to programs, and what comes next to shells', () => {
    const show = (output: Output) => output.one({ id: 'key_1', key: 'hw_x' }, [['key', 'hw_x']], 'hw_x');
    expect(JSON.parse(shown('json', show))).toEqual({ id: 'key_1', key: 'hw_x' });
    expect(shown('quiet', show)).toBe('hw_x\n');
    expect(shown('quiet', (output) => output.done('gone', { id: 'x' }))).toBe('');
    expect(shown('table', (output) => output.done('gone', { id: 'x' }))).toBe('gone\n');
  });
});
