import { runtime } from '../support/runtime.ts';
import { isIgnoredByDocker } from './ignored-by-docker.ts';
import { copyOf, instructionsOf, lastOf, lineage, type Copy, type Stage } from './read-dockerfile.ts';
import type { Problems } from './workload-checks.ts';

const copiesOf = (stages: readonly Stage[]): readonly Copy[] =>
  stages.flatMap(({ instructions }) => instructions.filter(({ op }) => op === 'COPY').map(copyOf));

/** What is copied is in the repository, and gets into the build. `files`: all that git knows. */
export function sourceProblems(
  stages: readonly Stage[],
  files: readonly string[],
  ignoreFile: string,
): Problems {
  return copiesOf(stages)
    .filter(({ from }) => from === null)
    .flatMap(({ sources }) => sources)
    .flatMap((source) => {
      const meant = files.filter((file) => file === source || file.startsWith(`${source}/`));
      if (meant.length === 0) return [`COPY ${source}: the repository has no such file`];
      return meant.every((file) => isIgnoredByDocker(ignoreFile, file))
        ? [`COPY ${source}: .dockerignore keeps it out`]
        : [];
    });
}

/** `COPY --from` names a stage above, and of its bundles those that a build makes. */
export function stageProblems(stages: readonly Stage[], builtApps: readonly string[]): Problems {
  return stages.flatMap(({ name, instructions }, index) =>
    instructions
      .filter(({ op }) => op === 'COPY')
      .map(copyOf)
      .flatMap(({ from, sources }) => {
        if (from === null) return [];
        const above = stages.slice(0, index).map((stage) => stage.name);
        const [, app] = /^\/app\/dist\/apps\/([^/]+)$/.exec(sources[0] ?? '') ?? [];
        return [
          ...(above.includes(from) ? [] : [`${name}: no stage ${from} above it`]),
          ...(app === undefined || builtApps.includes(app) ? [] : [`${name}: no build makes ${app}`]),
        ];
      }),
  );
}

/** Of one image: Node in exec form, a user by number, bundles and contract files where the code looks for them. */
export function imageProblems(stages: readonly Stage[], name: string, apps: readonly string[]): Problems {
  const entry = lastOf(stages, name, 'ENTRYPOINT')?.words ?? [];
  const user = lastOf(stages, name, 'USER')?.text ?? '';
  const probe = lastOf(stages, name, 'HEALTHCHECK')?.words ?? [];
  const command = lastOf(stages, name, 'CMD')?.words?.[0] ?? '';
  const copied = instructionsOf(stages, name)
    .filter(({ op }) => op === 'COPY')
    .map(copyOf)
    .flatMap(({ sources, to }) =>
      to === './' ? sources.map((source) => source.split('/').at(-1) ?? '') : [to],
    );
  const settings = instructionsOf(stages, name)
    .filter(({ op }) => op === 'ENV')
    .map(({ text }) => text);
  const wanted = [
    'package.json',
    'node_modules',
    'libs/contracts/data',
    'proto',
    ...apps.map((app) => `dist/apps/${app}`),
    ...(probe[1] === undefined ? [] : [probe[1]]),
  ];
  return [
    ...(entry.join(' ') === ['node', ...runtime.nodeOptions].join(' ')
      ? []
      : [`${name}: ENTRYPOINT is not Node itself with the options of runtime.json`]),
    ...Object.entries(runtime.environment)
      .filter(([key, value]) => !settings.includes(`${key}=${value}`))
      .map(([key]) => `${name}: ENV ${key} is not what runtime.json says`),
    ...(/^[1-9]\d+:[1-9]\d+$/.test(user) ? [] : [`${name}: USER ${user} is not numbers above 0`]),
    ...(probe[0] === 'node' ? [] : [`${name}: HEALTHCHECK is not in exec form`]),
    ...(apps.some((app) => command === `dist/apps/${app}/main.js`) ? [] : [`${name}: CMD runs no app`]),
    ...wanted.flatMap((path) => (copied.includes(path) ? [] : [`${name}: lacks ${path}`])),
  ];
}

/** All stages rest on the one base whose Node is the tested one. */
export function nodeProblems(
  stages: readonly Stage[],
  { node, nvmrc }: { readonly node: string; readonly nvmrc: string },
): Problems {
  const images = new Set(stages.flatMap(({ name }) => lineage(stages, name)[0]?.from ?? []));
  return [...images]
    .flatMap((image) => {
      const [, version] = /^node:(\d+\.\d+\.\d+)-/.exec(image) ?? [];
      return version === node ? [] : [`FROM ${image}: tests run on Node ${node}`];
    })
    .concat(node.split('.')[0] === nvmrc ? [] : [`.nvmrc says ${nvmrc}, tests run on Node ${node}`]);
}

/** Images come without what only development needs. */
export function modulesProblems(stages: readonly Stage[]): Problems {
  return copiesOf(stages)
    .filter(({ to }) => to === 'node_modules')
    .flatMap(({ from }) => {
      const install = stages
        .find(({ name }) => name === from)
        ?.instructions.find(({ text }) => text.includes('npm ci'));
      return install?.text.includes('--omit=dev') === true
        ? []
        : [`${from}: installs what only development needs`];
    });
}
