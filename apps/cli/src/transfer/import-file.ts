import { UsageError } from '../usage-error.ts';

/** A line of an import file: the text as it stands there, and what is looked at of it. */
export interface FileLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly kind: unknown;
  readonly id: unknown;
  readonly tenant: unknown;
}

/** All lines of a file, checked as far as that can be done here, so that a cut or mistyped file is told before anything is sent. */
export function readImportFile(text: string, file: string): readonly FileLine[] {
  const lines: FileLine[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parsed(line, `${file}: line ${at + 1}`);
    if (value['kind'] === 'end') checkEnd(value, lines, file);
    else
      lines.push({
        number: at + 1,
        text: line,
        kind: value['kind'],
        id: value['id'],
        tenant: value['tenant'],
      });
  }
  if (lines.length === 0) throw new UsageError(`${file} holds no lines`);
  return lines;
}

function parsed(line: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UsageError(`${where} is no JSON object`);
}

function checkEnd(end: Readonly<Record<string, unknown>>, lines: readonly FileLine[], file: string): void {
  for (const [kind, name] of [
    ['tenant', 'tenants'],
    ['key', 'keys'],
    ['webhook', 'webhooks'],
  ] as const) {
    const found = lines.filter((line) => line.kind === kind).length;
    if (end[name] === found) continue;
    throw new UsageError(
      `${file} holds ${found} ${name}, and says itself that there were ${String(end[name])}; where lines were taken out on purpose, take out the one with "end" too`,
    );
  }
}
