export interface Instruction {
  readonly op: string;
  readonly text: string;
  /** The exec form, where it has one: `["node", "x"]`. */
  readonly words: readonly string[] | null;
}

export interface Stage {
  readonly name: string;
  /** An image, or a stage above. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** COPY, with or without `--from=<stage>`. Paths as they are written. */
export interface Copy {
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly to: string;
}

/** The stages of a Dockerfile in order: one line, or lines joined by a backslash, for each instruction. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  for (const line of lines) {
    const [, op = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (op === 'FROM') {
      const [, from = '', name = String(stages.length)] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) ?? [];
      stages.push({ name, from, instructions: [] });
    } else if (op !== '') {
      stages.at(-1)?.instructions.push({ op, text: rest, words: execForm(rest) });
    }
  }
  return stages;
}

function execForm(text: string): readonly string[] | null {
  const [, list] = /(?:^|\sCMD\s+)(\[.*\])$/.exec(text) ?? [];
  return list === undefined ? null : (JSON.parse(list) as string[]);
}

/** The stage with all that it is built upon, outermost first. */
export function lineage(stages: readonly Stage[], name: string): readonly Stage[] {
  const stage = stages.find((one) => one.name === name);
  return stage === undefined ? [] : [...lineage(stages, stage.from), stage];
}

/** What the last stage of its line says wins, as in an image. */
export function instructionsOf(stages: readonly Stage[], name: string): readonly Instruction[] {
  return lineage(stages, name).flatMap(({ instructions }) => instructions);
}

export function lastOf(stages: readonly Stage[], name: string, op: string): Instruction | undefined {
  return instructionsOf(stages, name).findLast((one) => one.op === op);
}

export function environmentOf(stages: readonly Stage[], name: string): Record<string, string> {
  const pairs = instructionsOf(stages, name).filter(({ op }) => op === 'ENV');
  return Object.fromEntries(
    pairs.map(({ text }) => {
      const [variable = '', ...value] = text.split('=');
      return [variable, value.join('=')];
    }),
  );
}

export function copyOf({ text }: Instruction): Copy {
  const parts = text.split(/\s+/);
  const from = parts.find((part) => part.startsWith('--from='))?.slice('--from='.length) ?? null;
  const paths = parts.filter((part) => !part.startsWith('--'));
  return { from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' };
}
