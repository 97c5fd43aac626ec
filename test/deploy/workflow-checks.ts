import { parse } from 'yaml';
import type { Problems } from './workload-checks.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>
  >;
}

export const parseWorkflow = (text: string): Workflow => parse(text) as Workflow;

/** What the commands of a workflow may name. */
export interface Names {
  /** All that git knows. */
  readonly files: readonly string[];
  readonly services: readonly string[];
  readonly settings: readonly string[];
  /** Of jest. */
  readonly projects: readonly string[];
  readonly stages: readonly string[];
}

const steps = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap((job) => job.steps);
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Actions are pinned, jobs end, the token may only read. */
export function pinningProblems(workflow: Workflow): Problems {
  return [
    ...steps(workflow)
      .flatMap(({ uses }) => uses ?? [])
      .filter((uses) => !/@(v\d+(\.\d+)*|[\da-f]{40})$/.test(uses))
      .map((uses) => `${uses}: is not pinned`),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) =>
      job['timeout-minutes'] === undefined ? [`${name}: may run for hours`] : [],
    ),
    ...(JSON.stringify(workflow.permissions) === '{"contents":"read"}'
      ? []
      : ['the token may do more than read']),
  ];
}

/** Every file, service, setting, suite and stage that a command names is there. */
export function commandNameProblems(workflow: Workflow, names: Names): Problems {
  const text = steps(workflow)
    .map(({ run = '' }) => run)
    .join('\n');
  const versionFiles = steps(workflow).flatMap((step) => step.with?.['node-version-file'] ?? []);
  const compose = all(text, /docker compose (?:stop|run --rm|ps --all --quiet) ([a-z ]+?)(?: \||$)/gm)
    .flatMap((list) => list.split(' '))
    .concat(all(text, /--scale (\w+)=/g));
  const files = all(text, /(?:^|\s)((?:\.ci|deploy|scripts|test|libs)\/[\w./-]+)/g).concat(versionFiles);
  const missing = (what: string, found: readonly string[], known: readonly string[]): string[] =>
    found.filter((one) => !known.includes(one)).map((one) => `${what} ${one} is not there`);
  return [
    ...missing('file', files, names.files),
    ...missing('service', compose, names.services),
    ...missing('setting', all(text, /(HYPERHOOK_\w+)/g), names.settings),
    ...missing('project', all(text, /--selectProjects (\w+)/g), names.projects),
    ...missing('stage', all(text, /--target (\S+)/g), names.stages),
  ];
}

/** What landing asks for, asked in the open. */
export function landingProblems(workflow: Workflow, oldestJava: number): Problems {
  const java = steps(workflow).flatMap((step) => step.with?.['java-version'] ?? []);
  return [
    ...(steps(workflow).some(({ run }) => run === '.ci/run') ? [] : ['no job runs .ci/run']),
    ...(java.length > 0 && java.every((one) => Number(one) >= oldestJava)
      ? []
      : [`brokers need Java ${oldestJava}`]),
  ];
}
