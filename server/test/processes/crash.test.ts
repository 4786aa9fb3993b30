/**
 * The promise of a 200: the server is killed (SIGKILL) again and again under load, and afterwards every event that got a
 * 200 is stored exactly once, was delivered at least once, and in order for each person.
 * `npm run soak` runs it longer: HEADGATE_SOAK_KILLS, HEADGATE_SOAK_SENDERS, HEADGATE_SOAK_EVENTS (between two kills).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { createDatabaseOn } from '../support/database.ts';
import { type Receiver, startReceiver } from '../support/peers/receiver.ts';
import { type Load, startLoad } from '../support/processes/load.ts';
import { startPostgres } from '../support/processes/postgres.ts';
import { call, type Installation, install, signIn } from '../support/processes/process.ts';

const soak = process.env['MODE'] === 'soak';
const KILLS = knob('HEADGATE_SOAK_KILLS', soak ? 100 : 10);
const SENDERS = knob('HEADGATE_SOAK_SENDERS', soak ? 16 : 6);
const EVENTS = knob('HEADGATE_SOAK_EVENTS', soak ? 3_000 : 100);
const PEOPLE_EACH = 2;

const options = { timeout: 120_000 + KILLS * 30_000 };
const server = process.env['DATABASE_URL'];

// The suite's pass on a server leaves the embedded engine to the pass before it.
if (!server) {
  test('embedded: nothing that got a 200 is lost, doubled or out of order', options, async () => {
    await crashAgainAndAgain(null);
  });
}

test('PostgreSQL: nothing that got a 200 is lost, doubled or out of order', options, async (context) => {
  if (server) return crashAgainAndAgain(await createDatabaseOn(server));
  const postgres = await startPostgres();
  if (!postgres) return context.skip('PostgreSQL is not installed');
  try {
    await crashAgainAndAgain(await createDatabaseOn(postgres.url));
  } finally {
    await postgres.stop();
  }
});

async function crashAgainAndAgain(databaseUrl: string | null): Promise<void> {
  const receiver = await startReceiver();
  const installation = await install({ databaseUrl });
  try {
    let running = await installation.start();
    await addWebhook(installation, receiver);
    const load = startLoad({ url: installation.url, senders: SENDERS, peopleEach: PEOPLE_EACH });
    for (let kill = 0; kill < KILLS; kill++) {
      await load.more(EVENTS);
      // On a server the next process waits for the delivery lease of the killed one: not at every kill.
      if (kill % 3 === 0) await deliveries(receiver, 20);
      // Somewhere in the middle of accepting, processing and delivering: 17 and 100 have no common factor.
      await sleep((kill * 17) % 100);
      await running.kill();
      running = await installation.start();
    }
    await load.more(EVENTS);
    await load.stop();
    await everythingDelivered(load, receiver).catch(async (error: unknown) => {
      await running.stop();
      throw new Error(`${String(error)}\n${await whatIsStored(installation, databaseUrl)}`, { cause: error });
    });
    expect(await running.stop()).toBe(0);
    inOrder(load, receiver);
    await storedOnce(installation, databaseUrl, load);
    expect(load.retries()).toBeGreaterThan(0);
  } finally {
    await receiver.stop();
    installation.remove();
  }
}

async function addWebhook({ url }: Installation, receiver: Receiver): Promise<void> {
  const { access: token } = await signIn(url);
  const sources = await call<{ items: { id: string }[] }>(url, '/api/v1/sources', { token });
  const body = { name: 'Receiver', source_id: sources.items[0]?.id, settings: { url: receiver.url } };
  await call(url, '/api/v1/destinations', { token, body });
}

async function deliveries(receiver: Receiver, more: number): Promise<void> {
  const before = receiver.calls.length;
  const goal = { timeout: 30_000, interval: 20 };
  await expect.poll(() => receiver.calls.length, goal).toBeGreaterThanOrEqual(before + more);
}

async function everythingDelivered(load: Load, receiver: Receiver): Promise<void> {
  const missing = () => {
    const received = new Set(receiver.calls.map((item) => item.body['messageId']));
    return [...load.acknowledged.values()].flat().filter((id) => !received.has(id)).length;
  };
  await expect.poll(missing, { timeout: 90_000, interval: 250 }).toBe(0);
}

/** The first delivery of each event; what was repeated because its answer was lost in a crash may come again. */
function inOrder(load: Load, receiver: Receiver): void {
  const first = new Map<string, Set<string>>();
  for (const { body } of receiver.calls) {
    const { userId, messageId } = body as { userId: string; messageId: string };
    first.set(userId, (first.get(userId) ?? new Set()).add(messageId));
  }
  for (const [person, ids] of load.acknowledged) {
    expect([...(first.get(person) ?? [])], `deliveries of ${person}`).toEqual(ids);
  }
}

async function storedOnce(installation: Installation, databaseUrl: string | null, load: Load): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: installation.dataDir });
  try {
    const stored = await sql<{ person: string; ids: string[]; profiles: number }>`
      select user_id as person, array_agg(message_id order by id) as ids, count(distinct profile_id) as profiles
      from events group by user_id`.execute(db);
    const byPerson = new Map(stored.rows.map((row) => [row.person, row]));
    expect([...byPerson.keys()].sort()).toEqual([...load.acknowledged.keys()].sort());
    for (const [person, ids] of load.acknowledged) {
      expect(byPerson.get(person), `events of ${person}`).toEqual({ person, ids, profiles: 1 });
    }
    const deliveries = await sql<{ state: string; count: number }>`
      select state, count(*) as count from deliveries group by state`.execute(db);
    expect(deliveries.rows).toEqual([{ state: 'delivered', count: load.total() }]);
  } finally {
    await close();
  }
}

/** For the reader of a failure. */
async function whatIsStored(installation: Installation, databaseUrl: string | null): Promise<string> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: installation.dataDir });
  const { rows } = await sql`
    select (select count(*) from events) as events,
      (select json_object_agg(state, n) from (select state, count(*) as n from deliveries group by 1) s) as deliveries,
      (select json_agg(distinct (tx, seq)::text) from log_cursors) as cursors,
      (select (tx, seq)::text from event_log order by event_log.tx desc, seq desc limit 1) as log,
      (select json_agg(l) from leases l) as leases`.execute(db);
  await close();
  const problems = installation
    .output()
    .split('\n')
    .filter((line) => /"level":"(warn|error|fatal)"/.test(line));
  return [JSON.stringify(rows), ...problems.slice(-10)].join('\n');
}

function knob(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1.`);
  return value;
}
