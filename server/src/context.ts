/**
 * What a piece of work is done for: the workspace it may see and who asked. Set by http/guard for every request with a
 * caller, absent in loops and start-up. The database pool reads the workspace (row security), the audit trail the actor;
 * nobody has to pass them on, and so nobody can forget to.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Who does something, as the audit trail and the usage log name them. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'oauth' | 'system';
  /** A user's UUID, a key's public id, an OAuth client's id; null for the system. */
  readonly id: string | null;
  /** For people: an email address, a key's name. */
  readonly label: string;
}

export interface Context {
  readonly workspaceId: string;
  readonly actor: Actor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The transaction that everything of this request joins; see db/ambient.ts. */
  ambient: AmbientTransaction | null;
}

export interface AmbientTransaction {
  /** Runs once this transaction is committed; dropped when it is rolled back. */
  afterCommit(work: () => unknown): void;
}

/** Outside of every workspace; `within`: the request's transaction is still open around it. */
interface System {
  readonly within: AmbientTransaction | null;
}

const storage = new AsyncLocalStorage<Context | System>();

export function currentContext(): Context | undefined {
  const store = storage.getStore();
  return store && 'workspaceId' in store ? store : undefined;
}

/** The embedded engine has one connection: to ask for another one while a transaction holds it would wait for ever. */
export function waitsForItself(): boolean {
  const store = storage.getStore();
  return store !== undefined && 'within' in store && store.within !== null;
}

export function withContext<T>(context: Context, work: () => T): T {
  return storage.run(context, work);
}

/**
 * Work of the whole installation that a request happens to start, such as reading every changed key into memory: outside
 * the request's workspace and transaction.
 */
export function asSystem<T>(work: () => T): T {
  return pending.exit(() => storage.run({ within: currentContext()?.ambient ?? null }, work));
}

/** What waits for the transaction that runs. */
const pending = new AsyncLocalStorage<(() => unknown)[]>();

/**
 * What must follow a change but not be undone with it: refreshing memory, waking a loop. Within a transaction it waits for
 * its commit, and for that of the request's transaction if there is one; else it runs now.
 */
export async function afterCommit(work: () => unknown): Promise<void> {
  const waiting = pending.getStore();
  const ambient = currentContext()?.ambient;
  if (waiting) waiting.push(work);
  else if (ambient) ambient.afterCommit(work);
  else await asSystem(work);
}

/** Runs a transaction, then what waited for it; nothing of that when it fails. */
export async function thenAfterCommit<T>(transaction: () => Promise<T>): Promise<T> {
  const waiting: (() => unknown)[] = [];
  const result = await pending.run(waiting, transaction);
  // The transaction may have been one within another: then the outer one's commit is what counts.
  for (const work of waiting) await afterCommit(work);
  return result;
}
