const names = ['tenant', 'actor', 'type', 'subject', 'since', 'until'] as const;
export type AuditFilter = (typeof names)[number];

/** What of the audit is looked at, as the address says it. */
export type AuditSearch = { readonly [Name in AuditFilter]?: string };

/** Keeps what is a filter, and leaves out what is empty: the address stays as short as what it says. */
export function auditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      // The router reads `?subject=12` as a number.
      const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** A date and time as the API takes it (RFC 3339); undefined: it is none. */
export function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** What `<input type="datetime-local">` gives and takes, in the browser's own zone; empty: no time. */
export function localInput(moment: string | undefined): string {
  if (moment === undefined || !isMoment(moment)) return '';
  const at = new Date(moment);
  const digits = (value: number, count = 2) => String(value).padStart(count, '0');
  // Part by part: offsets of old have seconds, and a year that is half typed is such a time.
  const day = [digits(at.getFullYear(), 4), digits(at.getMonth() + 1), digits(at.getDate())].join('-');
  return `${day}T${digits(at.getHours())}:${digits(at.getMinutes())}`;
}

export function momentOf(localText: string): string | undefined {
  const at = new Date(localText);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
