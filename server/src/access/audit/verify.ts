/**
 * Checks the audit trail against itself and against the signed checkpoints, and says where it was tampered with: an entry
 * changed in any column, entries removed, exchanged or added, the end cut off, a chain calculated anew, a forged checkpoint.
 * Reads only. Entries that come in meanwhile are not looked at; retention may go on beside it.
 */
import type { Executor } from '../../db/tx.ts';
import { type ChainedEntry, GENESIS, hashOf } from './chain.ts';
import type { CheckpointKey, SignedCheckpoint } from './checkpoints.ts';
import { auditedWorkspaces, checkpointsOf, entriesFrom, keyVouchers, readHead, rowsOutside } from './queries.ts';

export interface Problem {
  /**
   * - altered: a column of the entry is not what its hash was made of
   * - swapped: two entries stand in each other's place
   * - missing: entries were removed; truncated: the end was, as a checkpoint knows
   * - rewritten: entries and their hashes were made anew
   * - added: entries that do not belong to the chain
   * - head: the record of the chain's end was changed
   * - forged_checkpoint: a checkpoint that this installation did not sign
   */
  readonly kind: 'altered' | 'swapped' | 'missing' | 'truncated' | 'rewritten' | 'added' | 'head' | 'forged_checkpoint';
  /** Where: the entry, or the first of a range. */
  readonly seq: number;
  /** The last of the range; of swapped ones the other. */
  readonly toSeq: number;
  readonly message: string;
}

export interface WorkspaceReport {
  readonly workspaceId: string;
  readonly ok: boolean;
  /** How many were checked. */
  readonly entries: number;
  readonly firstSeq: number;
  /** Of the last entry that was checked; firstSeq - 1 when there is none. */
  readonly lastSeq: number;
  /** False: the bound was reached; go on with `fromSeq: lastSeq + 1`. */
  readonly complete: boolean;
  /** Genuine checkpoints that the entries agree with. */
  readonly checkpoints: number;
  /** At most 100. */
  readonly problems: readonly Problem[];
}

export interface AuditReport {
  readonly ok: boolean;
  readonly workspaces: readonly WorkspaceReport[];
}

export interface VerifyOptions {
  readonly db: Executor;
  /** Default: all there are, also those that only a checkpoint knows. */
  readonly workspaceId?: string | undefined;
  readonly checkpoints: {
    readonly key: Pick<CheckpointKey, 'trusting'>;
    /** Those of the file, beside the table's. */
    readonly exported: readonly SignedCheckpoint[];
  };
  /** Begin here and take the hash before as given. Default: the chain's first. */
  readonly fromSeq?: number | undefined;
  /** Of one workspace. Default: no bound. */
  readonly maxEntries?: number | undefined;
  readonly onProgress?: ((workspaceId: string, entries: number) => void) | undefined;
}

const BATCH = 1_000;
const MAX_PROBLEMS = 100;
/** How often it begins anew because retention removed what it was about to read. */
const ATTEMPTS = 5;

export async function verifyAudit(options: VerifyOptions): Promise<AuditReport> {
  const exported = options.checkpoints.exported.map((checkpoint) => checkpoint.workspaceId);
  const ids =
    options.workspaceId === undefined
      ? [...new Set([...(await auditedWorkspaces(options.db)), ...exported])].sort()
      : [options.workspaceId];
  const workspaces: WorkspaceReport[] = [];
  for (const id of ids) workspaces.push(await verifyWorkspace(id, options));
  return { ok: workspaces.every((report) => report.ok), workspaces };
}

async function verifyWorkspace(workspaceId: string, options: VerifyOptions): Promise<WorkspaceReport> {
  for (let attempt = 1; ; attempt++) {
    const report = await verifyOnce(workspaceId, options);
    if (report !== 'moved' || attempt === ATTEMPTS) {
      if (report === 'moved') throw new Error('Retention kept moving the start of the chain. Try again.');
      return report;
    }
  }
}

/** An entry as it was read, with the hash it should have. */
interface Seen {
  readonly entry: ChainedEntry & { readonly hash: Buffer };
  readonly computed: Buffer;
}

async function verifyOnce(workspaceId: string, options: VerifyOptions): Promise<WorkspaceReport | 'moved'> {
  const { db, checkpoints, maxEntries = Number.POSITIVE_INFINITY } = options;
  const problems: Problem[] = [];
  const add = (kind: Problem['kind'], seq: number, toSeq: number, message: string) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ kind, seq, toSeq, message });
  };

  // Before the head is read: an entry that a checkpoint names is there by then.
  const stored = await checkpointsOf(db, workspaceId);
  const exported = checkpoints.exported.filter((one) => one.workspaceId === workspaceId);
  const key = checkpoints.key.trusting(await keyVouchers(db));
  const genuine = [
    ...stored.map((one) => ({ one, where: 'the table' })),
    ...exported.map((one) => ({ one, where: 'the file' })),
  ].filter(({ one, where }) => {
    if (key.verify(one)) return true;
    add(
      'forged_checkpoint',
      one.seq,
      one.seq,
      `The checkpoint of ${one.seq} in ${where} is not signed by this installation.`,
    );
    return false;
  });
  const claims = new Map<number, Buffer[]>();
  for (const { one } of genuine) claims.set(one.seq, [...(claims.get(one.seq) ?? []), one.hash]);
  const lastClaim = Math.max(0, ...claims.keys());

  const head = await readHead(db, workspaceId);
  const firstSeq = head?.first_seq ?? 1;
  const start = Math.max(options.fromSeq ?? firstSeq, firstSeq);
  const lastSeq = head?.seq ?? 0;
  if (!head) {
    const rows = await rowsOutside(db, workspaceId);
    if (rows > 0) add('head', 0, 0, 'The record of the end of the chain was removed.');
  }

  let previous: Seen | null = null;
  let linkTo: Buffer | null = null;
  if (start === firstSeq) {
    if (firstSeq === 1) linkTo = GENESIS;
    else {
      const signed = genuine.find(({ one }) => one.kind === 'start' && one.seq === firstSeq - 1);
      if (signed) linkTo = signed.one.hash;
      else add('missing', 1, firstSeq - 1, `Entries 1 to ${firstSeq - 1} were removed, and not by retention.`);
    }
  }

  const suspects: Seen[] = [];
  let expected = start;
  let agreed = start - 1;
  let matching = 0;
  let rewritten = false;
  let entries = 0;
  let complete = true;

  function check(seen: Seen): void {
    const { entry, computed } = seen;
    const intact = computed.equals(entry.hash);
    if (!intact) {
      suspects.push(seen);
      add('altered', entry.seq, entry.seq, `Entry ${entry.seq} is not what it was when it was written.`);
    } else if (linkTo && !entry.prev_hash.equals(linkTo)) {
      // An altered one before it is told already. Else its own hash is right and so is this one's: it was written anew.
      const before = previous?.entry.seq ?? 0;
      if (previous === null) {
        add('rewritten', entry.seq, entry.seq, `Entry ${entry.seq} does not follow the start of the chain.`);
      } else if (previous.computed.equals(previous.entry.hash)) {
        add('rewritten', before, before, `Entry ${before} is another one than entry ${entry.seq} was written after.`);
      }
    }
    for (const claim of claims.get(entry.seq) ?? []) {
      if (claim.equals(entry.hash) || claim.equals(computed)) {
        matching++;
        if (!rewritten) agreed = entry.seq;
      } else if (intact && !rewritten) {
        rewritten = true;
        const message = `Entries between ${agreed + 1} and ${entry.seq} were written anew: a signed checkpoint has another hash.`;
        add('rewritten', agreed + 1, entry.seq, message);
      }
    }
    linkTo = entry.hash;
    previous = seen;
  }

  /** @returns whether retention is the reason. */
  async function missing(from: number, to: number): Promise<boolean> {
    const now = await readHead(db, workspaceId);
    if (now && now.first_seq > firstSeq) return true;
    add('missing', from, to, from === to ? `Entry ${from} was removed.` : `Entries ${from} to ${to} were removed.`);
    return false;
  }

  for (;;) {
    if (entries >= maxEntries && expected <= lastSeq) {
      complete = false;
      break;
    }
    const limit = Math.min(BATCH, maxEntries - entries);
    const batch = expected > lastSeq ? [] : await entriesFrom(db, workspaceId, { from: expected, to: lastSeq, limit });
    for (const entry of batch) {
      if (entry.seq > expected) {
        if (await missing(expected, entry.seq - 1)) return 'moved';
        linkTo = null;
        previous = null;
      }
      check({ entry, computed: hashOf(entry) });
      expected = entry.seq + 1;
    }
    entries += batch.length;
    options.onProgress?.(workspaceId, entries);
    if (batch.length < limit || expected > lastSeq) {
      if (expected <= lastSeq && (await missing(expected, lastSeq))) return 'moved';
      break;
    }
  }

  if (complete) {
    const last = previous as Seen | null;
    const { hash } = head ?? { hash: null };
    if (last && hash && last.entry.seq === lastSeq && !hash.equals(last.entry.hash) && !hash.equals(last.computed)) {
      add('head', lastSeq, lastSeq, `The record of the end of the chain has another hash than entry ${lastSeq}.`);
    }
    if (lastClaim > lastSeq) {
      add(
        'truncated',
        lastSeq + 1,
        lastClaim,
        `The chain ends with ${lastSeq}; a signed checkpoint knows entry ${lastClaim}.`,
      );
    }
    const outside = head ? await rowsOutside(db, workspaceId) : 0;
    if (outside > 0) add('added', lastSeq + 1, lastSeq + outside, `${outside} entries stand outside of the chain.`);
  }
  const found = withSwaps(problems, suspects);
  return {
    workspaceId,
    ok: found.length === 0,
    entries,
    firstSeq,
    lastSeq: expected - 1,
    complete,
    checkpoints: matching,
    problems: found,
  };
}

/** Two altered entries that are right in each other's place were exchanged. */
function withSwaps(problems: readonly Problem[], suspects: readonly Seen[]): Problem[] {
  const found = [...problems];
  const few = suspects.slice(0, MAX_PROBLEMS);
  for (const [n, a] of few.entries()) {
    for (const b of few.slice(n + 1)) {
      if (!belongsAt(a, b) || !belongsAt(b, a)) continue;
      const [seq, toSeq] = [a.entry.seq, b.entry.seq];
      const at = found.findIndex((problem) => problem.kind === 'altered' && problem.seq === seq);
      const other = found.findIndex((problem) => problem.kind === 'altered' && problem.seq === toSeq);
      if (at < 0 || other < 0) continue;
      found[at] = { kind: 'swapped', seq, toSeq, message: `Entries ${seq} and ${toSeq} stand in each other's place.` };
      found.splice(other, 1);
    }
  }
  return found;
}

/** The whole row was moved to `there`'s number, or what it says was while number and hashes stayed. */
function belongsAt(here: Seen, there: Seen): boolean {
  const moved = hashOf({ ...here.entry, seq: there.entry.seq });
  if (moved.equals(here.entry.hash)) return true;
  const { seq, prev_hash, id } = there.entry;
  return [id, here.entry.id].some((one) => hashOf({ ...here.entry, seq, prev_hash, id: one }).equals(there.entry.hash));
}
