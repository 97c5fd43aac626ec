import { dataOf, type Api } from '../api/api-client.ts';
import type { Replay } from '../api/schema.ts';

/** All jobs that the credential may see, oldest first. They stand in the control table, so reading them asks no database. */
export async function allReplays(api: Api, signal: AbortSignal): Promise<readonly Replay[]> {
  const jobs: Replay[] = [];
  let after: string | null = null;
  do {
    const page: { data: Replay[]; next: string | null } = await dataOf(
      api.GET('/api/v1/replays', {
        signal,
        params: { query: { limit: '100', ...(after === null ? {} : { after }) } },
      }),
    );
    jobs.push(...page.data);
    after = page.next;
  } while (after !== null);
  return jobs;
}
