import { decodeProcess, type Log, type ProcessReport } from '#log';

/** Three reports in a row that did not come: gone. */
const SILENT_MS = 7_000;
/** Of the end of the topic: the last seconds of more than a hundred processes. */
const LAST_RECORDS = 512;
/** For all who ask meanwhile. */
const FRESH_MS = 1_000;

/**
 * The processes that have told of themselves within the last seconds, by role and age. Reads the end of `processes` when somebody
 * asks, once a second at most: nothing is followed while nobody looks. Rejects where the log does not answer.
 */
export function recentProcesses(
  log: Pick<Log, 'read' | 'endOffsets' | 'now'>,
): () => Promise<readonly ProcessReport[]> {
  let asked: Promise<readonly ProcessReport[]> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (asked === undefined || now - askedAt > FRESH_MS) {
      askedAt = now;
      asked = readRecent(log);
      asked.catch(() => {
        asked = undefined;
      });
    }
    return asked;
  };
}

async function readRecent(log: Pick<Log, 'read' | 'endOffsets' | 'now'>): Promise<readonly ProcessReport[]> {
  const [end = 0] = await log.endOffsets('processes');
  const latest = new Map<string, ProcessReport>();
  const silentSince = log.now() - SILENT_MS;
  for await (const records of log.read('processes', 0, Math.max(0, end - LAST_RECORDS), end)) {
    for (const record of records) {
      const decoded = decodeProcess(record);
      if (!decoded.ok) continue;
      latest.delete(decoded.value.id);
      // By the log's clock: those of processes may differ.
      if (record.appendedAt > silentSince && !decoded.value.isEnding)
        latest.set(decoded.value.id, decoded.value);
    }
  }
  return [...latest.values()].toSorted(
    (a, b) => a.role.localeCompare(b.role) || a.startedAt - b.startedAt || a.id.localeCompare(b.id),
  );
}
