/**
 * Takes queued messages to the mail server. The rule above all: a message is never sent twice. It is claimed by a
 * committed update before SMTP begins; what cannot be known afterwards stays `unknown` and is a person's decision.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import { createLoop } from '../loop.ts';
import type { MailResult, MailTransport } from '../outbound/mail.ts';
import { type ClaimedMessage, claimMessages, giveUpLost, recordAttempt } from './queries.ts';

export interface Sender {
  /** A hint that a message is due. */
  wake(): void;
  start(): Promise<void>;
  /** Takes no new messages and resolves when those under way are recorded. */
  stop(): Promise<void>;
  /** Sends what is due and waits for it; for tests. @returns how many were claimed */
  runOnce(): Promise<number>;
}

export type SendOutcome = 'sent' | 'failed' | 'unknown';

export const SENDER_CONNECTIONS = 5;
const POLL_MS = 1_000;
/** Longer than the transport's deadline for one message, which is 90 s. */
const LOST_AFTER_MS = 120_000;
const SWEEP_EVERY_MS = 30_000;
const GIVE_UP_AFTER_MS = 4 * 3_600_000;
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 30 * 60_000;

export function createSender(parts: {
  db: Db;
  mail: MailTransport;
  messageIdOf: (id: string) => string;
  /** No other process sends from this database, so at start every message under way is lost. */
  exclusive: boolean;
  now: () => Date;
  random: () => number;
  log: FastifyBaseLogger;
  onOutcome: (outcome: SendOutcome) => void;
}): Sender {
  const { db, mail, log, now } = parts;
  const underWay = new Set<Promise<void>>();
  let started = false;
  let sweptAt = 0;

  async function claim(): Promise<number> {
    const at = now();
    const limit = SENDER_CONNECTIONS - underWay.size;
    if (limit === 0) return 0;
    const until = new Date(at.getTime() + LOST_AFTER_MS);
    const claimed = await claimMessages(db, { now: at, until, limit });
    for (const message of claimed) {
      const work = deliver(message).finally(() => {
        underWay.delete(work);
        loop.wake();
      });
      underWay.add(work);
    }
    return claimed.length;
  }

  async function deliver(message: ClaimedMessage): Promise<void> {
    try {
      await send(message);
    } catch (error) {
      // The message stays `sending` and becomes `unknown`: its outcome could not be written down.
      log.error({ err: error, message_id: message.id }, 'mail: an outcome was not recorded');
    }
  }

  async function send(message: ClaimedMessage): Promise<void> {
    const result = await mail.send({
      messageId: parts.messageIdOf(message.id),
      from: message.from_address,
      to: message.to_address,
      subject: message.subject,
      html: message.html,
      text: message.text,
    });
    const record = recordOf(message, result);
    // The database may be away for a moment; the answer of the mail server must not be lost with it.
    for (let attempt = 1; ; attempt++) {
      try {
        await recordAttempt(db, message, record);
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await new Promise((done) => setTimeout(done, attempt * 500));
      }
    }
    if (record.state === 'queued') log.info({ message_id: message.id, attempt: message.attempts }, 'mail: later again');
    else parts.onOutcome(record.state);
  }

  function recordOf(message: ClaimedMessage, result: MailResult): Parameters<typeof recordAttempt>[2] {
    const at = now();
    const error = 'error' in result ? result.error : null;
    const base = { at, nextAttemptAt: null, providerMessageId: null, error };
    switch (result.outcome) {
      case 'sent':
        return { ...base, state: 'sent', providerMessageId: result.response };
      case 'refused':
        return { ...base, state: 'failed' };
      case 'unknown':
        return { ...base, state: 'unknown' };
      case 'retry': {
        const next = new Date(at.getTime() + retryDelay(message.attempts, parts.random()));
        if (next.getTime() - message.created_at.getTime() > GIVE_UP_AFTER_MS) return { ...base, state: 'failed' };
        return { ...base, state: 'queued', nextAttemptAt: next };
      }
    }
  }

  async function sweep(all: boolean): Promise<void> {
    sweptAt = now().getTime();
    const lost = await giveUpLost(db, { now: now(), all });
    for (const id of lost) {
      log.warn({ message_id: id }, 'mail: its sender died while it was under way; it is not sent again');
      parts.onOutcome('unknown');
    }
  }

  const loop = createLoop({
    async step() {
      if (now().getTime() - sweptAt >= SWEEP_EVERY_MS) await sweep(false);
      await claim();
      // Each message that is done wakes the loop for the next.
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: POLL_MS,
    onError: (err) => log.error({ err }, 'mail: looking for due messages failed'),
  });

  return {
    wake: loop.wake,
    async start() {
      if (started) return;
      started = true;
      await sweep(parts.exclusive);
      loop.start();
    },
    async stop() {
      await loop.stop();
      await Promise.all(underWay);
      mail.close();
    },
    async runOnce() {
      const claimed = await claim();
      await Promise.all(underWay);
      return claimed;
    },
  };
}

/** 15 s, doubled each time to at most 30 min, and up to a fifth more, so that many do not come back at once. */
export function retryDelay(attempts: number, random: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS) * (1 + random / 5);
}
