/** `npm run screens`: every screen of the page in light, dark and phone width, as docs/screens shows them. */
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { makeDataFolder } from '../../support/data-folder.ts';
import { StandaloneProcess } from '../../support/standalone-process.ts';
import { openChromium } from '../support/chromium.ts';
import { TellingServer } from '../support/telling-server.ts';
import { desk, night, phone, Visit } from '../support/visit.ts';
import { setScene, type Scene } from './scene.ts';

const OUT = new URL('../../../docs/screens/', import.meta.url).pathname;
/** The slowest schedule ends meanwhile, so that the endpoint which never answers well is disabled; and there is a chart to see. */
const AFTER_MS = 120_000;

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly token: string;
  /** Once the page stands. */
  readonly prepare?: (page: Page) => Promise<void>;
}

function screens(scene: Scene, key: string): readonly Screen[] {
  const { watch, acme, spell, without } = scene;
  const endpoint = (path: string): string => `/portal/endpoints/${watch.webhooks[path] ?? ''}`;
  const open = async (page: Page): Promise<void> => {
    await page
      .getByRole('button', { name: /^Open the delivery/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Attempt 1').first().waitFor();
  };
  return [
    { name: 'sign-in', path: '/portal', token: '' },
    { name: 'portal-endpoints', path: '/portal', token: watch.token },
    { name: 'portal-endpoint', path: endpoint('/orders'), token: watch.token },
    { name: 'portal-endpoint-disabled', path: endpoint('/legacy'), token: watch.token },
    {
      name: 'portal-unsaved',
      path: endpoint('/warehouse'),
      token: watch.token,
      prepare: async (page) => {
        await page.getByRole('checkbox', { name: 'Host goes offline' }).uncheck();
        await page.getByText('You have unsaved changes').waitFor();
      },
    },
    { name: 'portal-new-endpoint', path: '/portal/endpoints/new', token: watch.token },
    { name: 'portal-deliveries', path: '/portal/deliveries', token: watch.token },
    { name: 'portal-delivery', path: endpoint('/flaky'), token: watch.token, prepare: open },
    {
      name: 'portal-verify',
      path: endpoint('/orders'),
      token: watch.token,
      prepare: async (page) => {
        await open(page);
        await page.getByText('Verify this signature', { exact: true }).click();
        await page.getByRole('dialog').getByText('createHmac').first().waitFor();
      },
    },
    {
      name: 'portal-recover',
      path: endpoint('/orders'),
      token: watch.token,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Recover failed' }).click();
        await page.getByRole('dialog').getByText('Since').first().waitFor();
      },
    },
    {
      name: 'portal-regenerate',
      path: endpoint('/orders'),
      token: watch.token,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Regenerate Secret', exact: true }).click();
        await page.getByRole('dialog').waitFor();
      },
    },
    { name: 'portal-replays', path: '/portal/replays', token: watch.token },
    {
      name: 'portal-response-is-text',
      path: `/portal/endpoints/${acme.webhooks['/staging'] ?? ''}`,
      token: acme.token,
      prepare: open,
    },
    {
      name: 'portal-no-secret',
      path: `/portal/endpoints/${spell.webhooks['/orders'] ?? ''}`,
      token: spell.token,
    },
    { name: 'portal-plan', path: '/portal', token: without.token },
    { name: 'ops-overview', path: '/ops', token: key },
    { name: 'ops-quarantine', path: '/ops/quarantine', token: key },
    { name: 'ops-replays', path: '/ops/replays', token: key },
    { name: 'ops-audit', path: '/ops/audit', token: key },
    { name: 'ops-tenants', path: '/ops/tenants', token: key },
    { name: 'ops-catalogue', path: '/ops/catalogue', token: key },
  ];
}

const receiver = new TellingServer();
const folder = await makeDataFolder('screens');
const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, HYPERHOOK_TIME_SCALE: '0.002' });
const browser = await openChromium();
try {
  await receiver.open();
  await engine.start();
  const scene = await setScene(engine, receiver);
  await delay(AFTER_MS);
  const replay = { what: 'failed', filter: { webhook: scene.watch.webhooks['/legacy'] } };
  await engine.call('POST', `/replays?tenant=${scene.watch.tenant}`, replay);
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const [look, suffix] of [
    [desk, 'light'],
    [night, 'dark'],
    [phone, 'phone'],
  ] as const) {
    for (const screen of screens(scene, engine.rootKey)) {
      const visit = await Visit.begin(browser, engine.url, look);
      try {
        await visit.open(screen.path, screen.token);
        await visit.page.getByRole('heading').first().waitFor();
        await visit.page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
        await screen.prepare?.(visit.page);
        // Charts and drawers come to rest.
        await delay(600);
        await visit.page.screenshot({ path: `${OUT}${screen.name}-${suffix}.png` });
        process.stdout.write(`${screen.name}-${suffix}\n`);
      } catch (error) {
        process.exitCode = 1;
        process.stderr.write(`${screen.name}-${suffix}: ${String(error)}\n`);
      } finally {
        await visit.end();
      }
    }
  }
  await scene.end();
} finally {
  await browser.close();
  await engine.stop();
  await folder.remove();
  await receiver.close();
}
