import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACCOUNT, db } from './db';
import { again, discard, discardWords, enqueue, flush, list, type Order } from './outbox';
import { listSupported } from './supported';

const submit: Order = {
  kind: 'submit',
  method: 'POST',
  path: '/municipalities/elbasan/concerns',
  body: { title: 'Rruga pa drita' },
  anonymous: true,
  device: false,
  label: 'Rruga pa drita',
};
const support = (method: 'PUT' | 'DELETE'): Order => ({
  kind: 'support',
  method,
  path: '/concerns/abc/support',
  anonymous: true,
  device: true,
  label: 'x',
  concern: 'abc',
});

const follow = (method: 'PUT' | 'DELETE'): Order => ({
  ...support(method),
  kind: 'follow',
  path: '/concerns/abc/follow',
  anonymous: false,
  device: false,
});
const signIn = async (email: string) => (await db()).put('kept', { email }, ACCOUNT);

const json = (status: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
const accepted = () => json(201, { id: 'c1', status: 'received', answer_due_on: '2026-12-08' });
const problem = (status: number, code: string) =>
  json(status, { type: 'x', title: 'x', status, code }, 'application/problem+json');
const portal = () =>
  new Response('<html>Wi-Fi: accept the terms</html>', { status: 200, headers: { 'content-type': 'text/html' } });

const network = vi.fn<typeof fetch>();
const header = (call: number, name: string) => new Headers(network.mock.calls[call]?.[1]?.headers).get(name);

/** Web Locks as the standard says: one holder of a name, the others wait in turn. */
function locks() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, work: () => Promise<unknown>) => (last = last.then(work, work)),
  };
}

beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('navigator', { locks: locks() });
  network.mockReset();
  for (const table of ['outbox', 'kept'] as const) await (await db()).clear(table);
});
afterEach(() => vi.unstubAllGlobals());

describe('the outbox', () => {
  it('sends once and forgets only then', async () => {
    network.mockResolvedValue(accepted());
    await enqueue(submit);
    expect(await flush()).toBe(true);
    expect(await list()).toEqual([]);
    await flush();
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('sends the answers to a poll without cookies, by a slip or by the device, and keeps one that came too late to tell of it', async () => {
    const poll: Order = {
      kind: 'poll',
      method: 'POST',
      path: '/poll-rooms/7KQ2MX/answers',
      body: { slip: '7KQ2M4T0', answers: { q1: 'a' } },
      anonymous: true,
      device: false,
      label: 'A ndiheni të sigurt?',
    };
    network.mockResolvedValueOnce(json(201, { counted: true })).mockResolvedValueOnce(json(201, { counted: true })).mockResolvedValueOnce(problem(409, 'poll_over'));
    await enqueue(poll);
    await enqueue({ ...poll, device: true, body: { slip: null, answers: {} } });
    const late = await enqueue(poll);
    expect(await flush()).toBe(true);
    expect(network.mock.calls.map(([, init]) => init?.credentials)).toEqual(['omit', 'omit', 'omit']);
    expect([header(0, 'X-Device'), header(1, 'X-Device')]).toEqual([null, expect.stringMatching(/^[0-9A-Z]{26}$/)]);
    expect(String(network.mock.calls[0]?.[0])).not.toContain('7KQ2M4T0');
    expect(await list()).toEqual([expect.objectContaining({ id: late.id, state: 'refused', failure: expect.objectContaining({ code: 'poll_over' }) })]);
    await discardWords();
    expect(await list()).toEqual([]);
  });

  it('takes nothing for an answer to a poll that does not say it was counted', async () => {
    network.mockResolvedValue(json(201, { id: 'x' }));
    await enqueue({ kind: 'poll', method: 'POST', path: '/poll-rooms/7KQ2MX/answers', body: {}, anonymous: true, device: false, label: 'x' });
    expect(await flush()).toBe(false);
  });

  it('sends the last word on a place, tells what came of it, and knows to which meetings this device comes', async () => {
    const place = (method: 'PUT' | 'DELETE'): Order => ({ ...support(method), kind: 'place', path: '/meetings/m1/place', concern: 'm1' });
    const said = (standing: string) => json(200, { places: { capacity: 1, taken: 1, waiting: 1 }, place: { standing, turn: null } });
    network.mockResolvedValueOnce(said('waiting')).mockResolvedValueOnce(said('none'));
    await enqueue(place('DELETE'));
    const last = await enqueue(place('PUT'));
    const heard: unknown[] = [];
    await flush((item, answer) => heard.push(item.id, (answer as { place: unknown }).place));
    expect(heard).toEqual([last.id, { standing: 'waiting', turn: null }]);
    expect(network).toHaveBeenCalledTimes(1);
    expect(await listSupported()).toEqual(['m1']);
    await enqueue(place('DELETE'));
    await flush();
    expect(await listSupported()).toEqual([]);
  });

  it('keeps a place that something else answered for', async () => {
    network.mockResolvedValue(json(200, { supported: true, support: {} }));
    await enqueue({ ...support('PUT'), kind: 'place', path: '/meetings/m1/place', concern: 'm1' });
    expect(await flush()).toBe(false);
    expect(await listSupported()).toEqual([]);
  });

  it('knows what this device supports, whoever sent it, until it is taken back', async () => {
    const said = (supported: boolean) => json(200, { support: { residents: 0, visitors: 1 }, supported });
    network.mockResolvedValueOnce(said(true)).mockResolvedValueOnce(said(false));
    await enqueue(support('PUT'));
    expect(await listSupported()).toEqual([]);
    await flush();
    expect(await listSupported()).toEqual(['abc']);
    await enqueue(support('DELETE'));
    await flush();
    expect(await listSupported()).toEqual([]);
  });

  it('knows the last five hundred of them', async () => {
    network.mockImplementation(() => Promise.resolve(json(200, { support: { residents: 0, visitors: 1 }, supported: true })));
    await (await db()).put('kept', Array.from({ length: 500 }, (_none, number) => `${number}`), 'supported');
    await enqueue(support('PUT'));
    await flush();
    const known = await listSupported();
    expect([known.length, known[0], known.at(-1)]).toEqual([500, '1', 'abc']);
  });

  it('keeps the same key when the answer got lost on the way', async () => {
    network.mockRejectedValueOnce(new TypeError('network')).mockResolvedValueOnce(accepted());
    const { id } = await enqueue(submit);
    expect(await flush()).toBe(false);
    expect(await flush()).toBe(true);
    expect([header(0, 'idempotency-key'), header(1, 'idempotency-key')]).toEqual([id, id]);
  });

  it('sends once from two tabs and a worker that wake together', async () => {
    let inside = 0;
    network.mockImplementation(async () => {
      expect(++inside).toBe(1);
      await new Promise((done) => setTimeout(done, 5));
      inside--;
      return accepted();
    });
    await enqueue(submit);
    await enqueue({ ...submit, label: 'second' });
    await Promise.all([flush(), flush(), flush()]);
    expect(network).toHaveBeenCalledTimes(2);
    expect(await list()).toEqual([]);
  });

  it.each([
    ['a page with status 200', portal],
    ['JSON of somebody else', () => json(200, { login: true })],
    ['a success with another shape', () => json(201, { ok: true })],
    ['nothing at all', () => new Response(null, { status: 204 })],
    ['a page with status 403', () => new Response('<html>', { status: 403, headers: { 'content-type': 'text/html' } })],
    ['a gateway without its server', () => new Response('bad gateway', { status: 502 })],
    ['a server at rest', () => problem(503, 'storage_unavailable')],
    ['too many at once', () => problem(429, 'too_many_requests')],
  ])('keeps the item when a captive portal or a fault answers: %s', async (_name, answer) => {
    network.mockImplementation(async () => answer());
    const { id } = await enqueue(submit);
    expect(await flush()).toBe(false);
    expect(await list()).toMatchObject([{ id, state: 'waiting' }]);
  });

  it('notes that a try failed, so that nobody is told it is still being sent', async () => {
    network.mockRejectedValueOnce(new TypeError('network'));
    const { id } = await enqueue(submit);
    const behind = await enqueue({ ...submit, label: 'second' });
    expect((await list()).map(({ tried }) => tried)).toEqual([undefined, undefined]);
    await flush();
    expect(network).toHaveBeenCalledTimes(1);
    expect(await list()).toMatchObject([
      { id, state: 'waiting', tried: true },
      { id: behind.id, state: 'waiting', tried: true },
    ]);
  });

  it('does the work the server asks for in a crowd, and sends the same thing again with it', async () => {
    const work = { challenge: '6a0c1d2e.8.abcdefghjk.0123456789abcdef0123', difficulty: 8 };
    const asked = () => json(429, { type: 'x', title: 'x', status: 429, code: 'proof_needed', work }, 'application/problem+json');
    network.mockImplementationOnce(async () => asked()).mockImplementationOnce(async () => accepted());
    const { id } = await enqueue(submit);
    expect(await flush()).toBe(true);
    expect([header(0, 'idempotency-key'), header(1, 'idempotency-key')]).toEqual([id, id]);
    expect(header(0, 'x-proof')).toBeNull();
    expect(header(1, 'x-proof')).toMatch(new RegExp(`^${work.challenge}:\\d+$`));
    expect(network.mock.calls[1]?.[1]?.body).toBe(network.mock.calls[0]?.[1]?.body);

    network.mockImplementation(async () => asked());
    const late = await enqueue(submit);
    expect(await flush()).toBe(false);
    expect(await list()).toMatchObject([{ id: late.id, state: 'waiting' }]);
  });

  it('does not follow a redirect and never carries cookies for an anonymous deed', async () => {
    network.mockResolvedValue(accepted());
    await enqueue(submit);
    await flush();
    expect(network.mock.calls[0]?.[1]).toMatchObject({ redirect: 'error', credentials: 'omit' });
  });

  it('marks a refusal, keeps the words, and goes on with the next', async () => {
    network.mockResolvedValueOnce(problem(422, 'fields_invalid')).mockResolvedValueOnce(accepted());
    const first = await enqueue(submit);
    await enqueue({ ...submit, label: 'second' });
    expect(await flush()).toBe(true);
    expect(await list()).toMatchObject([{ id: first.id, state: 'refused', body: submit.body }]);
    await flush();
    expect(network).toHaveBeenCalledTimes(2);
  });

  it('sends a refused item again under a new key, for its content may have changed', async () => {
    network.mockResolvedValueOnce(problem(409, 'idempotency_key_reused')).mockResolvedValueOnce(accepted());
    const { id } = await enqueue(submit);
    await flush();
    await again(id);
    await flush();
    expect(header(1, 'idempotency-key')).not.toBe(id);
    expect(await list()).toEqual([]);
  });

  it('lets the last word on a support win before it was sent', async () => {
    network.mockImplementation(async () => json(200, { support: { residents: 0, visitors: 0 }, supported: false }));
    await enqueue(support('PUT'));
    await enqueue(support('DELETE'));
    expect(await list()).toHaveLength(1);
    await flush();
    expect(network.mock.calls.map(([, init]) => init?.method)).toEqual(['DELETE']);
    expect(header(0, 'x-device')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('sends a follow that waited once, however it was changed meanwhile', async () => {
    network.mockRejectedValueOnce(new TypeError('network')).mockImplementation(async () => json(200, { follows: true }));
    await enqueue(follow('PUT'));
    expect(await flush()).toBe(false);
    await enqueue(follow('DELETE'));
    await enqueue(follow('PUT'));
    expect(await list()).toHaveLength(1);
    await Promise.all([flush(), flush()]);
    expect(network.mock.calls.map(([, init]) => init?.method)).toEqual(['PUT', 'PUT']);
    expect(network.mock.calls[1]?.[1]?.credentials).toBe('same-origin');
    expect(await list()).toEqual([]);
  });

  it('never sends in the name of whoever signed in later, and loses nothing by it', async () => {
    network.mockImplementation(async () => json(200, { follows: true }));
    await signIn('mira@example.al');
    await enqueue(follow('PUT'));
    await signIn('besa@example.al');
    await flush();
    const [kept] = await list();
    expect(kept).toMatchObject({ state: 'refused', failure: { code: 'session_expired' } });
    expect(network).not.toHaveBeenCalled();
    await signIn('mira@example.al');
    await again(kept?.id ?? '');
    expect(await flush()).toBe(true);
    expect(network).toHaveBeenCalledTimes(1);
  });

  it('sends a question without cookies, and keeps it until the answer is ours', async () => {
    await signIn('mira@example.al');
    await enqueue({ ...submit, kind: 'question', path: '/consultations/abc/questions', body: { text: 'Kur?' } });
    network.mockResolvedValueOnce(json(201, { id: 'c1' }));
    expect(await flush()).toBe(false);
    network.mockResolvedValueOnce(json(201, { state: 'waiting' }));
    expect(await flush()).toBe(true);
    expect(network.mock.calls[1]?.[1]?.credentials).toBe('omit');
    expect(header(1, 'Idempotency-Key')).toBe(header(0, 'Idempotency-Key'));
  });

  it('takes back words and leaves a support', async () => {
    await enqueue(submit);
    await enqueue({ ...submit, kind: 'message' });
    await enqueue({ ...submit, kind: 'question' });
    await enqueue(support('PUT'));
    await discardWords();
    expect(await list()).toMatchObject([{ kind: 'support' }]);
  });

  it('keeps the order in which things were done', async () => {
    const sent: unknown[] = [];
    network.mockImplementation(async (_url, init) => {
      sent.push((JSON.parse(String(init?.body)) as { n: number }).n);
      return accepted();
    });
    for (const n of [1, 2, 3]) await enqueue({ ...submit, body: { n } });
    await flush();
    expect(sent).toEqual([1, 2, 3]);
  });

  it('does not bring back what was taken back while it was being sent', async () => {
    const { id } = await enqueue(submit);
    network.mockImplementation(async () => {
      await discard(id);
      return problem(422, 'fields_invalid');
    });
    await flush();
    expect(await list()).toEqual([]);
  });
});
