import type { Contract, ContractEventType } from '../contract.ts';
import { pointerStep } from '../json/pointer.ts';
import { validatorOf } from '../render/data-validator.ts';
import { MAX_DELAY_MS } from '#domain';
import { wholeMatch } from '../whole-match.ts';

export type Complain = (pointer: string, reason: string) => never;

/** What a JSON Schema cannot say about a contract. `complain` throws. */
export function checkContract(contract: Contract, complain: Complain): void {
  checkEventId(contract, complain);
  compiles(contract.typePattern, '/typePattern', complain);
  checkAttributes(contract, complain);
  checkEnvelope(contract, complain);
  checkSignature(contract, complain);
  checkPolicy(contract, complain);
  const seen = new Set<string>();
  for (const header of [...contract.headers.map((each) => each.name), contract.signature.header]) {
    const name = header.toLowerCase();
    if (seen.has(name) || name === 'content-type') complain('/headers', `sends ${header} twice`);
    seen.add(name);
  }
  [...contract.eventTypes.values()].forEach((type, index) => {
    checkEventType(contract, type, `/eventTypes/${index}`, complain);
  });
}

function compiles(pattern: string, pointer: string, complain: Complain): RegExp {
  try {
    return wholeMatch(pattern);
  } catch (error) {
    return complain(pointer, `is no regular expression: ${String(error)}`);
  }
}

function checkEventId({ eventId }: Contract, complain: Complain): void {
  const pattern = compiles(eventId.pattern, '/eventId/pattern', complain);
  if (256 % eventId.alphabet.length !== 0) {
    complain(
      '/eventId/alphabet',
      'must have 2, 4, 8, 16, 32 or 64 characters, so that each is equally likely',
    );
  }
  if (new Set(eventId.alphabet).size !== eventId.alphabet.length) {
    complain('/eventId/alphabet', 'has a character twice');
  }
  for (const character of eventId.alphabet) {
    const made = eventId.prefix + character.repeat(eventId.length);
    if (!pattern.test(made)) complain('/eventId/pattern', `does not match an id that would be made: ${made}`);
  }
}

function checkAttributes(contract: Contract, complain: Complain): void {
  contract.attributes.forEach((attribute, index) => {
    const pointer = `/attributes/${index}`;
    if (contract.attributes.findIndex((each) => each.name === attribute.name) !== index) {
      complain(`${pointer}/name`, `${attribute.name} is there twice`);
    }
    if (attribute.pattern === null) return;
    const pattern = compiles(attribute.pattern, `${pointer}/pattern`, complain);
    if (!pattern.test(attribute.example)) complain(`${pointer}/example`, 'does not match the pattern');
  });
}

function checkEnvelope(contract: Contract, complain: Complain): void {
  const names = new Set<string>();
  let slots = 0;
  contract.envelope.forEach((part, index) => {
    const pointer = `/envelope/${index}`;
    if (part.from === 'delivery-id') slots += 1;
    if (slots > 1) complain(pointer, 'the body holds the delivery id once at most');
    if (part.from === 'attribute' && !contract.attributes.some((each) => each.name === part.attribute)) {
      complain(`${pointer}/attribute`, `${part.attribute} is not among the attributes`);
    }
    const name = part.from === 'data-members' ? '' : part.name;
    if (names.has(name)) complain(pointer, 'the body would hold the same member twice');
    names.add(name);
  });
  if (contract.replay === 'restamp' && !contract.envelope.some((part) => part.from === 'occurred-at')) {
    complain('/replay', 'restamp needs a member of the envelope from occurred-at');
  }
}

function checkSignature({ signature, secret }: Contract, complain: Complain): void {
  if (signature.content.indexOf('body') !== signature.content.length - 1) {
    complain('/signature/content', 'must end with body, and hold it once');
  }
  if (signature.key === 'base64-after-prefix' && secret.encoding !== 'base64') {
    complain('/secret/encoding', 'must be base64 where the key is base64-after-prefix');
  }
  if (signature.ed25519 !== null && (signature.separator === null || secret.owner !== 'endpoint')) {
    complain('/signature/ed25519', 'needs a separator, and secrets of endpoints');
  }
  if (secret.minLength > secret.maxLength) complain('/secret/minLength', 'is greater than maxLength');
}

function checkPolicy({ policy }: Contract, complain: Complain): void {
  if (policy.timeoutMs === 0) complain('/policy/timeout', 'must be greater than 0');
  policy.delaysMs.forEach((delay, index) => {
    if (delay > MAX_DELAY_MS) complain(`/policy/delays/${index}`, 'is longer than a day');
  });
  policy.success.forEach(([from, to], index) => {
    if (from > to) complain(`/policy/success/${index}`, 'starts after its end');
  });
}

function checkEventType(
  contract: Contract,
  type: ContractEventType,
  pointer: string,
  complain: Complain,
): void {
  if (!wholeMatch(contract.typePattern).test(type.type)) {
    complain(`${pointer}/type`, 'does not match typePattern');
  }
  const validator = compiledValidator(type, pointer, complain);
  const [problem] = validator.problems(type.sample, 0);
  if (problem !== undefined) complain(`${pointer}/sample${problem.pointer}`, problem.detail);
  const names = new Set(contract.envelope.map((part) => (part.from === 'data-members' ? '' : part.name)));
  const spreads = contract.envelope.some((part) => part.from === 'data-members');
  const clash = spreads ? Object.keys(type.sample).find((name) => names.has(name)) : undefined;
  if (clash !== undefined) complain(`${pointer}/sample${pointerStep(clash)}`, 'is a member of the envelope');
}

function compiledValidator(type: ContractEventType, pointer: string, complain: Complain) {
  try {
    return validatorOf(type);
  } catch (error) {
    return complain(`${pointer}/schema`, `is no JSON Schema: ${String(error)}`);
  }
}
