/** Attack list 9 and 24 (docs/security.md): generated over every registered route, so that a new one is in without a line here. */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeclaredRoute } from '../../src/http/route.ts';
import { buildApp, newWorkspace, processEvents, type TestApp, type TestWorkspace } from '../support/app.ts';

let app: TestApp;
let w: TestWorkspace;
let columns: string[];

beforeAll(async () => {
  app = await buildApp({});
  w = await newWorkspace(app);
  const rows = await sql<{ column_name: string }>`
    select distinct column_name from information_schema.columns where table_schema = 'public'`.execute(app.database.db);
  columns = rows.rows.map((row) => row.column_name);
});

afterAll(() => app.stop());

type Schema = Record<string, unknown>;

function writes(): DeclaredRoute[] {
  return app.http.declaredRoutes.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));
}

/** Doors that read bodies with checks of their own, and why an unknown field is no danger there. */
const OWN_CHECKS = [
  // Events hold what their senders like; it is stored as the event.
  /^\/v1\//,
  // Unknown fields are let pass as the vendor does; handlers get the contract's fields only.
  /^\/(segment\/)?(?!api|v1beta|oauth|segops|subscribeflow|segment)/,
  /^\/segment\//,
  // The Config API's clients send back what they read, with fields that only the server writes (contract §5, §20).
  /^\/(segment-config\/)?v1beta\//,
  // OAuth's forms: RFC 6749 §3.1 has unknown parameters ignored.
  /^\/oauth\//,
  // GitHub's array: unknown members are ignored, as its programme asks.
  /^\/api\/secret-scanning\//,
];

function objectsOf(schema: unknown, path: string, found: { path: string; schema: Schema }[] = []) {
  if (typeof schema !== 'object' || schema === null) return found;
  const one = schema as Schema;
  if (one['type'] === 'object' && one['properties'] !== undefined) found.push({ path, schema: one });
  for (const [name, inner] of Object.entries(one)) objectsOf(inner, `${path}.${name}`, found);
  return found;
}

test('mass assignment: every write route of ours has a schema that knows all its fields, at every depth', () => {
  const open: string[] = [];
  let checked = 0;
  for (const { method, url, schema } of writes()) {
    if (schema.body === undefined || OWN_CHECKS.some((pattern) => pattern.test(url))) continue;
    for (const { path, schema: part } of objectsOf(schema.body, 'body')) {
      checked++;
      if (part['additionalProperties'] === undefined) open.push(`${method} ${url} ${path}`);
    }
  }
  expect(open).toEqual([]);
  expect(checked).toBeGreaterThan(20);
});

test('mass assignment: no write route takes a column that it does not declare', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as typeof addFormats.default)(ajv);
  let tried = 0;
  for (const { method, url, schema } of writes()) {
    if (schema.body === undefined || OWN_CHECKS.some((pattern) => pattern.test(url))) continue;
    const body = schema.body as Schema;
    const declared = new Set(objectsOf(body, '').flatMap(({ schema: part }) => Object.keys(part['properties'] ?? {})));
    const validate = ajv.compile(body);
    for (const column of columns) {
      if (declared.has(column)) continue;
      validate({ [column]: 'x' });
      const named = validate.errors?.some(
        (error) => error.keyword === 'additionalProperties' && error.params['additionalProperty'] === column,
      );
      expect(named ?? false, `${method} ${url} takes ${column}`).toBe(true);
      tried++;
    }
  }
  expect(columns.length).toBeGreaterThan(100);
  expect(tried).toBeGreaterThan(2_000);
});

test('mass assignment: all of them in one body are refused and change nothing', async () => {
  const headers = await w.keyHeaders({ maySend: true });
  const refused = [400, 401, 403, 404, 409, 415, 422];
  for (const { method, url, schema, access } of writes()) {
    if (schema.body === undefined || access.scope === 'write-key') continue;
    if (OWN_CHECKS.some((pattern) => pattern.test(url))) continue;
    const body = schema.body as Schema;
    const declared = new Set(objectsOf(body, '').flatMap(({ schema: part }) => Object.keys(part['properties'] ?? {})));
    const payload = Object.fromEntries(columns.filter((name) => !declared.has(name)).map((name) => [name, 'x']));
    const target = url.replace(/:\w+/g, '1');
    const answer = await app.http.inject({ method: method as 'POST', url: target, headers, payload });
    expect(refused, `${method} ${url}: ${answer.statusCode} ${answer.body.slice(0, 200)}`).toContain(answer.statusCode);
  }
});

const POLLUTIONS = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '[{"__proto__":{"polluted":true}}]',
  '{"\\u005f_proto__":{"polluted":true}}',
];

test('prototype pollution: no body on any route makes an object of ours have more', async () => {
  const headers = { ...(await w.keyHeaders({ maySend: true })), 'content-type': 'application/json' };
  for (const { method, url } of writes()) {
    for (const payload of POLLUTIONS) {
      const answer = await app.http.inject({
        method: method as 'POST',
        url: url.replace(/:\w+/g, '1'),
        headers,
        payload,
      });
      expect(answer.statusCode, `${method} ${url} ${payload}`).toBeLessThan(500);
      expect(({} as Record<string, unknown>)['polluted'], `${method} ${url} ${payload}`).toBeUndefined();
    }
  }
});

test('prototype pollution: no query on any route does either', async () => {
  const headers = await w.keyHeaders();
  const query = '__proto__[polluted]=1&__proto__.polluted=1&constructor[prototype][polluted]=1&a.__proto__.polluted=1';
  for (const { method, url } of app.http.declaredRoutes) {
    if (method !== 'GET' || url.endsWith('/events/stream')) continue;
    const answer = await app.http.inject({ url: `${url.replace(/:\w+|\*/g, '1')}?${query}`, headers });
    expect(answer.statusCode, url).not.toBe(500);
    expect(({} as Record<string, unknown>)['polluted'], url).toBeUndefined();
  }
});

test('prototype pollution: an event, its traits and a template cannot do it either', async () => {
  const headers = await w.keyHeaders();
  const source = await app.http.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: { name: 'S' } });
  const event = `{"writeKey":"${source.json().write_key}","userId":"u","traits":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},"context":{"__proto__":{"polluted":true}}}`;
  const answer = await app.http.inject({ method: 'POST', url: '/v1/identify', payload: event });
  expect(answer.statusCode).toBeLessThan(500);
  await processEvents(app);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
