/**
 * Work behind an answer about an account that may not exist. It is done alike for one that does not: for somebody else,
 * and taken back. Otherwise what is answered while it runs would come late only where there is an account. Left are the
 * mail that only an account gets, and a part of the work for each workspace somebody is in: most are in one.
 */
import { sql } from 'kysely';
import type { Db } from '../../../db/open.ts';
import { inTransaction, sqlState, type Tx } from '../../../db/tx.ts';
import { newestMember } from '../queries.ts';

/** SQLSTATE of a lock that was waited for too long. */
const LOCK_NOT_AVAILABLE = '55P03';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/**
 * Carries out `work` for the account in a transaction of the system. Without one it is carried out for another person, and
 * nothing of it is kept; the transaction commits all the same, because a commit takes longer than a rollback.
 * @param work has no other effects than what it writes with `tx`.
 */
export async function workForAccount(
  db: Db,
  account: Person | undefined,
  work: (tx: Tx, person: Person) => Promise<void>,
): Promise<void> {
  const done = inTransaction(db, async (tx) => {
    // What is taken back must not wait for others long: everybody's work behind sign-ins would wait with it.
    await sql`select set_config('lock_timeout', ${account ? '0' : '200ms'}, true)`.execute(tx);
    const decoy = await newestMember(tx);
    const person = account ?? decoy;
    if (!person) return;
    await sql`savepoint work_for_account`.execute(tx);
    await work(tx, person);
    if (account) await sql`release savepoint work_for_account`.execute(tx);
    else await sql`rollback to savepoint work_for_account`.execute(tx);
  });
  await done.catch((error: unknown) => {
    if (account || sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
  });
}
