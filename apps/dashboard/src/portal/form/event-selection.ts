/**
 * Which events an endpoint wants. HL-6: none chosen means all, future ones included, so taking away the last one gives more and not
 * less: whoever does that is told.
 */
export type Selection = readonly string[];

export function toggled(selection: Selection, type: string): Selection {
  return selection.includes(type) ? selection.filter((one) => one !== type) : [...selection, type];
}

/** Does leaving `before` for `after` widen what is sent, although something was taken away? */
export function widensBySubtraction(before: Selection, after: Selection): boolean {
  return before.length > 0 && after.length === 0;
}

/** Order does not matter. */
export function isSameSelection(one: Selection, other: Selection): boolean {
  return one.length === other.length && one.every((type) => other.includes(type));
}

/** Types that were chosen once and that the contract does not list, such as those of an open contract, in their order. */
export function unlistedOf(selection: Selection, listed: readonly string[]): readonly string[] {
  return selection.filter((type) => !listed.includes(type));
}
