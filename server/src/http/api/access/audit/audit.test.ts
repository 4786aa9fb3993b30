import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';
import { record } from '../../../../access/audit/record.ts';
import { asSystem } from '../../../../context.ts';
import { inTransaction } from '../../../../db/tx.ts';

interface Entry {
  id: string;
  seq: number;
  action: string;
  environment: string | null;
  actor: { kind: string; label: string };
  target: { type: string; id: string; name: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

async function setUp(): Promise<{ app: TestApp; w: TestWorkspace }> {
  const app = await testApp();
  return { app, w: await newWorkspace(app) };
}

async function get(app: TestApp, url: string, headers: Record<string, string>) {
  return await app.http.inject({ url, headers });
}

async function items(app: TestApp, w: TestWorkspace, query = ''): Promise<Entry[]> {
  const answer = await get(app, `/api/v1/audit${query}`, w.ownerHeaders());
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items;
}

async function make(app: TestApp, w: TestWorkspace, name: string, environment: 'live' | 'test' = 'live') {
  const headers = { ...w.ownerHeaders(environment), 'user-agent': 'a test' };
  const answer = await app.http.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: { name } });
  expect(answer.statusCode).toBe(201);
  return answer.json() as { id: string; write_key: string };
}

test('a change is told with who, from where, before and after; a write key by its end', async () => {
  const { app, w } = await setUp();
  const source = await make(app, w, 'Web');
  const headers = await w.keyHeaders();
  const url = `/api/v1/sources/${source.id}`;
  await app.http.inject({ method: 'PATCH', url, headers, payload: { name: 'Shop', enabled: false } });
  await app.http.inject({ method: 'DELETE', url, headers });
  const found = await items(app, w, '?target_type=source');
  expect(found).toMatchObject([
    { action: 'source.deleted', actor: { kind: 'key', label: 'test key' }, after: null },
    {
      action: 'source.updated',
      target: { type: 'source', id: source.id, name: 'Shop' },
      before: { name: 'Web', enabled: true },
      after: { name: 'Shop', enabled: false },
    },
    {
      action: 'source.created',
      environment: 'live',
      actor: { kind: 'user', id: w.owner.id, label: w.owner.email },
      ip: '127.0.0.1',
      user_agent: 'a test',
      before: null,
      after: { name: 'Web', write_keys: [`…${source.write_key.slice(-4)}`], enabled: true },
    },
  ]);
  expect(JSON.stringify(found)).not.toContain(source.write_key);
  const [first] = found;
  for (const id of [first?.id, first?.seq]) {
    expect((await get(app, `/api/v1/audit/${id}`, w.ownerHeaders())).json()).toEqual(first);
  }
});

test('a refused change leaves no entry', async () => {
  const { app, w } = await setUp();
  const before = (await items(app, w)).length;
  const headers = w.ownerHeaders();
  const send = (payload: object) => app.http.inject({ method: 'POST', url: '/api/v1/destinations', headers, payload });
  const settings = { url: 'https://example.com' };
  expect((await send({ name: 'x', source_id: 'none', settings })).statusCode).toBe(422);
  const source = await make(app, w, 'Web');
  await app.http.inject({ method: 'DELETE', url: `/api/v1/sources/${w.owner.id}`, headers });
  await app.http.inject({ method: 'PATCH', url: `/api/v1/sources/${w.owner.id}`, headers, payload: { name: 'x' } });
  expect((await send({ name: 'x', source_id: source.id, settings })).statusCode).toBe(201);
  expect(await app.http.inject({ method: 'DELETE', url: `/api/v1/sources/${source.id}`, headers })).toMatchObject({
    statusCode: 409,
  });
  expect((await items(app, w)).length).toBe(before + 2);
});

test('a request that is repeated with its Idempotency-Key leaves one entry', async () => {
  const { app, w } = await setUp();
  const headers = { ...w.ownerHeaders(), 'idempotency-key': 'the-same' };
  const send = () => app.http.inject({ method: 'POST', url: '/api/v1/sources', headers, payload: { name: 'Once' } });
  const [first, second] = [await send(), await send()];
  expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
  expect(second.body).toBe(first.body);
  expect((await items(app, w, '?target_type=source')).map((entry) => entry.target.name)).toEqual(['Once']);
});

test('pages are newest first, and every filter leaves out the rest', async () => {
  const { app, w } = await setUp();
  for (let n = 0; n < 5; n++) await make(app, w, `Source ${n}`);
  const key = await w.keyHeaders();
  await app.http.inject({ method: 'POST', url: '/api/v1/sources', headers: key, payload: { name: '100%_odd' } });
  const seqs = (await items(app, w)).map((entry) => entry.seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
  const first = (await get(app, '/api/v1/audit?limit=2&target_type=source', w.ownerHeaders())).json();
  expect(first).toMatchObject({
    total: 6,
    items: [{ target: { name: '100%_odd' } }, { target: { name: 'Source 4' } }],
  });
  const second = await items(app, w, `?limit=2&target_type=source&cursor=${first.cursor}`);
  expect(second.map((entry) => entry.target.name)).toEqual(['Source 3', 'Source 2']);

  const names = async (query: string) => (await items(app, w, query)).map((entry) => entry.target.name);
  expect(await names('?action=source.&actor=test%20key')).toEqual(['100%_odd']);
  expect(await names(`?actor=${w.owner.id}&target_type=source&q=source%202`)).toEqual(['Source 2']);
  expect(await names('?q=100%25_')).toEqual(['100%_odd']);
  expect(await names('?q=1%25odd')).toEqual([]);
  expect(await names('?action=source.upd')).toEqual([]);
  expect(await names(`?target_id=${second[0]?.target.id}`)).toEqual(['Source 3']);
  const time = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
  expect(await names(`?from=${time}`)).toEqual([]);
  expect((await names(`?to=${time}`)).length).toBe(seqs.length);
  for (const query of ['q=', 'action=%25', 'from=today', 'cursor=x', 'limit=0', 'limit=101', 'q=a%00b', 'colour=red']) {
    expect((await get(app, `/api/v1/audit?${query}`, w.ownerHeaders())).statusCode, query).toBe(422);
  }
});

test('needs audit:read: owners and admins have it, members and viewers do not', async () => {
  const { app, w } = await setUp();
  const status = async (headers: Record<string, string>) => (await get(app, '/api/v1/audit', headers)).statusCode;
  for (const role of ['owner', 'admin'] as const) expect(await status(await w.memberHeaders(role))).toBe(200);
  for (const role of ['member', 'viewer'] as const) expect(await status(await w.memberHeaders(role))).toBe(403);
  expect(await status(await w.keyHeaders({ scopes: ['audit:read'] }))).toBe(200);
  expect(await status(await w.keyHeaders({ scopes: ['sources:read'] }))).toBe(403);
});

test('a test key sees only what is of the test environment, a live key everything else', async () => {
  const { app, w } = await setUp();
  await make(app, w, 'Live one');
  await make(app, w, 'Test one', 'test');
  const seen = async (environment: 'live' | 'test') => {
    const headers = await w.keyHeaders({ environment, scopes: ['audit:read'] });
    const listed = (await get(app, '/api/v1/audit?target_type=source', headers)).json().items as Entry[];
    const exported = (await get(app, '/api/v1/audit/export?format=jsonl&target_type=source', headers)).body;
    expect(
      exported
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(listed);
    return listed.map((entry) => entry.target.name);
  };
  expect(await seen('live')).toEqual(['Live one']);
  expect(await seen('test')).toEqual(['Test one']);
});

test('the CSV is RFC 4180, and no cell of it is a formula', async () => {
  const { app, w } = await setUp();
  const odd = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '"quoted", and\r\ntwo lines', '＝1', 'plain'];
  for (const name of odd) await make(app, w, name);
  const answer = await get(app, '/api/v1/audit/export?target_type=source', w.ownerHeaders());
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="audit.csv"',
    'cache-control': 'no-store',
  });
  const rows = parseCsv(answer.body);
  const column = rows[0]?.indexOf('target_name') ?? -1;
  const names = rows.slice(1).map((row) => row[column] ?? '');
  expect(names.reverse()).toEqual(odd.map((name) => (/quoted|plain/.test(name) ? name : `'${name}`)));
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
});

test('an export of many pages is whole, and only of its workspace', async () => {
  const { app, w } = await setUp();
  const { db } = app.database;
  await asSystem(() =>
    inTransaction(db, async (tx) => {
      for (let n = 0; n < 1_203; n++) {
        const target = { type: 'thing', id: n, name: `Thing ${n}` };
        await record(tx, { action: 'thing.made', target, workspaceId: w.workspace.id });
      }
    }),
  );
  const answer = await get(app, '/api/v1/audit/export?format=jsonl&action=thing.', w.ownerHeaders());
  const ids = answer.body
    .trim()
    .split('\n')
    .map((line) => Number((JSON.parse(line) as Entry).target.id));
  expect(ids).toEqual(Array.from({ length: 1_203 }, (_, n) => 1_202 - n));
});

test('the chain verifies by API, in parts too, and shows the key of its checkpoints', async () => {
  const { app, w } = await setUp();
  await make(app, w, 'Web');
  const whole = (await get(app, '/api/v1/audit/verify', w.ownerHeaders())).json();
  expect(whole).toMatchObject({ ok: true, complete: true, first_seq: 1, problems: [] });
  expect(whole.entries).toBe(whole.last_seq);
  const rest = (await get(app, `/api/v1/audit/verify?from=${whole.last_seq}`, w.ownerHeaders())).json();
  expect(rest).toMatchObject({ ok: true, entries: 1 });
  const key = (await get(app, '/api/v1/audit/public-key', w.ownerHeaders())).json();
  expect(key).toMatchObject({ algorithm: 'Ed25519', public_key: expect.stringContaining('BEGIN PUBLIC KEY') });
});

/** RFC 4180, with every cell quoted. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1)?.push(cell.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}
