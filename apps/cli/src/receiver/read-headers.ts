import { UsageError } from '../usage-error.ts';

/**
 * Headers as people keep them: lines of `Name: value` (a request line before them does no harm), or a JSON object. Gives
 * names in lower case. A name that stands twice is joined as HTTP says.
 */
export function readHeaders(text: string, file: string): Readonly<Record<string, string>> {
  const found = text.trimStart().startsWith('{') ? jsonEntries(text, file) : lineEntries(text, file);
  const headers: Record<string, string> = {};
  for (const [name, value] of found) {
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return headers;
}

function lineEntries(text: string, file: string): readonly (readonly [string, string])[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (line === '' || (at === 0 && /^([A-Z]+ \S+ )?HTTP\/[\d.]+/.test(line))) return [];
    const colon = line.indexOf(':');
    if (colon < 1) throw new UsageError(`${file}: line ${at + 1} is no header; write "Name: value"`);
    return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
  });
}

function jsonEntries(text: string, file: string): readonly (readonly [string, string])[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is neither lines of headers nor JSON: ${(error as Error).message}`);
  }
  return Object.entries(value as object).map(([name, given]) => [name, String(given)] as const);
}
