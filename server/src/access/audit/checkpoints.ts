/**
 * Signed checkpoints: "the entry seq of this workspace has this hash", Ed25519 under a key that hangs on the
 * installation's secret and is nowhere in the database. Whoever rewrites the chain, hashes and all, cannot sign them again.
 * They are kept in a table and in a file beside it, so that cutting off both entries and their checkpoints is found too.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isUuid } from '../../ids.ts';
import { subkey } from '../secrets.ts';

export interface Checkpoint {
  readonly workspaceId: string;
  /** 0 or more: of the entry whose hash it has. */
  readonly seq: number;
  /** start: retention removed the entries up to seq. */
  readonly kind: 'head' | 'start';
  readonly hash: Buffer;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface SignedCheckpoint extends Checkpoint {
  readonly signature: Buffer;
}

export interface CheckpointKey {
  sign(checkpoint: Checkpoint): SignedCheckpoint;
  verify(checkpoint: SignedCheckpoint): boolean;
  /** With the keys of secrets before this one, as far as this one, or one that it vouches for, vouches for them. */
  trusting(vouchers: readonly KeyVoucher[]): Pick<CheckpointKey, 'verify'>;
  /** For the key of the secret before. */
  vouchFor(previous: CheckpointKey): KeyVoucher;
  /** 32 bytes. */
  readonly raw: Buffer;
  /** PEM (SPKI), for those who check without the secret. */
  readonly publicKey: string;
}

/** "Checkpoints of this key were ours": the secret was replaced, what it signed stays signed. */
export interface KeyVoucher {
  readonly public_key: Buffer;
  readonly vouched_by: Buffer;
  readonly signature: Buffer;
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410 §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The same of a public key. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export function createCheckpointKey(secret: string): CheckpointKey {
  const der = Buffer.concat([PKCS8_HEAD, subkey(secret, 'audit-checkpoint')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length);
  const isOurs = (key: KeyObject, checkpoint: SignedCheckpoint) =>
    verify(null, textOf(checkpoint), key, checkpoint.signature);
  return {
    raw,
    vouchFor: (previous) => ({
      public_key: previous.raw,
      vouched_by: raw,
      signature: sign(null, voucherText(previous.raw), privateKey),
    }),
    trusting(vouchers) {
      const trusted = new Map([[raw.toString('hex'), publicKey]]);
      // A map that grows while it is walked: what a trusted key vouches for may vouch itself.
      for (const [id, key] of trusted) {
        for (const { public_key, vouched_by, signature } of vouchers) {
          if (vouched_by.toString('hex') !== id || !verify(null, voucherText(public_key), key, signature)) continue;
          const der = Buffer.concat([SPKI_HEAD, public_key]);
          trusted.set(public_key.toString('hex'), createPublicKey({ key: der, format: 'der', type: 'spki' }));
        }
      }
      return { verify: (checkpoint) => [...trusted.values()].some((key) => isOurs(key, checkpoint)) };
    },
    sign: (checkpoint) => ({ ...checkpoint, signature: sign(null, textOf(checkpoint), privateKey) }),
    verify: (checkpoint) => isOurs(publicKey, checkpoint),
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

function voucherText(publicKey: Buffer): Buffer {
  return Buffer.from(`headgate audit key v1\n${publicKey.toString('hex')}`);
}

/** What is signed: six lines. */
function textOf({ workspaceId, seq, kind, hash, at }: Checkpoint): Buffer {
  return Buffer.from(['headgate audit checkpoint v1', workspaceId, kind, seq, hash.toString('hex'), at].join('\n'));
}

export function checkpointFile(dataDir: string): string {
  return join(dataDir, 'audit-checkpoints.jsonl');
}

/** One JSON object a line; on the disk when this resolves. */
export async function appendCheckpoints(path: string, checkpoints: readonly SignedCheckpoint[]): Promise<void> {
  const lines = checkpoints.map(({ workspaceId, seq, kind, hash, at, signature }) =>
    JSON.stringify({
      workspace_id: workspaceId,
      seq,
      kind,
      hash: hash.toString('hex'),
      at: new Date(at).toISOString(),
      signature: signature.toString('base64'),
    }),
  );
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    // A line that a crash cut short must not swallow this one.
    const { size } = await file.stat();
    await file.appendFile(`${size > 0 ? '\n' : ''}${lines.join('\n')}`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A line of JSON is some 300 characters. */
const MAX_LINE = 2_000;

/**
 * The checkpoints of the file, none if there is no file. What cannot be read as one is counted: the end of a line that a
 * crash cut short, or somebody's hand.
 */
export async function readCheckpoints(
  path: string,
  workspaceId?: string,
): Promise<{ checkpoints: SignedCheckpoint[]; unreadable: number }> {
  const checkpoints: SignedCheckpoint[] = [];
  let unreadable = 0;
  const stream = createReadStream(path);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line === '') continue;
      const checkpoint = parse(line);
      if (!checkpoint) unreadable++;
      else if (workspaceId === undefined || checkpoint.workspaceId === workspaceId) checkpoints.push(checkpoint);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  } finally {
    stream.destroy();
  }
  return { checkpoints, unreadable };
}

function parse(line: string): SignedCheckpoint | null {
  if (line.length > MAX_LINE) return null;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return null;
    const { workspace_id, seq, kind, hash, at, signature } = value as Record<string, unknown>;
    if (typeof workspace_id !== 'string' || !isUuid(workspace_id)) return null;
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || (kind !== 'head' && kind !== 'start')) return null;
    if (typeof hash !== 'string' || typeof at !== 'string' || typeof signature !== 'string') return null;
    return {
      workspaceId: workspace_id,
      seq,
      kind,
      hash: Buffer.from(hash, 'hex'),
      at: Date.parse(at),
      signature: Buffer.from(signature, 'base64'),
    };
  } catch {
    return null;
  }
}
