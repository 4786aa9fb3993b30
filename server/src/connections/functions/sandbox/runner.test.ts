import { afterAll, describe, expect, test } from 'vitest';
import type { FetchAnswer, FetchRequest } from './protocol.ts';
import { createRunner } from './runner.ts';

const runner = createRunner();
afterAll(() => runner.stop());

const asked: FetchRequest[] = [];
let answer: FetchAnswer = { status: 200, headers: { 'x-a': '1' }, text: '{"n":1}' };

function run(code: string, payload: unknown = { type: 'track', event: 'E' }, settings: object = {}, workspace = 'w') {
  const job = { kind: 'events', code, payload: JSON.stringify(payload), settings: JSON.stringify(settings) } as const;
  return runner.run(workspace, job, async (request) => {
    asked.push(request);
    return answer;
  });
}

describe('a function', () => {
  test('gets the event and the settings, and its answer is what it returns', async () => {
    const code = `async function onTrack(event, settings) {
      console.log('hello', { a: 1 }, event.event);
      await Promise.resolve();
      return { ...event, properties: { plan: settings.plan } };
    }`;
    const outcome = await run(code, { type: 'track', event: 'E' }, { plan: 'pro' });
    expect(outcome).toEqual({
      result: { type: 'track', event: 'E', properties: { plan: 'pro' } },
      events: [],
      error: null,
      logs: [{ level: 'log', message: 'hello {"a":1} E', at: expect.any(Number) }],
      logsTruncated: false,
      ms: expect.any(Number),
    });
  });

  test.each(['identify', 'group', 'page', 'screen', 'alias', 'delete'])('is called for %s', async (type) => {
    const name = `on${type[0]?.toUpperCase()}${type.slice(1)}`;
    expect((await run(`const ${name} = async (event) => event.type`, { type })).result).toBe(type);
    expect((await run('function onTrack() {}', { type })).error).toMatchObject({
      name: 'EventNotSupported',
      message: `the function has no ${name}`,
    });
  });

  test('gets a batch whole where it has onBatch, else event by event', async () => {
    const batch = [{ type: 'track' }, { type: 'page' }];
    expect((await run('function onBatch(events) { return events.length }', batch)).result).toBe(2);
    const code = 'function onTrack() { return 1 } async function onPage() { return 2 }';
    expect((await run(code, batch)).result).toEqual([1, 2]);
  });

  test.each(['EventNotSupported', 'InvalidEventPayload', 'ValidationError', 'RetryError', 'DropEvent'])(
    'may throw %s',
    async (name) => {
      const outcome = await run(`async function onTrack() {\n  throw new ${name}('because')\n}`);
      expect(outcome.error).toMatchObject({ name, message: 'because', line: 2 });
      expect(outcome.result).toBeNull();
    },
  );

  test('is told by line and column where it failed', async () => {
    const outcome = await run('function onTrack(event) {\n\n  return event.a.b;\n}');
    expect(outcome.error).toMatchObject({ name: 'TypeError', line: 3, column: expect.any(Number) });
    expect((await run('throw 7')).error?.message).toContain('7');
    expect((await run('async function onTrack() { throw "text" }')).error).toMatchObject({ message: 'text' });
  });

  test('fetches through its host', async () => {
    const code = `async function onTrack(event) {
      const response = await fetch('https://example.com/', { method: 'post', headers: { 'X-Key': 1 }, body: 'b' });
      return [response.ok, response.status, response.headers.get('X-A'), await response.json()];
    }`;
    expect((await run(code)).result).toEqual([true, 200, '1', { n: 1 }]);
    expect(asked.at(-1)).toEqual({
      url: 'https://example.com/',
      method: 'POST',
      headers: { 'x-key': '1' },
      body: 'b',
    });
    answer = { error: 'nobody there' };
    expect((await run(code)).error).toMatchObject({ name: 'TypeError', message: 'fetch failed: nobody there' });
  });

  test('has timers and base64', async () => {
    const code = `async function onTrack() {
      await new Promise((done) => setTimeout(done, 20));
      return [btoa('a'), btoa('ab'), btoa('abc'), atob('YWJj'), atob('YWI='), atob('YQ==')];
    }`;
    expect((await run(code)).result).toEqual(['YQ==', 'YWI=', 'YWJj', 'abc', 'ab', 'a']);
  });

  test('of a source makes events of a request', async () => {
    const code = `async function onRequest(request, settings) {
      const body = request.json();
      Segment.track({ event: body.name, userId: request.url.searchParams.get('u'), properties: { h: request.headers.get('x-h') } });
      Segment.identify({ userId: 'u1', traits: {} });
    }`;
    const payload = { body: { name: 'Hook' }, headers: { 'X-H': ['1', '2'] }, queryParameters: { u: '7' } };
    const job = { kind: 'source', code, payload: JSON.stringify(payload), settings: '{}' } as const;
    const outcome = await runner.run('w', job, async () => answer);
    expect(outcome.error).toBeNull();
    expect(outcome.events).toEqual([
      { type: 'track', event: 'Hook', userId: '7', properties: { h: '1, 2' } },
      { type: 'identify', userId: 'u1', traits: {} },
    ]);
  });

  test('leaves nothing for the next one', async () => {
    await run('globalThis.secret = 1; Array.prototype.secret = 1; function onTrack() { return 1 }');
    expect((await run('function onTrack() { return [typeof secret, [].secret ?? null] }')).result).toEqual([
      'undefined',
      null,
    ]);
  });

  test('that waits for nothing is told so', async () => {
    expect((await run('function onTrack() { return new Promise(() => {}) }')).error?.name).toBe('Unfinished');
  });
});

test('code that does not parse is told by line and column, and none of it runs', async () => {
  expect((await runner.check('w', 'function onTrack() {\n  const = 1;\n}')).error).toMatchObject({
    name: 'SyntaxError',
    line: 2,
    column: 9,
  });
  expect((await runner.check('w', 'for (;;) {}')).error).toBeNull();
});

test('a workspace that runs much leaves room for others', async () => {
  const slow = 'function onTrack() { for (;;) {} }';
  const many = Array.from({ length: 5 }, () => run(slow, { type: 'track' }, {}, 'greedy'));
  const began = Date.now();
  expect((await run('function onTrack() { return 1 }', { type: 'track' }, {}, 'modest')).result).toBe(1);
  expect(Date.now() - began).toBeLessThan(900);
  expect((await Promise.all(many)).map(({ error }) => error?.name)).toEqual(Array(5).fill('Timeout'));
  const flood = Array.from({ length: 30 }, () => run('function onTrack() {}', { type: 'track' }, {}, 'greedy'));
  const refused = (await Promise.allSettled(flood)).filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(10);
});
