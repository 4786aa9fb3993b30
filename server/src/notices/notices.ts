/**
 * The system's own mails to the people who sign in: an outbox, written in the transaction of what a mail tells of, and
 * the loop that sends. As with messages, none is sent twice: it is claimed by a committed update before SMTP begins, and
 * what cannot be known afterwards stays `unknown`. The test environment does not matter here: these go to staff.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Notice, Notify } from '../access/notify.ts';
import { afterCommit } from '../context.ts';
import type { Db } from '../db/open.ts';
import { newId } from '../ids.ts';
import { createLoop } from '../loop.ts';
import { type MailResult, type MailTransport, senderOf } from '../outbound/mail.ts';
import { type ClaimedNotice, claimNotices, giveUpLost, insertNotices, recordNotice } from './queries.ts';
import { mailText, subjectLine } from './texts.ts';

export interface Notices {
  /** Stores mails with `tx`; they leave within about a second of its commit. */
  readonly enqueue: Notify;
  /** A hint that there is something to send. */
  wake(): void;
  start(): Promise<void>;
  /** Takes no new mail and resolves when those under way are recorded. */
  stop(): Promise<void>;
  /** Sends what is due and waits for it; for tests. @returns how many were claimed */
  runOnce(): Promise<number>;
}

export const NOTICE_CONNECTIONS = 5;
const POLL_MS = 500;
/** Longer than the transport's deadline for one message, which is 90 s. */
const LOST_AFTER_MS = 120_000;
const SWEEP_EVERY_MS = 30_000;
/** A reset's or an invitation's link is of no use much later. */
const GIVE_UP_AFTER_MS = 4 * 3_600_000;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Claimed at once: fewer statements than one a mail, few enough to lose to `unknown` when the process dies. */
const CLAIM = 4 * NOTICE_CONNECTIONS;

export function createNotices(parts: {
  db: Db;
  /** null: no mail server; mails are kept as `no_smtp`, without their text. */
  mail: MailTransport | null;
  /** `Name <address>`. */
  from: string;
  publicUrl: string;
  /** No other process sends from this database, so at start every mail under way is lost. */
  exclusive: boolean;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error' | 'warn' | 'info'>;
}): Notices {
  const { db, mail, from, now, log } = parts;
  const { address } = senderOf(from);
  const underWay = new Set<Promise<void>>();
  let started = false;
  let sweptAt = 0;

  async function claim(): Promise<number> {
    if (!mail) return 0;
    const at = now();
    const limit = CLAIM - underWay.size;
    // Not one by one: a claim for each mail that is done would cost more than the mails.
    if (limit < CLAIM / 2) return 0;
    const claimed = await claimNotices(db, { now: at, until: new Date(at.getTime() + LOST_AFTER_MS), limit });
    for (const notice of claimed) {
      const work = deliver(notice, mail).finally(() => {
        underWay.delete(work);
        loop.wake();
      });
      underWay.add(work);
    }
    return claimed.length;
  }

  async function deliver(notice: ClaimedNotice, transport: MailTransport): Promise<void> {
    try {
      const result = await transport.send({
        messageId: `${notice.id}${address.slice(address.lastIndexOf('@'))}`,
        from,
        to: notice.to_address,
        subject: notice.subject,
        html: '',
        text: notice.text,
      });
      await write(notice, recordOf(notice, result));
    } catch (error) {
      log.error({ err: error, notice_id: notice.id }, 'notices: an outcome was not recorded');
    }
  }

  /** The database may be away for a moment; the mail server's answer must not be lost with it. */
  async function write(notice: ClaimedNotice, record: Parameters<typeof recordNotice>[2]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await recordNotice(db, notice, record);
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await new Promise((done) => setTimeout(done, attempt * 500));
      }
    }
    if (record.state !== 'sent') {
      log.warn({ notice_id: notice.id, kind: notice.kind, state: record.state }, 'notices: a mail did not leave');
    }
  }

  function recordOf(notice: ClaimedNotice, result: MailResult): Parameters<typeof recordNotice>[2] {
    const at = now();
    if (result.outcome === 'sent') return { state: 'sent', at, nextAttemptAt: null, error: null };
    const { outcome, error } = result;
    if (outcome === 'unknown') return { state: 'unknown', at, nextAttemptAt: null, error };
    const next = new Date(at.getTime() + Math.min(FIRST_RETRY_MS * 2 ** (notice.attempts - 1), LONGEST_RETRY_MS));
    const over = outcome === 'refused' || next.getTime() - notice.created_at.getTime() > GIVE_UP_AFTER_MS;
    return over
      ? { state: 'failed', at, nextAttemptAt: null, error }
      : { state: 'queued', at, nextAttemptAt: next, error };
  }

  async function sweep(all: boolean): Promise<void> {
    sweptAt = now().getTime();
    for (const id of await giveUpLost(db, { now: now(), all })) {
      log.warn({ notice_id: id }, 'notices: its sender died while it was under way; it is not sent again');
    }
  }

  const loop = createLoop({
    async step() {
      if (now().getTime() - sweptAt >= SWEEP_EVERY_MS) await sweep(false);
      await claim();
      // Each mail that is done wakes the loop for the next.
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: 1_000,
    onError: (err) => log.error({ err }, 'notices: looking for due mails failed'),
  });

  return {
    async enqueue(tx, notice) {
      const list: readonly Notice[] = Array.isArray(notice) ? notice : [notice as Notice];
      if (list.length === 0) return;
      const rows = list.map((one) => ({
        id: newId(),
        workspace_id: one.workspaceId,
        to_address: one.to,
        kind: one.kind,
        subject: subjectLine(one.subject),
        text: mail ? mailText(one.text, parts) : null,
        state: mail ? ('queued' as const) : ('no_smtp' as const),
      }));
      await insertNotices(tx, rows, now());
      if (!mail) log.warn({ kinds: [...new Set(list.map((one) => one.kind))] }, 'notices: no mail server, not sent');
      else if (started) await afterCommit(loop.wake);
    },
    wake: loop.wake,
    async start() {
      if (started || !mail) return;
      started = true;
      await sweep(parts.exclusive);
      loop.start();
    },
    async stop() {
      await loop.stop();
      await Promise.all(underWay);
      mail?.close();
    },
    async runOnce() {
      const claimed = await claim();
      await Promise.all(underWay);
      return claimed;
    },
  };
}
