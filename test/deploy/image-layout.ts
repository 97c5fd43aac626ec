import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyOf, type Instruction, type Stage } from './read-dockerfile.ts';

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/**
 * Does in folders what a container engine does in layers: each stage gets a folder below `into`, with what the stage it
 * rests on has, and the Dockerfile's COPY and RUN take place there. `npm ci` is the one thing done otherwise: packages
 * are copied from this checkout, those that the lock file says it installs. Gives the RUN lines that it passed over.
 */
export function layOutImage(stages: readonly Stage[], root: string, into: string): string[] {
  const passedOver: string[] = [];
  for (const stage of stages) {
    const app = join(into, stage.name, 'app');
    mkdirSync(app, { recursive: true });
    const below = join(into, stage.from, 'app');
    if (existsSync(below)) cpSync(below, app, { recursive: true, verbatimSymlinks: true });
    for (const instruction of stage.instructions) {
      if (instruction.op === 'COPY') copy(instruction, root, into, app);
      if (instruction.op === 'RUN' && !run(instruction.text, root, app)) passedOver.push(instruction.text);
    }
  }
  return passedOver;
}

function copy(instruction: Instruction, root: string, into: string, app: string): void {
  const { from, sources, to } = copyOf(instruction);
  for (const source of sources) {
    const path = from === null ? join(root, source) : join(into, from, source);
    const target = to === './' ? join(app, source) : join(app, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(path, target, { recursive: true, verbatimSymlinks: true });
  }
}

function run(command: string, root: string, app: string): boolean {
  if (command.includes('npm ci')) {
    install(command, root, app);
    return true;
  }
  if (command !== 'npm run build') return false;
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: app, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${command}: ${built.stdout}${built.stderr}`);
  return true;
}

function install(command: string, root: string, app: string): void {
  const modules = join(root, 'node_modules');
  // A build only reads its packages: all of them, as they are.
  if (!command.includes('--omit=dev')) return symlinkSync(modules, join(app, 'node_modules'));
  const { packages } = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const leavesOptional = command.includes('--omit=optional');
  for (const [path, { dev, optional, devOptional }] of Object.entries(packages)) {
    if (path === '' || dev === true || devOptional === true || (optional === true && leavesOptional))
      continue;
    // Not there: made for another platform. The Node binary is a package's, put there by a script that images do not run.
    if (!existsSync(join(root, path)) || path === 'node_modules/node') continue;
    cpSync(join(root, path), join(app, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.slice(join(root, path).length).includes('node_modules'),
    });
  }
}
