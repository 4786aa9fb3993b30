/** A person's sessions: seen, ended, confirmed by the password once more; when each was last used. */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { inTransaction, type Tx } from '../../../db/tx.ts';
import { AppError, notFound } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
import { type Principal, personOf, type UserPrincipal } from '../../principal.ts';
import { endSession, endSessionsOf, findSession, recordSessionUses, type SessionRow, sessionsOf } from './queries.ts';
import { type Client, clientOfRequest, recordOfPerson, userOf } from './trail.ts';

/** Last uses are written together; what nobody can tell the difference of costs no statement a request. */
const FLUSH_MS = 10_000;
/** How long after the password was given a session may change what guards the account. */
const CONFIRMED_MS = 15 * 60_000;

export interface SessionView extends SessionRow {
  readonly current: boolean;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(parts: { db: Db; now: () => Date; log: Pick<FastifyBaseLogger, 'error'> }) {
  const { db, now, log } = parts;
  // One entry a session that was used since the last flush.
  let uses = new Map<string, Date>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (uses.size === 0) return;
    const batch = [...uses].map(([id, at]) => ({ id, at }));
    uses = new Map();
    // A last use that is lost is repaired by the next one.
    await asSystem(() => recordSessionUses(db, batch)).catch((error: unknown) =>
      log.error({ err: error }, 'writing last uses of sessions failed'),
    );
  }

  async function recordEnd(
    tx: Tx,
    person: string,
    by: { id: string; email: string },
    client: Client | null,
    sessionId: string,
  ) {
    const target = { type: 'session', id: sessionId, name: by.id === person ? by.email : person };
    await recordOfPerson(tx, person, { action: 'session.ended', target, by, client });
  }

  /** Of anybody; whoever asks has made sure that it may be shown. */
  async function listOf(userId: string, currentId: string | null): Promise<SessionView[]> {
    await flush();
    const rows = await asSystem(() => sessionsOf(db, userId, now()));
    return rows.map((row) => ({ ...row, current: row.id === currentId }));
  }

  /** @param butId goes on. */
  async function endAll(caller: UserPrincipal, userId: string, butId?: string): Promise<void> {
    const client = clientOfRequest();
    await asSystem(() =>
      inTransaction(db, async (tx) => {
        const ended = await endSessionsOf(tx, userId, now(), { id: butId });
        if (ended > 0) await recordEnd(tx, userId, userOf(caller), client, butId ? `all but ${butId}` : 'all');
      }),
    );
  }

  return {
    flush,

    note(sessionId: string): void {
      uses.set(sessionId, now());
    },

    /** The caller's own, last used first. A key has none. */
    list: async (caller: Principal): Promise<SessionView[]> =>
      caller.kind === 'user' ? await listOf(caller.userId, caller.sessionId) : [],

    listOf,

    /**
     * Ends one of the caller's, or of somebody the caller manages.
     * @param mayEnd whether the caller manages this person. @throws AppError not_found.
     */
    async end(caller: Principal, id: string, mayEnd: (userId: string) => Promise<boolean>): Promise<void> {
      const client = clientOfRequest();
      const session = isUuid(id) ? await asSystem(() => findSession(db, id)) : undefined;
      if (!session || session.ended_at || caller.kind !== 'user') throw notFound('session');
      if (session.user_id !== caller.userId && !(await mayEnd(session.user_id))) throw notFound('session');
      await asSystem(() =>
        inTransaction(db, async (tx) => {
          if (await endSession(tx, id, now())) await recordEnd(tx, session.user_id, userOf(caller), client, id);
        }),
      );
    },

    async endOthers(principal: Principal): Promise<void> {
      const caller = personOf(principal);
      await endAll(caller, caller.userId, caller.sessionId);
    },

    /** Signs somebody out everywhere. */
    endAll,

    /**
     * What guards the account changes only shortly after the password or a passkey was given: a stolen session alone
     * must not be enough. @throws AppError confirmation_required.
     */
    async mustBeConfirmed(caller: UserPrincipal): Promise<void> {
      const session = await asSystem(() => findSession(db, caller.sessionId));
      if (session && now().getTime() - session.confirmed_at.getTime() < CONFIRMED_MS) return;
      throw new AppError(
        'confirmation_required',
        'Confirm that it is you: POST /api/v1/sessions/confirm with your password, then repeat this call.',
      );
    },

    start(): void {
      timer = setInterval(() => void flush(), FLUSH_MS);
      timer.unref();
    },

    async stop(): Promise<void> {
      if (timer) clearInterval(timer);
      timer = null;
      await flush();
    },
  };
}
