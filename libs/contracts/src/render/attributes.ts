import type { Contract, ContractAttribute } from '../contract.ts';
import { pointerStep } from '../json/pointer.ts';
import { wholeMatch } from '../whole-match.ts';
import type { PublishProblem } from './publish-rejected.ts';

const MAX_LENGTH = 200;

/** What is wrong with a tenant's attributes, for whoever saves them; empty: nothing. Pointers start at the record. */
export function checkAttributes(
  contract: Contract,
  attributes: Readonly<Record<string, string>>,
): readonly PublishProblem[] {
  const known = new Set(contract.attributes.map((each) => each.name));
  const unknown = Object.keys(attributes).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => problem(name, `is not an attribute of ${contract.id}; leave it out`)),
    ...contract.attributes.flatMap((each) => {
      const wrong = wrongWith(each, attributes[each.name]);
      return wrong === null ? [] : [problem(each.name, wrong)];
    }),
  ];
}

function wrongWith(attribute: ContractAttribute, value: string | undefined): string | null {
  if (value === undefined) return `is required: ${attribute.description}`;
  if (/\p{Cs}/u.test(value)) return 'holds half of a surrogate pair; send the character itself';
  if (attribute.pattern !== null) {
    return wholeMatch(attribute.pattern).test(value) ? null : `must match ${attribute.pattern}`;
  }
  return value.length >= 1 && value.length <= MAX_LENGTH ? null : `must have 1 to ${MAX_LENGTH} characters`;
}

function problem(name: string, detail: string): PublishProblem {
  return { code: 'invalid_attribute', pointer: pointerStep(name), detail };
}
