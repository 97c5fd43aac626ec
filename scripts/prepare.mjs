/**
 * What `npm run demo` and `npm start` need on a fresh clone, with only Node ≥ 20 and npm on the machine: the packages,
 * the pinned Node among them, and a build of the sources as they are now.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/**
 * What Node and its allocator are told for every process of the engine, wherever it is started (the image repeats it): to hold
 * no more memory than a delivery needs (decision 0024).
 */
export const runtime = () => JSON.parse(readFileSync(join(root, 'runtime.json'), 'utf8'));
const apps = ['standalone', 'ingestion', 'dispatcher', 'projector', 'admin', 'cli'];
const bundles = [...apps.map((app) => `dist/apps/${app}/main.js`), 'dist/apps/dashboard/index.html'].map(
  (file) => join(root, file),
);
const pinnedNode = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

function run(what, command, args, onFailure = () => {}) {
  // Not where programs read what the command line answers.
  process.stderr.write(`${what} …\n`);
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status === 0) return;
  onFailure();
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n${what} failed\n`);
  process.exit(1);
}

/** True also where the first is missing: packages of an earlier checkout are not those of this one. */
const isOlder = (one, other) =>
  !existsSync(join(root, one)) || statSync(join(root, one)).mtimeMs < statSync(join(root, other)).mtimeMs;

const newest = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|css|html)$/.test(entry.name))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

/** Installs what is missing; gives the path of the pinned Node. */
export function install() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    process.stderr.write(`Node ${process.versions.node} is too old; 20.19 or newer is needed\n`);
    process.exit(1);
  }
  if (!existsSync(pinnedNode) || isOlder('node_modules/.package-lock.json', 'package-lock.json'))
    run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund']);
  return pinnedNode;
}

/** The same, and builds what is older than its sources. */
export function prepare() {
  const node = install();
  const built = Math.min(...bundles.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
  if (built < Math.max(newest('apps'), newest('libs'))) {
    // A build that fails may leave a bundle behind, which would pass for a new one at the next start.
    const remove = () => bundles.forEach((file) => rmSync(file, { force: true }));
    remove();
    run('Building', 'npm', ['run', '--silent', 'build'], remove);
  }
  return node;
}
