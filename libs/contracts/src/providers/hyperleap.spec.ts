import { describe, expect, it } from '@jest/globals';
import { isSuccess } from '#domain';
import { checkAttributes, generateSecret, restampBody } from '../index.ts';
import { deliveryId, NOON, where, wire } from './wire.ts';

const hyperleap = wire('hyperleap');
const conversationId = '7d7e4d3e-3f0d-4a0e-9a46-0f4d7b0c2b22';

describe('Hyperleap', () => {
  it('HL-2: plain http is refused at save, everywhere', () => {
    expect(hyperleap.contract.https).toBe('always');
  });

  it('HL-4: the engine makes a secret: whsec_ and 32 random bytes', () => {
    const secret = generateSecret(hyperleap.contract, new Uint8Array(32).fill(7));
    expect(secret).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    expect(hyperleap.contract.secret).toMatchObject({ owner: 'endpoint', generated: true });
  });

  it('HL-5: without a secret there is no signature header, and the rest is there', () => {
    expect(hyperleap.contract.secret.optional).toBe(true);
    expect(Object.keys(hyperleap.headers([], '{}'))).toEqual([
      'Content-Type',
      'X-Hyperleap-Event',
      'X-Hyperleap-Delivery-Id',
    ]);
  });

  it("HL-6, HL-8: four events with the page's labels and triggers", () => {
    const types = [...hyperleap.contract.eventTypes.values()];
    expect(types.map(({ type, label, description }) => [type, label, description])).toEqual([
      ['lead.captured', 'Lead Captured', 'Visitor submits lead form or authenticates via OTP'],
      ['conversation.started', 'Conversation Started', 'A new conversation is created'],
      ['conversation.message', 'New Message', 'User sends a message in the chat'],
      ['conversation.reply', 'New AI Reply', 'AI chatbot sends a reply'],
    ]);
  });

  it('HL-9: the envelope has seven members in their order, the time without a fraction', () => {
    const body = hyperleap.json({ type: 'lead.captured', data: { name: 'Jane' } });
    expect(Object.entries(body)).toEqual([
      ['eventType', 'lead.captured'],
      ['chatbotId', hyperleap.attributes['chatbotId']],
      ['chatbotName', 'Support Bot'],
      ['organizationId', hyperleap.attributes['organizationId']],
      ['timestamp', '2024-01-15T10:35:00Z'],
      ['deliveryId', deliveryId],
      ['data', { name: 'Jane' }],
    ]);
  });

  it('HL-9: the slot of the delivery id stands where it says, also after names that are not ASCII', () => {
    const { body, slot } = hyperleap.render({ type: 'lead.captured' });
    const text = Buffer.from(body);
    expect(text.subarray(slot ?? 0, (slot ?? 0) + 36).toString()).toBe('0'.repeat(36));
    expect(text.subarray((slot ?? 0) - 14, slot ?? 0).toString()).toBe('"deliveryId":"');
  });

  it('HL-9: chatbotId and organizationId are UUIDs, chatbotName any short text', () => {
    const wrong = { chatbotId: 'e5f6g7h8', chatbotName: '', extra: 'x' };
    expect(where(checkAttributes(hyperleap.contract, wrong))).toEqual([
      'invalid_attribute /extra',
      'invalid_attribute /chatbotId',
      'invalid_attribute /chatbotName',
      'invalid_attribute /organizationId',
    ]);
    expect(checkAttributes(hyperleap.contract, hyperleap.attributes)).toEqual([]);
  });

  it('HL-10: a lead may leave out or null what it does not know, and is sent as published', () => {
    const data = { email: null, tags: null };
    expect(hyperleap.json({ type: 'lead.captured', data })['data']).toEqual(data);
    expect(where(hyperleap.problems({ type: 'lead.captured', data: { email: 1, tags: [1] } }))).toEqual([
      'invalid_data /data/email',
      'invalid_data /data/tags/0',
    ]);
  });

  it('HL-11: a started conversation has a UUID, and any object or null as metadata', () => {
    const started = { type: 'conversation.started' };
    expect(hyperleap.problems({ ...started, data: { conversationId, metadata: { a: [1] } } })).toEqual([]);
    expect(
      hyperleap.problems({ ...started, data: { conversationId, metadata: null, externalUserId: null } }),
    ).toEqual([]);
    expect(
      where(hyperleap.problems({ ...started, data: { conversationId: 'uuid-1', metadata: 'x' } })),
    ).toEqual(['invalid_data /data/conversationId', 'invalid_data /data/metadata']);
  });

  it('HL-12: a message and a reply hold all that the page lists', () => {
    expect(where(hyperleap.problems({ type: 'conversation.message', data: { conversationId } }))).toEqual([
      'invalid_data /data/message',
    ]);
    expect(where(hyperleap.problems({ type: 'conversation.reply', data: { conversationId } }))).toEqual([
      'invalid_data /data/messageId',
      'invalid_data /data/userMessage',
      'invalid_data /data/reply',
    ]);
  });

  it('HL-13: headers carry the type, the delivery id and sha256= with the hex digest of the body', () => {
    expect(hyperleap.headers(["It's a Secret to Everybody"], 'Hello, World!')).toEqual({
      'Content-Type': 'application/json',
      'X-Hyperleap-Event': 'lead.captured',
      'X-Hyperleap-Delivery-Id': deliveryId,
      'X-Hyperleap-Signature': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    });
  });

  it('HL-13: header and body name the same type and delivery', () => {
    const body = hyperleap.json({ type: 'lead.captured' });
    const headers = hyperleap.headers([], '{}');
    expect([headers['X-Hyperleap-Event'], headers['X-Hyperleap-Delivery-Id']]).toEqual([
      body['eventType'],
      body['deliveryId'],
    ]);
  });

  it('HL-14: a resend is the same bytes, the same deliveryId with them', () => {
    expect(hyperleap.contract.replay).toBe('same-bytes');
    expect(deliveryId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('HL-15: three delays between four sends: 1 s, 4 s, 16 s', () => {
    expect(hyperleap.contract.policy.delaysMs).toEqual([1_000, 4_000, 16_000]);
  });

  it("HL-16: 10 s, any 2xx, the page's words, and no disabling", () => {
    const { policy, words } = hyperleap.contract;
    expect(policy).toMatchObject({ timeoutMs: 10_000, exhaustionDisables: false, goneDisables: false });
    expect([200, 201, 226, 302].filter((status) => isSuccess(policy, status))).toEqual([200, 201, 226]);
    expect([words.pending, words.delivered, words.failed]).toEqual(['pending', 'delivered', 'failed']);
  });

  it('HL-17: a test event is a valid sample of a real type', () => {
    for (const type of hyperleap.contract.eventTypes.keys()) expect(hyperleap.problems({ type })).toEqual([]);
  });

  it('HL-19: only the newest secret signs', () => {
    const header = (secrets: string[]) => hyperleap.headers(secrets, '{}')['X-Hyperleap-Signature'];
    expect(header(['new-secret', 'old-secret'])).toBe(header(['new-secret']));
  });

  it('HL-20: timestamp and deliveryId are inside of what is signed', () => {
    const body = hyperleap.body({ type: 'lead.captured' });
    const restamped = Buffer.from(
      restampBody(hyperleap.contract, Buffer.from(body), NOON + 60_000),
    ).toString();
    const signature = (text: string) => hyperleap.headers(['a-secret'], text)['X-Hyperleap-Signature'];
    const other = body.replace(deliveryId, '0'.repeat(36));
    expect(new Set([body, restamped, other].map(signature)).size).toBe(3);
  });
});
