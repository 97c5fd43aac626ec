import { openHeaders, sealHeaders, SecretBoxError, type HeadersOwner, type SecretBox } from '#control';
import type { HeaderSetting } from '#domain';

type Stored = Readonly<Record<string, HeaderSetting>>;
type Plain = Readonly<Record<string, string>>;

/**
 * Custom headers as they are stored: sealed. Sealing the same value twice gives two texts, so what is there already with
 * the same values stays as it is, or every PATCH that repeats them would count as a change.
 */
export function storedHeaders(
  box: SecretBox,
  owner: HeadersOwner & { readonly headers?: Stored },
  plain: Plain,
): Stored {
  const { headers } = owner;
  if (headers !== undefined && holds(box, owner, headers, plain)) return headers;
  return sealHeaders(box, plain, owner);
}

/** Values from before they were sealed count as others: the next write seals them. */
function holds(box: SecretBox, owner: HeadersOwner, stored: Stored, plain: Plain): boolean {
  const names = Object.keys(plain);
  if (names.length !== Object.keys(stored).length) return false;
  if (Object.values(stored).some((value) => typeof value === 'string')) return false;
  try {
    const opened = openHeaders(box, stored, owner);
    return names.every((name) => opened[name] === plain[name]);
  } catch (error) {
    // Sealed with a key that is no longer here: what was given takes their place.
    if (error instanceof SecretBoxError) return false;
    throw error;
  }
}
