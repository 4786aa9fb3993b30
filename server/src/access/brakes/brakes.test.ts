/** Brakes on keys that do what they never did, with aggregates as the usage log gives them; and canary keys. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../../../test/support/app.ts';
import { createBrakes, DAY_MS, HOUR_MS, JUMP, type KeyUse, LEARNING } from './brakes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
});
afterAll(() => app.stop());

const log = pino({ level: 'silent' });
const START = Date.parse('2026-03-02T10:30:00Z');

/** Two processes that look at the same key, and a clock. */
async function watch(options: { quarantine?: boolean } = {}) {
  const w = await newWorkspace(app);
  const { db } = app.database;
  if (options.quarantine) {
    await db.insertInto('key_policies').values({ workspace_id: w.workspace.id, brake_action: 'quarantine' }).execute();
  }
  const text = await w.key({ maySend: true });
  const key = await app.access.keys.check(text);
  if (typeof key === 'string') throw new Error(key);
  let at = START;
  const { alerts, keys } = app.access;
  const make = () =>
    createBrakes({
      db,
      alerts,
      quarantine: keys.quarantine,
      refresh: keys.refresh,
      now: () => new Date(at),
      log,
    });
  const brakes = [make(), make()] as const;
  const use = async (change: Partial<KeyUse> = {}, process: 0 | 1 = 0) => {
    const { keyId, lineage, workspaceId } = key;
    const usual = { networks: ['192.0.2.0/24'], scopes: ['profiles:read'], requests: 1, rows: 10, sends: 0 };
    brakes[process].observe([{ keyId, lineage, workspaceId, lastIp: '192.0.2.7', ...usual, ...change }]);
    await brakes[process].run();
  };
  /** A first day with enough uses. */
  const learn = async () => {
    await use({ requests: LEARNING.uses });
    at += LEARNING.ms;
  };
  return { w, text, key, use, learn, pass: (ms: number) => (at += ms) };
}

async function kinds(w: TestWorkspace): Promise<string[]> {
  const rows = await app.database.db
    .selectFrom('alerts')
    .select('kind')
    .where('workspace_id', '=', w.workspace.id)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.kind);
}

describe('brakes', () => {
  test('while a key is getting known nothing is told: not on the first day, not for the first uses', async () => {
    const { w, use, pass } = await watch();
    await use();
    await use({ networks: ['198.51.100.0/24'], scopes: ['events:read'], rows: 1_000_000, sends: 5_000 });
    pass(2 * DAY_MS);
    await use({ networks: ['203.0.113.0/24'] });
    expect(await kinds(w)).toEqual([]);
  });

  test('the first use from a new network is told once, whichever process sees it', async () => {
    const { w, use, learn } = await watch();
    await learn();
    await use({ networks: ['192.0.2.0/24', '198.51.100.0/24'], lastIp: '198.51.100.9' });
    await use({ networks: ['198.51.100.0/24'] }, 1);
    await use({ networks: ['198.51.100.0/24'] });
    expect(await kinds(w)).toEqual(['new_network']);
    const mails = await app.database.db
      .selectFrom('notices')
      .selectAll()
      .where('to_address', '=', w.owner.email)
      .execute();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('198.51.100.0/24');
  });

  test('a scope that was never used before is told', async () => {
    const { w, use, learn } = await watch();
    await learn();
    await use({ scopes: ['profiles:read', 'api-keys:manage'] });
    await use({ scopes: ['api-keys:manage'] }, 1);
    expect(await kinds(w)).toEqual(['new_scope']);
  });

  test('ten times the rows of the largest hour of the week, and more than a floor, is told once an hour', async () => {
    const { w, use, learn, pass } = await watch();
    await learn();
    await use({ rows: 1_000 });
    pass(HOUR_MS);
    await use({ rows: 6_000 });
    await use({ rows: 3_999 }, 1);
    expect(await kinds(w)).toEqual([]);
    await use({ rows: 2 });
    await use({ rows: 500 }, 1);
    expect(await kinds(w)).toEqual(['export_jump']);
    // Now that is what it does.
    pass(HOUR_MS);
    await use({ rows: 20_000 });
    expect(await kinds(w)).toEqual(['export_jump']);
    // A week later it is forgotten.
    pass(8 * DAY_MS);
    await use({ rows: 20_000 });
    expect(await kinds(w)).toEqual(['export_jump', 'export_jump']);
  });

  test('a few rows more than nothing is no jump', async () => {
    const { w, use, learn } = await watch();
    await learn();
    await use({ rows: JUMP.rows - 100, sends: JUMP.sends - 1 });
    expect(await kinds(w)).toEqual([]);
  });

  test('a jump in sends puts the key in quarantine where the workspace wants it', async () => {
    const { w, text, use, learn } = await watch({ quarantine: true });
    await learn();
    await use({ rows: 0, sends: 5_000 });
    expect(await kinds(w)).toEqual(['send_jump']);
    const headers = { 'x-api-key': text };
    expect((await app.http.inject({ url: '/api/v1/templates', headers })).statusCode).toBe(200);
    const payload = { template_slug: 't', to: 'a@example.org' };
    const send = await app.http.inject({ method: 'POST', url: '/api/v1/emails/send', headers, payload });
    expect(send.json().error.code).toBe('api_key_quarantined');
    const listed = await app.http.inject({ url: '/api/v1/api-keys', headers: w.ownerHeaders() });
    expect(listed.json().items[0]).toMatchObject({ state: 'quarantined', quarantine_reason: 'brakes: send_jump' });
  });

  test('what a request really did arrives here', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    await app.http.inject({ url: '/api/v1/templates', headers: { 'x-api-key': key } });
    await app.access.usage.flush();
    await app.access.brakes.run();
    const rows = await app.database.db
      .selectFrom('brake_seen')
      .select(['kind', 'value'])
      .where('workspace_id', '=', w.workspace.id)
      .orderBy('kind')
      .execute();
    expect(rows).toMatchObject([{ kind: 'network' }, { kind: 'scope', value: 'templates:read' }]);
  });
});

describe('canary keys', () => {
  test('the first use is told with address, agent and route; of one network once a day', async () => {
    const w = await newWorkspace(app);
    const made = await app.http.inject({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers: w.ownerHeaders(),
      payload: { name: 'In the wiki', canary: true },
    });
    expect(made.statusCode, made.body).toBe(201);
    const headers = { 'x-api-key': made.json().key, 'user-agent': 'truffle/3' };
    const ask = (remoteAddress: string) => app.http.inject({ url: '/api/v1/sources?limit=1', headers, remoteAddress });
    for (const from of ['198.51.100.7', '198.51.100.7', '203.0.113.8']) {
      expect((await ask(from)).statusCode).toBeGreaterThanOrEqual(401);
    }
    await app.access.canaries.settled();
    const alerts = await app.http.inject({ url: '/api/v1/alerts', headers: w.ownerHeaders() });
    const { items } = alerts.json();
    expect(items).toHaveLength(2);
    const data = { ip: '198.51.100.7', user_agent: 'truffle/3', method: 'GET', route: '/api/v1/sources' };
    const first = items.find((one: { data: { ip: string } }) => one.data.ip === data.ip);
    expect(first).toMatchObject({ kind: 'canary_used', severity: 'critical', data });
    const mails = await app.database.db
      .selectFrom('notices')
      .selectAll()
      .where('to_address', '=', w.owner.email)
      .execute();
    expect(mails).toHaveLength(2);
  });
});
