/**
 * A transaction that spans a whole request: every query the request makes joins it without knowing. The idempotency
 * record and the work it guards commit together by it. Inside, a transaction of a service is a savepoint.
 */
import type pg from 'pg';
import { type AmbientTransaction, asSystem, type Context } from '../context.ts';
import type { ContextPool } from './pool.ts';

export interface OpenTransaction extends AmbientTransaction {
  /** Then runs what waits for it. @throws only when it was not committed. */
  commit(): Promise<void>;
  /** May be called again, and after commit: then it does nothing. */
  rollback(): Promise<void>;
}

const clients = new WeakMap<AmbientTransaction, pg.PoolClient>();

export function clientOf(transaction: AmbientTransaction): pg.PoolClient | null {
  return clients.get(transaction) ?? null;
}

/**
 * Call within the context; it is the context's from now on, until commit or rollback.
 * @param onLate is told what failed after the commit: the work is done, and whoever asked for it must not hear otherwise.
 */
export async function openAmbient(
  pool: ContextPool,
  context: Context,
  onLate: (error: unknown) => void = () => {},
): Promise<OpenTransaction> {
  if (context.ambient) throw new Error('The request has a transaction already.');
  const client = await pool.connect();
  const waiting: (() => unknown)[] = [];
  let open = true;

  function close(): void {
    open = false;
    context.ambient = null;
    clients.delete(transaction);
  }

  const transaction: OpenTransaction = {
    afterCommit: (work) => void waiting.push(work),
    async commit() {
      if (!open) throw new Error('The transaction has ended.');
      close();
      try {
        await client.query('commit');
      } catch (error) {
        client.release(true);
        throw error;
      }
      client.release();
      for (const work of waiting) {
        try {
          await asSystem(work);
        } catch (error) {
          onLate(error);
        }
      }
    },
    async rollback() {
      if (!open) return;
      close();
      try {
        await client.query('rollback');
        client.release();
      } catch {
        client.release(true);
      }
    },
  };
  try {
    await client.query('begin');
  } catch (error) {
    client.release(true);
    throw error;
  }
  clients.set(transaction, joined(client));
  context.ambient = transaction;
  return transaction;
}

/** The client as queries of the request get it: begin, commit and rollback are those of a savepoint, release is nothing. */
function joined(client: pg.PoolClient): pg.PoolClient {
  let depth = 0;
  const query = (text: string, values?: unknown[]) => {
    if (/^(begin|start transaction)\b/.test(text)) return client.query(`savepoint ambient_${++depth}`);
    if (text === 'commit') return client.query(`release savepoint ambient_${depth--}`);
    if (text === 'rollback') {
      const name = `ambient_${depth--}`;
      return client.query(`rollback to savepoint ${name}; release savepoint ${name}`);
    }
    return client.query(text, values);
  };
  return Object.assign(Object.create(client) as pg.PoolClient, { query, release: () => {} });
}
