/** Which process delivers: a row that its holder renews. A holder that ends without a word loses it after TTL_SECONDS. */
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../db/open.ts';

const TTL_SECONDS = 8;
const RENEW_MS = 2_000;

export interface Lease {
  held(): boolean;
  /** Tries at once, then every 2 s. `force`: takes it from whoever has it; only where no other process can run. */
  start(options: { force: boolean }): Promise<void>;
  /** Gives it back, so that another process need not wait for it to expire. */
  stop(): Promise<void>;
}

export function createLease({ db, name, log }: { db: Db; name: string; log: FastifyBaseLogger }): Lease {
  const holder = randomUUID();
  /** By this process's monotonic clock, counted from before the renewal was sent: never later than the row's. */
  let heldUntil = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  async function acquire(force: boolean): Promise<void> {
    const asked = performance.now();
    try {
      const { rows } = await sql`
        insert into leases (name, holder, expires_at)
        values (${name}, ${holder}, now() + make_interval(secs => ${TTL_SECONDS}))
        on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
        where leases.holder = excluded.holder or leases.expires_at < now() or ${force}::boolean
        returning name`.execute(db);
      heldUntil = rows.length > 0 ? asked + TTL_SECONDS * 1_000 : 0;
    } catch (error) {
      log.warn({ err: error, lease: name }, 'lease could not be renewed');
    }
  }

  function schedule(): void {
    timer = setTimeout(() => {
      running = acquire(false).then(() => {
        if (timer !== null) schedule();
      });
    }, RENEW_MS);
  }

  return {
    held: () => performance.now() < heldUntil,
    async start({ force }) {
      await acquire(force);
      if (timer === null) schedule();
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await running;
      heldUntil = 0;
      await sql`delete from leases where name = ${name} and holder = ${holder}`
        .execute(db)
        .catch((error: unknown) => log.warn({ err: error, lease: name }, 'lease could not be given back'));
    },
  };
}
