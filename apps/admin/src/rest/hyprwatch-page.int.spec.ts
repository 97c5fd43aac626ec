import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AdminWorld } from '../../fixtures/admin-world.ts';

/** The page's own line, to the letter. */
const PAGE = String.raw`curl -X POST https://hyprwatch.cloud/api/v1/webhooks \
-H "Authorization: Bearer hw_live_xxx" \
-H "Content-Type: application/json" \
-d '{
"url": "https://your-app.com/webhook",
"events": ["host.enrolled", "host.online", "host.offline"]
}'`;

let world: AdminWorld;
let origin: string;
let key: string;

const shell = async (line: string): Promise<string> =>
  (await promisify(execFile)('sh', ['-c', line.replace('curl ', 'curl -sS --noproxy "*" ')])).stdout;
const here = (line: string): string =>
  line.replace('https://hyprwatch.cloud', origin).replace('hw_live_xxx', key);

describe('the Hyprwatch page', () => {
  beforeAll(async () => {
    world = await AdminWorld.start();
    await world.app.listen(0, '127.0.0.1');
    origin = await world.app.getUrl();
    ({ key } = await world.tenant('hyprwatch'));
  });

  afterAll(() => world.close());

  it('works as it is written, but for host and key', async () => {
    expect(key).toMatch(/^hw_live_/);
    const answer = JSON.parse(await shell(here(PAGE))) as Record<string, unknown>;
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^wh_/),
      url: 'https://your-app.com/webhook',
      events: ['host.enrolled', 'host.online', 'host.offline'],
      secret: expect.stringMatching(/^whsec_/),
      active: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('HW-4: lists, shows, changes, rotates and deletes at the paths it names', async () => {
    const id = await world.webhook(key);
    const call = async (method: string, path: string, data = ''): Promise<string> => {
      const body = data === '' ? '' : `-H "Content-Type: application/json" -d '${data}'`;
      const auth = '-H "Authorization: Bearer hw_live_xxx"';
      const line = `curl -w '%{http_code}' -X ${method} https://hyprwatch.cloud/api/v1${path} ${auth} ${body}`;
      return shell(here(line));
    };
    expect(await call('GET', '/webhooks')).toMatch(/200$/);
    expect(await call('GET', `/webhooks/${id}`)).toMatch(/"deliveries".*200$/);
    expect(await call('PATCH', `/webhooks/${id}`, '{"active":false}')).toMatch(/"active":false.*200$/);
    expect(await call('PUT', `/webhooks/${id}`, '{"events":["host.online"]}')).toMatch(/200$/);
    expect(await call('POST', `/webhooks/${id}/rotate-secret`)).toMatch(/"secret":"whsec_.*200$/);
    const bare = `curl -w '%{http_code}' -X POST https://hyprwatch.cloud/api/v1/webhooks/${id}/rotate-secret`;
    const headers = '-H "Authorization: Bearer hw_live_xxx" -H "Content-Type: application/json"';
    expect(await shell(here(`${bare} ${headers}`))).toMatch(/200$/);
    expect(await shell(here(`${bare} ${headers} -d ''`))).toMatch(/200$/);
    expect(await call('DELETE', `/webhooks/${id}`)).toBe('204');
  });
});
