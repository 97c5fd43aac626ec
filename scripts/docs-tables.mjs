#!/usr/bin/env node
/**
 * Writes the tables of the documentation that restate code: contracts, tiers, topics, settings, metrics, problem codes. Each stands
 * in a page between `<!-- table:name -->` and `<!-- /table -->`; `.env.example`, `docs/openapi.json` and its types
 * are written whole. With `--check` nothing is written, and a page that differs from the code fails.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './prepare.mjs';

// The sources are TypeScript, which only the pinned Node runs as it is.
if (Number(process.versions.node.split('.')[0]) < 24) {
  const pinned = join(root, 'node_modules/.bin/node');
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  process.exit(spawnSync(pinned, args, { stdio: 'inherit' }).status ?? 1);
}

const [{ loadContracts, shippedContractsDirectory }, { tiers }, { topics, retryTopicOf }] = await Promise.all(
  [import('#contracts'), import('#domain'), import('../libs/log/src/topics.ts')],
);
const { problemCodes } = await import('../libs/http-edge/src/problem-code.ts');
const { grpcStatusOf } = await import('../libs/grpc-edge/src/grpc-status.ts');
const { status: grpcStatus } = await import('@grpc/grpc-js');
const schemas = await Promise.all(
  ['standalone', 'ingestion', 'dispatcher', 'projector', 'admin', 'cli'].map(async (app) => [
    app,
    (await import(`../apps/${app}/src/${app}.config.ts`))[`${app}Schema`],
  ]),
);
const { metricsCatalogue } = await import('../apps/standalone/src/metrics-catalogue.ts');
const { dashboardViews } = await import('../libs/read-model/src/views/dashboard-views.ts');
const { expected } = await import('../libs/platform/src/config-setting.ts');

const { readDocument } = await import('./read-document.mjs');
const openApi = `${JSON.stringify(await readDocument(), null, 2)}\n`;
const { default: openapiTS, astToString } = await import('openapi-typescript');
/** What the page, and the test of a generated client, are compiled against. */
const clientTypes = astToString(await openapiTS(JSON.parse(openApi)));
const typesFile = 'docs/openapi.d.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** `140000` → `2 min 20 s`. */
function span(ms) {
  if (ms === 0) return '0';
  const parts = [];
  let left = ms;
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    left -= count * size;
  }
  return left > 0 ? [...parts, `${left} ms`].join(' ') : parts.join(' ');
}

const cell = (text) => String(text).replaceAll('|', '\\|');
const code = (text) => `\`${text}\``;

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const contracts = [...loadContracts([shippedContractsDirectory()]).values()];

function contractRow({ id, policy, secret }) {
  const at = [0];
  for (const delay of policy.delaysMs) at.push(at.at(-1) + delay);
  const failed = policy.exhaustionDisables ? 'delivery `failed`, endpoint disabled' : 'delivery `failed`';
  const aged = policy.maxAgeMs === null ? '' : `; \`expired\` once ${policy.maxAgeMs / 1_000} s old`;
  return [
    code(id),
    policy.success.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(', '),
    span(policy.timeoutMs),
    policy.delaysMs.map(span).join(', '),
    at.map(span).join(', '),
    failed + aged,
    [secret.owner === 'tenant' ? "the tenant's" : 'per endpoint', secretOrigin(secret)].join(', '),
  ];
}

function secretOrigin({ generated, optional, prefix }) {
  if (!generated) return 'supplied';
  return `supplied or made (\`${prefix}…\`)${optional ? ', or none' : ''}`;
}

function headerNames({ headers, signature }) {
  return [...headers.map(({ name }) => name), signature.header].map(code).join(', ');
}

const wireRow = (contract) => [
  code(contract.id),
  contract.envelope.map((part) => (part.from === 'data-members' ? '…data' : part.name)).join(', '),
  headerNames(contract),
  `${code(`${contract.signature.prefix}<${contract.signature.encoding}>`)} over ${contract.signature.content.join(' . ')}`,
  contract.signature.key === 'utf8' ? 'the secret as text' : 'what follows `whsec_`, base64-decoded',
  contract.policy.goneDisables ? 'ends the delivery, disables the endpoint' : 'a failure like any',
  contract.policy.retryAfterUpToMs === null
    ? 'ignored'
    : `honoured up to ${span(contract.policy.retryAfterUpToMs)}`,
  contract.https === 'always' ? 'always' : 'unless the installation allows http',
  contract.replay === 'restamp' ? 'same bytes while young, then only with `restamp`' : 'same bytes',
];

const bytes = (count) => (count % 1_048_576 === 0 ? `${count / 1_048_576} MiB` : `${count / 1_024} KiB`);

const typeRows = contracts.flatMap((contract) => [
  ...[...contract.eventTypes.values()].map(({ type, description, schema, maxBytes }) => [
    code(contract.id),
    code(type),
    description,
    (schema.required ?? []).map(code).join(', ') || '–',
    bytes(maxBytes),
  ]),
  ...(contract.openTypes
    ? [
        [
          code(contract.id),
          'any other',
          `name matches \`${contract.typePattern}\``,
          '–',
          bytes(contract.maxBytes),
        ],
      ]
    : []),
]);

function shownDefault({ kind, default: value }) {
  if (value === undefined) return 'must be given';
  if (value === null) return '–';
  if (kind === 'duration') return code(value % 1_000 === 0 ? `${value / 1_000}s` : `${value}ms`);
  if (kind === 'list') return value.length === 0 ? '–' : code(value.join(','));
  return code(value);
}

/** Each variable once, as the first app that reads it says it; standalone is the first. */
const settings = [];
for (const [app, schema] of schemas) {
  for (const setting of Object.values(schema)) {
    const known = settings.find(({ env }) => env === setting.env);
    if (known === undefined) settings.push({ ...setting, readBy: [app] });
    else known.readBy.push(app);
  }
}

/** The command line is none of the processes. */
const processes = schemas.map(([app]) => app).filter((app) => app !== 'cli');
const readers = ({ readBy }) => (processes.every((app) => readBy.includes(app)) ? 'all' : readBy.join(', '));

/** The port differs, so that all processes fit on one machine. */
function defaultsOf(setting) {
  const own = schemas
    .map(([app, schema]) => [app, Object.values(schema).find(({ env }) => env === setting.env)])
    .filter(([, found]) => found !== undefined && found.default !== setting.default);
  const differing = own.filter(([, found]) => found.kind === 'int');
  const required = own.some(([, found]) => found.default === undefined);
  const rest = differing.map(([app, found]) => `${app} ${code(found.default)}`);
  return [shownDefault(setting), ...rest, ...(required ? ['elsewhere must be given'] : [])].join('; ');
}

const tables = {
  contracts: table(
    [
      'contract',
      'success',
      'timeout',
      'waits after each failure',
      'attempts start at',
      'after the last failure',
      'secret',
    ],
    contracts.map(contractRow),
  ),
  wire: table(
    ['contract', 'body', 'headers', 'signature', 'key', '410', '`Retry-After`', 'https', 'replay'],
    contracts.map(wireRow),
  ),
  'event-types': table(['contract', 'type', 'when', 'required in `data`', 'largest `data`'], typeRows),
  tiers: table(
    ['tier', 'delay', 'topic'],
    tiers.map(({ name, delayMs }) => [code(name), span(delayMs), code(retryTopicOf(name))]),
  ),
  topics: table(
    ['topic', 'partitions', 'kept', 'carries', 'why'],
    topics.map(({ name, partitions, retentionMs, carries, why }) => [
      code(name),
      partitions === 'one' ? '1' : 'P',
      retentionMs === null ? 'for ever' : span(retentionMs),
      carries,
      why,
    ]),
  ),
  config: table(
    ['variable', 'default', 'takes', 'what it is', 'read by'],
    settings.map((setting) => [
      code(setting.env),
      defaultsOf(setting),
      expected(setting),
      setting.description,
      readers(setting),
    ]),
  ),
  metrics: table(
    ['metric', 'kind', 'labels', 'what', 'told by'],
    metricsCatalogue().map(({ name, kind, labels, help, toldBy }) => [
      code(name),
      kind,
      labels.map(code).join(', ') || '–',
      help,
      toldBy.join(', '),
    ]),
  ),
  views: Object.entries(dashboardViews)
    .map(([name, { shows, columns }]) => {
      const rows = Object.entries(columns).map(([column, [type, meaning]]) => [code(column), type, meaning]);
      return `### \`${name}\`\n\nShows ${shows}.\n\n${table(['column', 'type', 'what'], rows)}`;
    })
    .join('\n\n'),
  problems: table(
    ['status', 'code', 'title'],
    Object.entries(problemCodes)
      .toSorted(([, [a]], [, [b]]) => a - b)
      .map(([name, [status, title]]) => [status, code(name), title]),
  ),
};

/** Problem codes by the status that gRPC answers them with, in the order of gRPC's numbers. */
tables['grpc-codes'] = table(
  ['gRPC status', 'problem codes'],
  Object.entries(Object.groupBy(Object.keys(problemCodes), grpcStatusOf)).map(([number, names]) => [
    code(grpcStatus[number]),
    names.map(code).join(', '),
  ]),
);

function envExample() {
  const entries = settings.map((setting) => {
    const shown =
      setting.default === undefined ? '' : shownDefault(setting).replaceAll('`', '').replace('–', '');
    const needed = setting.default === undefined ? '; must be given' : '';
    return `# ${setting.description} (${expected(setting)}${needed}; read by: ${readers(setting)})\n# ${setting.env}=${shown}\n`;
  });
  return [
    '# Every setting, with its default. Written by `node scripts/docs-tables.mjs`. One environment may serve all processes:',
    '# what another one reads is passed over. They read their environment, not this file: `set -a; . ./.env; set +a; npm start`.\n',
    ...entries,
  ].join('\n');
}

/** Each marked table in its place; a marker that names no table is a mistake. */
function withTables(page, text) {
  return text.replaceAll(/<!-- table:([\w-]+) -->[\s\S]*?<!-- \/table -->/g, (_, name) => {
    if (tables[name] === undefined) {
      throw new Error(`${page} asks for table ${name}; there are ${Object.keys(tables).join(', ')}`);
    }
    return `<!-- table:${name} -->\n\n${tables[name]}\n\n<!-- /table -->`;
  });
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
];

const read = (file) => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
};

const wanted = [
  ...pages.map((page) => ({ file: page, before: read(page), after: withTables(page, read(page)) })),
  { file: '.env.example', before: read('.env.example'), after: envExample() },
  { file: 'docs/openapi.json', before: read('docs/openapi.json'), after: openApi },
  { file: typesFile, before: read(typesFile), after: clientTypes },
];
const differing = wanted.filter(({ before, after }) => before !== after);
if (process.argv.includes('--check')) {
  for (const { file } of differing) {
    process.stderr.write(`${file} differs from the code; run: node scripts/docs-tables.mjs\n`);
  }
  process.exit(differing.length > 0 ? 1 : 0);
}
for (const { file, after } of differing) {
  writeFileSync(join(root, file), after);
  process.stdout.write(`${file} written\n`);
}
