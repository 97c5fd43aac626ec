/**
 * The text with a unified diff of one file applied; an empty diff changes nothing. Throws where a line that the diff
 * expects is not there: a patch must fit its page to the letter, or somebody has changed one of the two.
 */
export function applyUnifiedDiff(text: string, diff: string): string {
  const before = text.split('\n');
  const after: string[] = [];
  let at = 0;
  const take = (expected: string): string => {
    const line = before[at];
    if (line !== expected) {
      throw new Error(
        `the patch expects ${JSON.stringify(expected)} in line ${at + 1}, not ${JSON.stringify(line)}`,
      );
    }
    at += 1;
    return line;
  };
  for (const line of diff.split('\n')) {
    const hunk = /^@@ -(\d+)/.exec(line);
    if (hunk !== null) {
      const start = Number(hunk[1]) - 1;
      after.push(...before.slice(at, start));
      at = start;
    } else if (line.startsWith(' ')) after.push(take(line.slice(1)));
    else if (line.startsWith('-') && !line.startsWith('--- ')) take(line.slice(1));
    else if (line.startsWith('+') && !line.startsWith('+++ ')) after.push(line.slice(1));
  }
  return [...after, ...before.slice(at)].join('\n');
}
