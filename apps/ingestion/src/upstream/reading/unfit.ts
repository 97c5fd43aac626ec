/** A record that cannot become an event. The message is the reason that `quarantine` holds; never any of the data. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** Text of a record as it may stand in a reason. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
