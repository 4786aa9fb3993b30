/** Attack list 31 (docs/security.md): what a function's code may try against the sandbox alone. Its doors: test/attacks/functions.test.ts. */
import { afterAll, describe, expect, test } from 'vitest';
import { LIMITS } from './protocol.ts';
import { createRunner } from './runner.ts';

const runner = createRunner({ threads: 1 });
afterAll(() => runner.stop());

function run(code: string, settings = '{}') {
  return runner.run('w', { kind: 'events', code, payload: '{"type":"track"}', settings }, async () => ({
    status: 200,
    headers: {},
    text: '',
  }));
}

const within = (body: string) => `async function onTrack(event, settings) { ${body} }`;

describe('attack row 31: an infinite loop', () => {
  test.each([
    ['at the top', 'for (;;) {}'],
    ['in the handler', within('for (;;) {}')],
    ['that catches what ends it', within('for (;;) { try { for (;;) {} } catch { } finally { for (;;) {} } }')],
    ['of promises', within('const again = () => Promise.resolve().then(again); return again()')],
    ['of timers', within('const again = () => setTimeout(again, 0); again(); for (;;) await 0')],
    ['in a slow regular expression', within('return /(a+)+$/.test("a".repeat(60) + "b")')],
    ['in a getter of what is thrown', within('throw { get message() { for (;;) {} } }')],
    ['in toJSON of what is returned', within('return { toJSON() { for (;;) {} } }')],
    ['in native code', within('let n = 3n; for (;;) n = n * n')],
    ['in sorting', within('[3, 2, 1].sort(() => { for (;;) {} })')],
    ['in a proxy', within('return new Proxy({}, { ownKeys() { for (;;) {} } })')],
  ])('%s ends, and the next run works', async (_, code) => {
    const began = Date.now();
    const { error } = await run(code);
    expect(['Timeout', 'RangeError', 'OutOfMemory']).toContain(error?.name);
    expect(Date.now() - began).toBeLessThan(LIMITS.wallMs + 2_000);
    expect((await run(within('return 1'))).result).toBe(1);
  });

  test('one that waits for ever ends too', async () => {
    const code = within('for (;;) await new Promise((done) => setTimeout(done, 1000))');
    expect((await run(code)).error?.name).toBe('Timeout');
  });
});

describe('attack row 31: a memory bomb', () => {
  test.each([
    ['of objects', within('const all = []; for (;;) all.push({ a: [1, 2, 3] })')],
    ['kept globally', 'globalThis.all = []; for (;;) globalThis.all.push(new Array(5000).fill(1))'],
    ['of strings', within('let s = "x".repeat(1000); const all = []; for (;;) all.push(s + all.length)')],
    ['of one buffer', within('return new Uint8Array(1e9).length')],
    ['of many buffers', within('const all = []; for (;;) all.push(new ArrayBuffer(1e6))')],
    ['of one array', within('return new Array(1e8).fill(0).length')],
    ['that is caught', within('const all = []; for (;;) try { for (;;) all.push(new ArrayBuffer(1e6)) } catch {}')],
    ['of JSON', within('let v = [1]; for (let i = 0; i < 40; i++) v = [v, v]; return JSON.stringify(v)')],
  ])('%s ends within its limit', async (_, code) => {
    const before = process.memoryUsage().rss;
    const { error } = await run(code);
    expect(['OutOfMemory', 'Timeout', 'RangeError', 'InternalError']).toContain(error?.name);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
    expect((await run(within('return 1'))).result).toBe(1);
  });
});

describe('attack row 31: exhausting the stack', () => {
  test.each([
    ['by recursion', within('const again = () => again() + 1; return again()')],
    ['by nested JSON', within('return JSON.parse("[".repeat(1e6))')],
    ['by a deep result', within('let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o')],
    ['by a deep pattern', within('return new RegExp("(".repeat(1e5) + ")".repeat(1e5)).test("")')],
  ])('%s ends the run alone', async (_, code) => {
    const { error } = await run(code);
    expect(['StackOverflow', 'SyntaxError', 'RangeError', 'InternalError', 'TypeError']).toContain(error?.name);
    expect((await run(within('return 1'))).result).toBe(1);
  });

  test('by code that nests without end, at the check before it is kept', async () => {
    const { error } = await runner.check('w', `${'('.repeat(200_000)}`);
    expect(error).not.toBeNull();
    expect((await run(within('return 1'))).result).toBe(1);
  });
});

describe('attack row 31: getting out', () => {
  test('nothing of Node, the network or the module system is there', async () => {
    const names = [
      'process',
      'require',
      'module',
      'Buffer',
      'global',
      'WebAssembly',
      'Worker',
      'XMLHttpRequest',
      'Deno',
      'std',
      'os',
    ];
    const code = within(`return [${names.map((name) => `typeof ${name}`).join(',')}]`);
    expect((await run(code)).result).toEqual(names.map(() => 'undefined'));
    for (const specifier of ['fs', 'node:fs', './worker.ts', 'https://example.com/x.js']) {
      expect((await run(within(`return (await import('${specifier}')).default`))).error).not.toBeNull();
    }
  });

  test('constructors of what it is given lead to its own world only', async () => {
    const code = within(`
      const reached = [];
      const start = [event, settings, fetch, console.log, setTimeout, new EventNotSupported(), fetch('x'), Segment_()];
      function Segment_() { return globalThis; }
      for (const value of start) {
        let at = value;
        for (let i = 0; i < 5 && at; i++) {
          try { reached.push(typeof at.constructor.constructor('return typeof process + typeof require')()); } catch {}
          try { reached.push(at.constructor.constructor('return typeof process + typeof require')()); } catch {}
          at = at.constructor;
        }
      }
      try { reached.push(this?.constructor?.constructor?.('return typeof process')()); } catch {}
      return [...new Set(reached)];`);
    const { result } = await run(code);
    for (const text of result as unknown[]) expect([null, 'string', 'undefined', 'undefinedundefined']).toContain(text);
  });

  test('a polluted prototype of its own world is not that of ours', async () => {
    const code = `
      Object.prototype.polluted = 1; Array.prototype.polluted = 1; Function.prototype.polluted = 1;
      Object.prototype.toJSON = () => ({ polluted: 1 });
      JSON.parse = () => ({ polluted: 1 }); Promise.prototype.then = null;
      ${within('return JSON.parse(\'{"__proto__":{"polluted":1}}\')')}`;
    await run(code);
    const { result } = await run(
      within('return { ["__proto__"]: { polluted: 1 }, a: JSON.parse(\'{"__proto__":{"polluted":1}}\') }'),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((result as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await run(within('return ({}).polluted ?? null'))).result).toBeNull();
  });

  test('an error tells nothing of the host', async () => {
    const { error, logs } = await run(
      within(
        'for (let i = 0; i < 50; i++) fetch("https://example.com/"); await 0; try { null.x } catch (e) { console.log(e) } throw new Error("end")',
      ),
    );
    const told = JSON.stringify([error, logs]);
    for (const word of ['/server/', 'worker.ts', 'node_modules', 'node:', import.meta.dirname])
      expect(told).not.toContain(word);
  });
});

describe('attack row 31: floods', () => {
  test('of logs are cut', async () => {
    const { logs, logsTruncated, error } = await run(
      within('for (let i = 0; i < 10000; i++) console.log("x".repeat(2000)); return 1'),
    );
    expect([error, logsTruncated]).toEqual([null, true]);
    expect(logs.length).toBeLessThanOrEqual(LIMITS.logLines);
    expect(logs.reduce((sum, { message }) => sum + message.length, 0)).toBeLessThanOrEqual(LIMITS.logTotal);
  });

  test('of output are refused', async () => {
    expect((await run(within('return "x".repeat(5e6)'))).error?.name).toBe('TooMuchOutput');
    expect((await run(within('throw new Error("x".repeat(5e6))'))).error?.message.length).toBeLessThan(2_001);
  });

  test('of fetches and timers are refused', async () => {
    const fetches = await run(within('for (let i = 0; i < 25; i++) await fetch("https://example.com/")'));
    expect(fetches.error?.message).toContain('at most 20 fetches');
    const timers = await run(within('for (let i = 0; i < 200; i++) setTimeout(() => {}, 0)'));
    expect(timers.error?.message).toContain('at most 100 timers');
    const body = await run(within('await fetch("https://example.com/", { method: "POST", body: "x".repeat(1e6) })'));
    expect(body.error?.message).toContain('at most 262144 characters');
  });
});
