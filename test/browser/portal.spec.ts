import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import type { Browser, Page } from 'playwright-core';
import { StandaloneEngine } from '../support/standalone-engine.ts';
import { openChromium } from './support/chromium.ts';
import { TellingServer } from './support/telling-server.ts';
import { desk, night, phone, Visit } from './support/visit.ts';

/** Waits of 1 min, 5 min, 30 min and 2 h become 0.12, 0.6, 3.6 and 14.4 s. */
const TIME_SCALE = '0.002';
const TENANT = 'watcher';
const SECONDS = 1_000;

/** A page that wants to be more than text. */
const HOSTILE = [
  '<img src=x onerror="window.hurt = true">',
  '<script>window.hurt = true</script>',
  '</pre><svg onload="window.hurt = true"><a href="javascript:window.hurt=true">click</a>',
  '\u202Egnp.exe\u0000\u0007',
].join('\n');

interface Webhook {
  readonly id: string;
  readonly status: string;
}

/** What a replay would do. */
interface Plan {
  readonly total: number;
  readonly up_to_date: boolean;
}

interface Contract {
  readonly id: string;
  readonly event_types: readonly { readonly type: string; readonly sample: object }[];
}

/** The customer's pages in a real browser, over the real engine, in the contract of Hyprwatch. */
describe('the portal', () => {
  let engine: StandaloneEngine;
  let browser: Browser;
  let token: string;
  let visit: Visit;
  let samples: ReadonlyMap<string, object>;
  const receiver = new TellingServer();

  beforeAll(async () => {
    browser = await openChromium();
    await receiver.open();
    engine = await StandaloneEngine.open('portal-page', { HYPERHOOK_TIME_SCALE: TIME_SCALE });
    await engine.start();
    await engine.must('POST', '/tenants', { id: TENANT, name: 'Watcher Inc.', contract: 'hyprwatch' });
    const { data } = await engine.must<{ data: Contract[] }>('GET', '/contracts');
    const types = data.find(({ id }) => id === 'hyprwatch')?.event_types ?? [];
    samples = new Map(types.map(({ type, sample }) => [type, sample]));
    const portal = { expires_in_seconds: 3_600, reveal_secrets: true };
    ({ token } = await engine.must<{ token: string }>('POST', `/tenants/${TENANT}/portal-tokens`, portal));
  }, 180 * SECONDS);

  afterEach(async () => {
    const complaints = visit?.complaints ?? [];
    await visit?.end();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await engine?.remove();
    await receiver.close();
  }, 60 * SECONDS);

  const come = async (path: string, look = desk): Promise<Page> => {
    visit = await Visit.begin(browser, engine.urlFor(), look);
    await visit.open(path, token);
    return visit.page;
  };
  const endpoint = (path: string, events: readonly string[] = []): Promise<Webhook> =>
    engine.must('POST', `/webhooks?tenant=${TENANT}`, { url: `${receiver.url}${path}`, events });
  /** A sample of the type, with what the test wants to find in it. */
  const publish = (type: string, data: object = {}): Promise<{ id: string }> =>
    engine.must('POST', '/events', { tenant: TENANT, type, data: { ...samples.get(type), ...data } });
  const seen = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

  it(
    'makes an endpoint: the URL is checked as it is typed, and its secret is shown once it is saved',
    async () => {
      const page = await come('/portal');
      expect(page.url()).not.toContain(token);
      await page.getByRole('link', { name: 'Add endpoint' }).first().click();
      const url = page.getByLabel('Webhook URL');
      await url.fill('ftp://example.com/');
      await seen(page, 'The URL must begin with https://');
      await url.fill('https://user@example.com/');
      await seen(page, 'Take the user name out');
      await url.fill(`${receiver.url.replace('127.0.0.1', '127.1')}/a/../made`);
      await seen(page, `${receiver.url}/made`);
      await page.getByRole('checkbox', { name: 'Host goes offline' }).check();
      await page.getByRole('button', { name: 'Save endpoint' }).click();
      await seen(page, 'This is the secret of your new endpoint.');
      const secret = (await page.getByTestId('secret').textContent()) ?? '';
      await page.getByRole('button', { name: 'Copy secret' }).click();
      await eventually(async () => expect(await visit.pasted()).toBe(secret));
      const { data } = await engine.must<{ data: (Webhook & { events: string[]; url: string })[] }>(
        'GET',
        `/webhooks?tenant=${TENANT}`,
      );
      expect(data).toMatchObject([
        { url: `${receiver.url}/made`, events: ['host.offline'], status: 'active' },
      ]);
      const told = await engine.must<{ secret: string }>(
        'POST',
        `/webhooks/${data[0]!.id}/reveal-secret?tenant=${TENANT}`,
      );
      expect(JSON.stringify(told)).toContain(secret);
    },
    60 * SECONDS,
  );

  it(
    'keeps changes apart until they are saved, and sends a test only of what is saved',
    async () => {
      const { id } = await endpoint('/edited', ['host.online']);
      const page = await come(`/portal/endpoints/${id}`);
      const test = page.getByRole('button', { name: 'Send Test Event' });
      await page.getByRole('checkbox', { name: 'Host comes online' }).uncheck();
      await seen(page, 'You took away the last one.');
      await seen(page, 'You have unsaved changes');
      expect(await test.getAttribute('aria-disabled')).toBe('true');
      await test.click({ force: true });
      expect(receiver.at('/edited')).toEqual([]);
      await page.getByRole('link', { name: 'Endpoints' }).first().click();
      await seen(page, 'Leave without saving?');
      await page.getByRole('button', { name: 'Stay' }).click();
      await page.getByRole('checkbox', { name: 'Query finishes' }).check();
      await page.getByRole('button', { name: 'Save Settings' }).click();
      await page.getByText('You have unsaved changes').waitFor({ state: 'detached' });
      expect(await engine.must('GET', `/webhooks/${id}?tenant=${TENANT}`)).toMatchObject({
        events: ['query.completed'],
      });
      await test.click();
      await seen(page, /^200 in /);
      expect(receiver.at('/edited')).toHaveLength(1);
    },
    60 * SECONDS,
  );

  it(
    'shows a delivery fail, wait for its next try and recover, without being loaded again',
    async () => {
      receiver.says('/flaky', { status: 503, body: 'down for maintenance' });
      const { id } = await endpoint('/flaky', ['host.enrolled']);
      const page = await come(`/portal/endpoints/${id}`);
      await seen(page, 'Nothing was sent yet');
      await publish('host.enrolled');
      const row = page.getByRole('row', { name: /host\.enrolled/ });
      await row.getByText('503').waitFor();
      await row.getByText('next try').waitFor();
      receiver.says('/flaky', { status: 200 });
      await row.getByText('delivered').waitFor({ timeout: 40 * SECONDS });
      await row.getByRole('button', { name: 'Open the delivery of host.enrolled' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Attempt 1').first().waitFor();
      await drawer
        .getByText(/retry\.1m/)
        .first()
        .waitFor();
      expect(page.url()).toContain('delivery=');
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
    },
    90 * SECONDS,
  );

  it(
    'tells why an endpoint was disabled, and enabling it sends what was held',
    async () => {
      receiver.says('/down', { status: 500, body: 'out of order' });
      const { id } = await endpoint('/down', ['host.offline', 'host.online']);
      const page = await come(`/portal/endpoints/${id}`);
      await page.getByRole('heading', { name: /down/ }).waitFor();
      await publish('host.offline');
      await page.getByText('Disabled by the engine').waitFor({ timeout: 60 * SECONDS });
      await seen(page, 'All attempts of a delivery failed.');
      await publish('host.online');
      await seen(page, '1 delivery is held until you decide.');
      // What cannot be taken back is asked first, and nothing has happened where the answer is no.
      await page.getByRole('button', { name: 'Enable and discard what is held' }).click();
      const dialog = page.getByRole('dialog');
      await page.route('**/enable', (route) => route.abort());
      await dialog.getByRole('button', { name: 'Discard', exact: true }).click();
      await dialog.getByRole('alert').waitFor();
      await page.unroute('**/enable');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await seen(page, '1 delivery is held until you decide.');
      receiver.says('/down', { status: 200 });
      await page.getByRole('button', { name: 'Enable and send 1 held' }).click();
      await page.getByText('Disabled by the engine').waitFor({ state: 'detached' });
      const released = page.getByRole('row', { name: /host\.online/ });
      await released.getByText('delivered').waitFor();
      await released.getByText('Release').waitFor();
    },
    120 * SECONDS,
  );

  it(
    'ends a replay after asking, and not where the answer is no',
    async () => {
      const missed = 40;
      for (let n = 0; n < missed; n += 1) await publish('host.online');
      const { id: webhook } = await endpoint('/missed', ['host.online']);
      const asks = { what: 'missed', filter: { webhook } };
      await eventually(async () => {
        const plan = { ...asks, dry_run: true };
        const { total, up_to_date: isUpToDate } = await engine.must<Plan>('POST', '/replays', plan);
        expect([isUpToDate, total >= missed]).toEqual([true, true]);
      });
      const { id } = await engine.must<{ id: string }>('POST', '/replays', { ...asks, rate: 1 });
      const state = async () => (await engine.must<{ state: string }>('GET', `/replays/${id}`)).state;
      const page = await come('/portal/replays');
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await dialog.getByText('End this replay?').waitFor();
      await dialog.getByRole('button', { name: 'Let it run' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await state()).toBe('running');
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await dialog.getByRole('button', { name: 'End it' }).click();
      await seen(page, 'Stopped');
      expect(await state()).toBe('cancelled');
      expect(receiver.at('/missed').length).toBeLessThan(missed);
    },
    60 * SECONDS,
  );

  it(
    'regenerates the secret after asking, and copies the new one',
    async () => {
      const { id } = await endpoint('/turned', ['host.enrolled']);
      const page = await come(`/portal/endpoints/${id}`);
      await page.getByRole('button', { name: 'Show the secret' }).click();
      const before = await page.getByTestId('secret').textContent();
      await page.getByRole('button', { name: 'Regenerate Secret', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Regenerate Secret' }).click();
      await seen(page, 'This is the new secret.');
      const after = await page.getByTestId('secret').first().textContent();
      expect(after).not.toBe(before);
      await page.getByRole('button', { name: 'Copy secret' }).first().click();
      await eventually(async () => expect(await visit.pasted()).toBe(after));
    },
    60 * SECONDS,
  );

  it(
    'keeps filters in the address, which shows somebody else the same',
    async () => {
      receiver.says('/mixed', { status: 404 });
      const { id } = await endpoint('/mixed', ['query.completed', 'host.enrolled']);
      await publish('query.completed');
      await eventually(() => expect(receiver.at('/mixed').length).toBeGreaterThan(0));
      receiver.says('/mixed', { status: 200 });
      await publish('host.enrolled');
      await eventually(() => expect(receiver.at('/mixed').length).toBeGreaterThan(1));
      const page = await come(`/portal/endpoints/${id}`);
      const rows = page.getByRole('table').last().getByRole('row');
      await eventually(async () => expect(await rows.count()).toBe(3));
      await page
        .getByRole('combobox', { name: 'Any event' })
        .or(page.getByLabel('Any event'))
        .first()
        .click();
      await page.getByRole('option', { name: 'Query finishes' }).click();
      await eventually(async () => expect(await rows.count()).toBe(2));
      expect(page.url()).toContain('type=query.completed');
      const shared = page.url().replace(/^.*\/ui/, '');
      await visit.end();
      const other = await come(shared);
      const shown = other.getByRole('table').last().getByRole('row');
      await eventually(async () => expect(await shown.count()).toBe(2));
      await shown.last().getByText('query.completed').first().waitFor();
    },
    60 * SECONDS,
  );

  it(
    'shows what an endpoint answered as text, whatever it says',
    async () => {
      receiver.says('/hostile', {
        status: 200,
        body: HOSTILE,
        headers: { 'x-evil': '<b onclick=alert(1)>' },
      });
      const { id } = await endpoint('/hostile', ['host.enrolled']);
      await publish('host.enrolled', { hostname: '<script>window.hurt = true</script>' });
      await eventually(() => expect(receiver.at('/hostile')).toHaveLength(1));
      const page = await come(`/portal/endpoints/${id}`);
      await page.getByRole('button', { name: 'Open the delivery of host.enrolled' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Attempt 1').first().waitFor();
      await drawer.getByText('Response', { exact: true }).first().click();
      await drawer.getByText('onerror="window.hurt = true"', { exact: false }).first().waitFor();
      expect(await page.evaluate('window.hurt')).toBeUndefined();
      const made = await drawer.evaluate(
        (whole) => whole.querySelectorAll('img, script, svg[onload], a[href^="javascript:"]').length,
      );
      expect(made).toBe(0);
      await drawer.getByText('Request', { exact: true }).first().click();
      const sent = receiver.at('/hostile')[0]!.toString();
      await eventually(async () => expect(await drawer.textContent()).toContain(sent));
    },
    60 * SECONDS,
  );

  it.each([
    ['in daylight', desk],
    ['in the dark', night],
    ['on a phone', phone],
  ])(
    'keeps nobody out %s, and fits',
    async (_, look) => {
      const { id } = await endpoint(`/looked-at-${look.width}-${look.colours}`, ['host.enrolled']);
      await publish('host.enrolled');
      const page = await come('/portal', look);
      const paths = [
        '/portal',
        '/portal/endpoints/new',
        `/portal/endpoints/${id}`,
        '/portal/deliveries',
        '/portal/replays',
      ];
      for (const path of paths) {
        await visit.open(path, token);
        await page
          .getByRole('heading', { level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first()
          .waitFor();
        await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
        expect([path, await visit.barriers()]).toEqual([path, []]);
        expect([path, await visit.overflow()]).toEqual([path, 0]);
      }
      await visit.open(`/portal/endpoints/${id}`, token);
      await page.getByRole('button', { name: 'Open the delivery of host.enrolled' }).first().click();
      await page.getByRole('dialog').getByText('Attempt 1').first().waitFor();
      expect(await visit.barriers()).toEqual([]);
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      const [red = 0] = /\d+/.exec(String(background))?.map(Number) ?? [];
      expect(red < 100).toBe(look.colours === 'dark');
    },
    120 * SECONDS,
  );

  it(
    'says so where its access has ended, and asks for another',
    async () => {
      const { id, key } = await engine.must<{ id: string; key: string }>('POST', '/keys', {
        name: 'short-lived',
        tenant: TENANT,
        scopes: ['endpoints:read', 'deliveries:read'],
      });
      visit = await Visit.begin(browser, engine.urlFor());
      await visit.open('/portal', key);
      await visit.page.getByRole('heading', { name: 'Endpoints' }).first().waitFor();
      await engine.must('DELETE', `/keys/${id}`);
      await visit.page.getByRole('button', { name: /sign in/i }).waitFor();
    },
    60 * SECONDS,
  );
});
