/** Caps and approvals of keys that send, at the door. Attack row 16 for approvals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../../../test/support/app.ts';
import { inTransaction } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import { redeemApproval } from './approval-queries.ts';

let app: TestApp;
beforeAll(async () => {
  app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
});
afterAll(() => app.stop());

interface Caps {
  perSend?: number;
  perDay?: number;
  above?: number;
}

/** A workspace with a template and a key that sends within these caps. */
async function sender({ perSend, perDay, above }: Caps) {
  const w = await newWorkspace(app);
  const template = { name: 'T', slug: 't', subject: 'Hi', html: '<p>Hi {{name}}</p>' };
  const owner = w.ownerHeaders();
  await app.http.inject({ method: 'POST', url: '/api/v1/templates', headers: owner, payload: template });
  const headers = await w.keyHeaders({ maySend: true });
  await app.database.db
    .updateTable('api_keys')
    .set({
      recipients_per_send: perSend ?? null,
      recipients_per_day: perDay ?? null,
      approval_above: above ?? null,
    })
    .where('workspace_id', '=', w.workspace.id)
    .execute();
  await reread(w);
  const send = (to: string, more: { approval?: string; name?: string; idempotency?: string } = {}) =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/emails/send',
      headers: {
        ...headers,
        ...(more.approval && { 'x-headgate-approval': more.approval }),
        ...(more.idempotency && { 'idempotency-key': more.idempotency }),
      },
      payload: { template_slug: 't', to, variables: { name: more.name ?? 'Ada' } },
    });
  return { w, headers, send };
}

/** Makes the index see a change that was written behind its back. */
async function reread(w: TestWorkspace): Promise<void> {
  const { db } = app.database;
  await inTransaction(db, async (tx) => {
    const { revision } = await tx
      .updateTable('access_revision')
      .set((q) => ({ revision: q('revision', '+', 1) }))
      .returning('revision')
      .executeTakeFirstOrThrow();
    await tx.updateTable('api_keys').set({ revision }).where('workspace_id', '=', w.workspace.id).execute();
  });
  await app.access.refreshKeys();
}

async function messages(w: TestWorkspace): Promise<number> {
  const rows = await app.database.db
    .selectFrom('messages')
    .select('id')
    .where('workspace_id', '=', w.workspace.id)
    .execute();
  return rows.length;
}

/** An admin who did not make the key. */
async function colleague(w: TestWorkspace, role: 'admin' | 'member' = 'admin') {
  return await w.memberHeaders(role);
}

function decide(id: string, verb: 'approve' | 'reject', headers: Record<string, string>) {
  return app.http.inject({ method: 'POST', url: `/api/v1/approvals/${id}/${verb}`, headers, payload: { note: 'ok' } });
}

describe('caps', () => {
  test('100 sends at the same time with a cap of 10 a day: exactly 10 leave', async () => {
    const { w, send } = await sender({ perDay: 10 });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => send(`p${n}@example.org`)));
    const codes = answers.map((answer) => (answer.statusCode === 202 ? 'sent' : answer.json().error.code));
    expect(codes.filter((code) => code === 'sent')).toHaveLength(10);
    expect(codes.filter((code) => code === 'send_cap_exceeded')).toHaveLength(90);
    expect(await messages(w)).toBe(10);
    const refused = answers.find((answer) => answer.statusCode === 403);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('the count follows the lineage: a successor has what is left of the day', async () => {
    const { w, headers, send } = await sender({ perDay: 2 });
    expect((await send('a@example.org')).statusCode).toBe(202);
    const list = await app.http.inject({ url: '/api/v1/api-keys', headers: w.ownerHeaders() });
    const url = `/api/v1/api-keys/${list.json().items[0].id}/rotate`;
    const rotated = await app.http.inject({ method: 'POST', url, headers: w.ownerHeaders(), payload: {} });
    expect(rotated.statusCode, rotated.body).toBeLessThan(300);
    headers.authorization = `Bearer ${rotated.json().key}`;
    expect((await send('b@example.org')).statusCode).toBe(202);
    expect((await send('c@example.org')).json().error.code).toBe('send_cap_exceeded');
  });

  test('the count is also that of keys it makes: a capped key does not get another day by a child', async () => {
    const { w, headers, send } = await sender({ perDay: 2 });
    expect((await send('a@example.org')).statusCode).toBe(202);
    const made = await app.http.inject({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers,
      payload: { name: 'Child', scopes: ['emails:send'], may_send: true },
    });
    expect(made.statusCode, made.body).toBe(201);
    headers.authorization = `Bearer ${made.json().key}`;
    expect((await send('b@example.org')).statusCode).toBe(202);
    expect((await send('c@example.org')).json().error.code).toBe('send_cap_exceeded');
    expect(await messages(w)).toBe(2);
  });

  test('a user, and a key without caps, are not counted', async () => {
    const { w, send } = await sender({});
    expect((await send('a@example.org')).statusCode).toBe(202);
    const rows = await app.database.db
      .selectFrom('send_days')
      .where('workspace_id', '=', w.workspace.id)
      .select('day')
      .execute();
    expect(rows).toEqual([]);
  });

  test('a key marked "agent" sends nothing, at the door and behind it', async () => {
    const w = await newWorkspace(app);
    const made = await app.http.inject({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers: w.ownerHeaders(),
      payload: { name: 'Agent', agent: true, scopes: ['emails:send'] },
    });
    expect(made.statusCode, made.body).toBe(201);
    const { key } = made.json();
    const payload = { template_slug: 't', to: 'a@example.org' };
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/emails/send',
      headers: { 'x-api-key': key },
      payload,
    });
    expect(answer.json().error.code).toBe('send_not_allowed');
    const principal = await app.access.keys.check(key);
    if (typeof principal === 'string') throw new Error(principal);
    const forged = { ...principal, maySend: true };
    const { db } = app.database;
    await expect(inTransaction(db, (tx) => app.access.sendingAllowance(tx, forged, 1))).rejects.toThrow('agent');
  });
});

describe("a second person's approval", () => {
  test('is asked for, given by somebody who did not make the key, and good for that request, once', async () => {
    const { w, send } = await sender({ above: 0 });
    const first = await send('a@example.org');
    expect(first.statusCode).toBe(403);
    const { code, approval_id: id } = first.json().error;
    expect(code).toBe('approval_required');
    // The same request again asks for nothing new.
    expect((await send('a@example.org')).json().error.approval_id).toBe(id);
    const list = await app.http.inject({ url: '/api/v1/approvals?state=pending', headers: w.ownerHeaders() });
    expect(list.json()).toMatchObject({ total: 1, items: [{ id, state: 'pending', recipients: 1 }] });

    expect((await send('a@example.org', { approval: id })).statusCode).toBe(403);
    const own = await decide(id, 'approve', w.ownerHeaders());
    expect(own.statusCode).toBe(403);
    expect(own.json().error.message).toContain('You made this key');
    expect((await decide(id, 'approve', await colleague(w, 'member'))).statusCode).toBe(403);
    const approved = await decide(id, 'approve', await colleague(w));
    expect(approved.statusCode, approved.body).toBe(200);
    expect(approved.json()).toMatchObject({ state: 'approved', note: 'ok' });
    expect((await decide(id, 'reject', await colleague(w))).statusCode).toBe(409);

    const another = await send('b@example.org', { approval: id });
    expect(another.statusCode).toBe(403);
    expect(another.json().error.approval_id).not.toBe(id);
    expect((await send('a@example.org', { approval: id, name: 'Bob' })).statusCode).toBe(403);
    expect(await messages(w)).toBe(0);
    expect((await send('a@example.org', { approval: id })).statusCode).toBe(202);
    expect((await send('a@example.org', { approval: id })).statusCode).toBe(403);
    expect(await messages(w)).toBe(1);
    const mails = await app.database.db
      .selectFrom('notices')
      .select('subject')
      .where('to_address', '=', w.owner.email)
      .execute();
    expect(mails.map((mail) => mail.subject).filter((text) => text.includes('asks for approval'))).toHaveLength(4);
  });

  test('goes with an Idempotency-Key: the refusal is not kept, the send is, and a replay spends nothing', async () => {
    const { w, send } = await sender({ above: 0, perDay: 1 });
    const idempotency = 'order-7';
    const { approval_id: id } = (await send('a@example.org', { idempotency })).json().error;
    expect((await decide(id, 'approve', await colleague(w))).statusCode).toBe(200);
    const sent = await send('a@example.org', { idempotency, approval: id });
    expect(sent.statusCode, sent.body).toBe(202);
    const replayed = await send('a@example.org', { idempotency, approval: id });
    expect([replayed.statusCode, replayed.body]).toEqual([202, sent.body]);
    expect(await messages(w)).toBe(1);
  });

  test('a rejected send stays refused', async () => {
    const { w, send } = await sender({ above: 0 });
    const { approval_id: id } = (await send('a@example.org')).json().error;
    await decide(id, 'reject', await colleague(w));
    const answer = (await send('a@example.org', { approval: id })).json();
    expect(answer.error).toMatchObject({ code: 'approval_required', approval_id: id });
    expect(answer.error.message).toContain('rejected');
  });

  test('another key cannot spend it', async () => {
    const [one, two] = [await sender({ above: 0 }), await sender({ above: 0 })];
    const { approval_id: id } = (await one.send('a@example.org')).json().error;
    await decide(id, 'approve', await colleague(one.w));
    expect((await two.send('a@example.org', { approval: id })).statusCode).toBe(403);
    expect((await one.send('a@example.org', { approval: id })).statusCode).toBe(202);
  });

  test('attack row 16: redeemed 1,000 times at once, it is spent once', async () => {
    const { w } = await sender({});
    const { db } = app.database;
    const key = await db
      .selectFrom('api_keys')
      .selectAll()
      .where('workspace_id', '=', w.workspace.id)
      .executeTakeFirstOrThrow();
    const id = newId();
    const bound = { route: 'POST /x', fingerprint: Buffer.alloc(32), recipients: 5, lineage: key.lineage };
    const place = { workspace_id: w.workspace.id, environment: 'live', key_id: key.id } as const;
    const expires_at = new Date(Date.now() + 60_000);
    await db
      .insertInto('approvals')
      .values({ id, ...place, ...bound, state: 'approved', expires_at })
      .execute();
    const by = { id, workspaceId: w.workspace.id, ...bound, at: new Date() };
    const won = await Promise.all(
      Array.from({ length: 1_000 }, () => inTransaction(db, (tx) => redeemApproval(tx, by))),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('attack row 16: 100 sends with one approval at once make one message', async () => {
    const { w, send } = await sender({ above: 0 });
    const { approval_id: id } = (await send('a@example.org')).json().error;
    await decide(id, 'approve', await colleague(w));
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('a@example.org', { approval: id })));
    expect(answers.filter((answer) => answer.statusCode === 202)).toHaveLength(1);
    expect(await messages(w)).toBe(1);
  });
});
