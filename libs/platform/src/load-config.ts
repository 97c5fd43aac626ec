import { ConfigError } from './config-error.ts';
import { parseSetting, type Setting } from './config-setting.ts';
import { nearest } from './nearest-name.ts';

export type ConfigSchema = Readonly<Record<string, Setting>>;

type ValueOf<S extends Setting> = S extends { readonly kind: 'int' | 'float' | 'duration' }
  ? number
  : S extends { readonly kind: 'bool' }
    ? boolean
    : S extends { readonly kind: 'list' }
      ? readonly string[]
      : S extends { readonly oneOf: readonly (infer Choice)[] }
        ? Choice
        : string;

/** No optionals: a setting is null only where its default says so. */
export type ConfigOf<Schema extends ConfigSchema> = {
  readonly [Key in keyof Schema]:
    ValueOf<Schema[Key]> | (Schema[Key] extends { readonly default: null } ? null : never);
};

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'HYPERHOOK_';

/** Checks the schema's types where it is written; it is what `.env.example` is made from. */
export function defineConfig<const Schema extends ConfigSchema>(schema: Schema): Schema {
  return schema;
}

/**
 * Reads every setting of `schema`: argument (by key), else environment, else default. Throws one ConfigError with all
 * that is wrong, unknown `HYPERHOOK_*` variables included (`known` names those of other apps in the same environment).
 */
export function loadConfig<const Schema extends ConfigSchema>(
  schema: Schema,
  from: {
    readonly env?: Environment;
    readonly args?: Readonly<Record<string, string | undefined>>;
    readonly known?: readonly string[];
  } = {},
): ConfigOf<Schema> {
  const env = from.env ?? process.env;
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(schema)) {
    // Empty means absent: compose files and shells pass `X=` for what was never set.
    const given = from.args?.[key] ?? (env[setting.env] === '' ? undefined : env[setting.env]);
    const parsed = parseSetting(setting, given);
    if (parsed.ok) config[key] = parsed.value;
    else problems.push(`${setting.env}: ${parsed.problem}`);
  }
  problems.push(
    ...unknownNames(env, [...Object.values(schema).map(({ env: name }) => name), ...(from.known ?? [])]),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config) as ConfigOf<Schema>;
}

/** For the line logged at start: secrets masked, passwords in URLs too. */
export function summary<const Schema extends ConfigSchema>(
  schema: Schema,
  config: ConfigOf<Schema>,
): Record<string, unknown> {
  const shown = Object.entries(schema).map(([key, setting]) => {
    const value: unknown = config[key];
    return [key, setting.secret === true && value !== null ? '(hidden)' : withoutPassword(value)];
  });
  return Object.fromEntries(shown);
}

function unknownNames(env: Environment, known: readonly string[]): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      const close = nearest(name, known);
      return `${name}: no such setting${close === undefined ? '' : `; did you mean ${close}?`}`;
    });
}

function withoutPassword(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/^([a-z][a-z\d+.-]*:\/\/[^/?#\s:@]*):[^/?#\s@]*@/i, '$1:(hidden)@')
    : value;
}
