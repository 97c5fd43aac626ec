import { parse } from 'yaml';

export interface Health {
  readonly test?: readonly string[];
  readonly disable?: boolean;
}

export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: Health;
  readonly stop_grace_period?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly container_name?: string;
  readonly profiles?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The file as compose sees it: variables of `env` put in, anchors merged. Throws where a needed one is missing. */
export function parseCompose(text: string, env: Readonly<Record<string, string>>): Compose {
  return parse(interpolated(text, env), { merge: true }) as Compose;
}

/** `${X}`, `${X:-default}` and `${X:?what to do}`. */
function interpolated(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, how?: string, rest = '') => {
    const value = env[name] ?? '';
    if (value !== '' || how === undefined) return value;
    if (how === '-') return rest;
    throw new Error(`required variable ${name} is missing a value: ${rest}`);
  });
}
