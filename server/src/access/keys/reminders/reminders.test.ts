import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';
import type { Notice } from '../../notify.ts';
import { createKeyReminders } from './reminders.ts';

const DAY = 86_400_000;

test('people are told once to rotate after 90 days, and a week and a day before a key expires', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const clock = { now: new Date() };
  const sent: Notice[] = [];
  const reminders = createKeyReminders({
    db: app.database.db,
    publicUrl: 'https://headgate.test',
    now: () => clock.now,
    notify: async (_tx, notice) => {
      for (const one of [notice].flat()) if (one.workspaceId === w.workspace.id) sent.push(one);
    },
  });
  const at = async (days: number) => {
    clock.now = new Date(start + days * DAY);
    sent.length = 0;
    await reminders.run();
    await reminders.run();
    return sent.map(({ to, kind, subject }) => ({ to, kind, subject }));
  };
  const start = Date.now() + 60_000;
  const make = async (payload: object) =>
    (await app.http.inject({ method: 'POST', url: '/api/v1/api-keys', headers: w.ownerHeaders(), payload })).json();
  const lasting = await make({ name: 'Lasting' });
  await make({ name: 'Ending', expires_at: new Date(start + 60 * DAY).toISOString() });
  await make({ name: 'Short', expires_at: new Date(start + 0.5 * DAY).toISOString() });
  await make({ name: 'Trap', canary: true });
  // Made by a key: its owners are told.
  const headers = { 'x-api-key': lasting.key };
  await app.http.inject({ method: 'POST', url: '/api/v1/api-keys', headers, payload: { name: 'Child' } });
  const { email } = w.owner;

  expect(await at(0)).toEqual([]);
  expect(await at(52)).toEqual([]);
  const [week, ...none] = await at(53.5);
  expect([week, none]).toEqual([{ to: email, kind: 'key-expiry', subject: expect.stringContaining('“Ending”') }, []]);
  expect(await at(54)).toEqual([]);
  expect(await at(59.5)).toEqual([{ to: email, kind: 'key-expiry', subject: expect.stringContaining('within a day') }]);
  expect(await at(61)).toEqual([]);
  expect(await at(91)).toEqual([{ to: email, kind: 'key-rotation', subject: expect.stringContaining('2 API keys') }]);
  expect(sent[0]?.text).not.toContain(lasting.key.slice(19));
  expect(await at(92)).toEqual([]);
});
