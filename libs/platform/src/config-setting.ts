interface SettingBase<Value> {
  /** Name of the environment variable, `HYPERHOOK_…`. */
  readonly env: string;
  readonly description: string;
  /** Absent: must be given. */
  readonly default?: Value | null;
  /** Masked wherever the configuration is shown. */
  readonly secret?: boolean;
}

export type Setting =
  | (SettingBase<string> & {
      readonly kind: 'string';
      readonly oneOf?: readonly string[];
      readonly min?: number;
    })
  | (SettingBase<string> & { readonly kind: 'url'; readonly schemes?: readonly string[] })
  | (SettingBase<number> & { readonly kind: 'int' | 'float'; readonly min?: number; readonly max?: number })
  /** Milliseconds; written like `500ms`, `30s`, `5m`, `2h`, `7d`. */
  | (SettingBase<number> & { readonly kind: 'duration'; readonly min?: number; readonly max?: number })
  | (SettingBase<boolean> & { readonly kind: 'bool' })
  /** Separated by commas; blanks around them do not count. `min`: so many items at least. */
  | (SettingBase<readonly string[]> & {
      readonly kind: 'list';
      readonly oneOf?: readonly string[];
      readonly min?: number;
    });

export type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  '1': true,
  '0': false,
  yes: true,
  no: false,
  on: true,
  off: false,
};

/** `given` undefined: the default. The problem says what is wrong and what is expected; never a secret's value. */
export function parseSetting(setting: Setting, given: string | undefined): Parsed {
  if (given === undefined) {
    return setting.default === undefined
      ? bad(`is missing: ${setting.description} (${expected(setting)})`)
      : { ok: true, value: setting.default };
  }
  const value = read(setting, given.trim());
  if (value !== undefined) return { ok: true, value };
  const shown = setting.secret === true ? 'the value' : JSON.stringify(given.slice(0, 100));
  return bad(`${shown} is not ${expected(setting)}`);
}

/** In words, for errors and for the table of settings. */
export function expected(setting: Setting): string {
  switch (setting.kind) {
    case 'string':
      if (setting.oneOf !== undefined) return `one of ${setting.oneOf.join(', ')}`;
      return setting.min === undefined ? 'text' : `text of at least ${setting.min} characters`;
    case 'url':
      return setting.schemes === undefined
        ? 'a URL'
        : `a URL starting with ${setting.schemes.join(':// or ')}://`;
    case 'int':
      return `a whole number${range(setting.min, setting.max)}`;
    case 'float':
      return `a number${range(setting.min, setting.max)}`;
    case 'duration':
      return `a duration like 500ms, 30s, 5m or 2h${range(setting.min, setting.max, ' ms')}`;
    case 'bool':
      return 'true or false';
    case 'list':
      return setting.oneOf === undefined
        ? 'a list separated by commas'
        : `a list out of ${setting.oneOf.join(', ')}, separated by commas`;
    default:
      throw unknownKind(setting);
  }
}

/** Undefined: not acceptable. */
function read(setting: Setting, text: string): unknown {
  switch (setting.kind) {
    case 'string':
      if (setting.oneOf !== undefined) return setting.oneOf.includes(text) ? text : undefined;
      return text.length >= (setting.min ?? 0) ? text : undefined;
    case 'url':
      return isUrl(text, setting.schemes) ? text : undefined;
    case 'int':
      return /^-?\d{1,15}$/.test(text) ? within(Number(text), setting) : undefined;
    case 'float':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? within(Number(text), setting) : undefined;
    case 'duration': {
      const [, amount, unit = ''] = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text) ?? [];
      const unitMs = durationUnits[unit];
      return unitMs === undefined ? undefined : within(Math.round(Number(amount) * unitMs), setting);
    }
    case 'bool':
      return Object.hasOwn(booleans, text.toLowerCase()) ? booleans[text.toLowerCase()] : undefined;
    case 'list': {
      const items = text.split(',').map((item) => item.trim());
      const kept = items.filter((item) => item !== '');
      if (kept.length < (setting.min ?? 0)) return undefined;
      return setting.oneOf === undefined || kept.every((item) => setting.oneOf?.includes(item))
        ? kept
        : undefined;
    }
    default:
      throw unknownKind(setting);
  }
}

function unknownKind(setting: never): Error {
  return new Error(`a setting of no known kind: ${JSON.stringify(setting)}`);
}

function isUrl(text: string, schemes: readonly string[] | undefined): boolean {
  if (!URL.canParse(text)) return false;
  return schemes === undefined || schemes.includes(new URL(text).protocol.slice(0, -1));
}

function within(
  value: number,
  { min, max }: { readonly min?: number; readonly max?: number },
): number | undefined {
  return value < (min ?? -Infinity) || value > (max ?? Infinity) ? undefined : value;
}

function range(min: number | undefined, max: number | undefined, unit = ''): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}${unit}`;
  return max === undefined ? ` of at least ${min}${unit}` : ` from ${min} to ${max}${unit}`;
}

function bad(problem: string): Parsed {
  return { ok: false, problem };
}
