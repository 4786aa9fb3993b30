/** What goes on with the trail by itself, in one worker at a time or in several: checkpoints are signed, old entries go. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { inTransaction } from '../../db/tx.ts';
import { createLoop } from '../../loop.ts';
import { appendCheckpoints, type CheckpointKey, type SignedCheckpoint } from './checkpoints.ts';
import {
  entriesFrom,
  type HeadToSign,
  headsToShorten,
  headsToSign,
  insertCheckpoints,
  insertVoucher,
  lastBefore,
  lockHead,
  shorten,
} from './queries.ts';
import { verifyAudit } from './verify.ts';

/** Signed when so many entries are new, or the last checkpoint is so old and there is a new one. */
export const CHECKPOINT_ENTRIES = 1_000;
export const CHECKPOINT_MS = 10 * 60_000;

const POLL_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
/** Of one transaction of the retention. */
const SHORTEN_BY = 2_000;

export function createAuditKeeper(parts: {
  db: Db;
  key: CheckpointKey;
  /** Of the secret before, where it was just replaced: what it signed stays believed. */
  previousKey?: CheckpointKey | null;
  /** Where checkpoints are written beside the table. */
  file: string;
  /** null: entries are kept for ever. */
  days: number | null;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, key, previousKey = null, file, days, now, log } = parts;

  /** The file first: a checkpoint that only the file knows is one of a committed entry all the same. */
  async function keep(checkpoints: readonly SignedCheckpoint[]): Promise<void> {
    try {
      await appendCheckpoints(file, checkpoints);
    } catch (err) {
      log.error({ err }, 'audit checkpoints could not be written to their file; they are only in the database');
    }
  }

  function due(head: HeadToSign, at: Date): boolean {
    return (
      head.signed_at === null ||
      head.seq - head.signed_seq >= CHECKPOINT_ENTRIES ||
      at.getTime() - head.signed_at.getTime() >= CHECKPOINT_MS
    );
  }

  /** @param all also those that are not due, as before a stop. @returns how many chains were signed. */
  async function signDue(all = false): Promise<number> {
    const at = now();
    const heads = (await headsToSign(db)).filter((head) => all || due(head, at));
    if (heads.length === 0) return 0;
    const signed = heads.map(({ workspace_id, seq, hash }) =>
      key.sign({ workspaceId: workspace_id, seq, kind: 'head', hash, at: at.getTime() }),
    );
    await keep(signed);
    await insertCheckpoints(db, signed);
    return signed.length;
  }

  /**
   * Removes what is older than `days`. Only what is still as it was written: the rest is evidence, and an entry whose
   * time was set back would else be removed by us.
   * @returns how many entries went.
   */
  async function forget(signal?: AbortSignal): Promise<number> {
    if (days === null) return 0;
    const before = new Date(now().getTime() - days * DAY_MS);
    let removed = 0;
    for (const workspaceId of await headsToShorten(db, before)) {
      while (!signal?.aborted) {
        const count = await shortenOnce(workspaceId, before);
        removed += count;
        if (count < SHORTEN_BY) break;
      }
    }
    return removed;
  }

  async function shortenOnce(workspaceId: string, before: Date): Promise<number> {
    return await inTransaction(db, async (tx) => {
      const head = await lockHead(tx, workspaceId);
      const seq = await lastBefore(tx, workspaceId, before, { from: head.first_seq, most: SHORTEN_BY });
      if (seq === null) return 0;
      const maxEntries = seq - head.first_seq + 1;
      const { workspaces } = await verifyAudit({ db: tx, workspaceId, checkpoints: { key, exported: [] }, maxEntries });
      if (workspaces.some((report) => report.problems.length > 0)) {
        log.error(
          { workspaceId },
          'the audit trail was tampered with; retention leaves it alone until that is settled',
        );
        return 0;
      }
      const [last] = await entriesFrom(tx, workspaceId, { from: seq, to: seq, limit: 1 });
      if (!last) return 0;
      const start = key.sign({ workspaceId, seq, kind: 'start', hash: last.hash, at: now().getTime() });
      await insertCheckpoints(tx, [start]);
      const removed = await shorten(tx, workspaceId, seq);
      await keep([start]);
      return removed;
    });
  }

  let started = false;
  const loop = createLoop({
    async step() {
      await signDue();
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: POLL_MS,
    onError: (err) => log.error({ err }, 'audit checkpoints failed'),
  });

  return {
    signDue,
    forget,
    async start(): Promise<void> {
      started = true;
      if (previousKey && !previousKey.raw.equals(key.raw)) await insertVoucher(db, key.vouchFor(previousKey));
      loop.start();
    },
    /** Signs what is new, where it was started. */
    async stop(): Promise<void> {
      await loop.stop();
      if (started) await signDue(true).catch((err) => log.error({ err }, 'audit checkpoints failed'));
    },
  };
}
