/**
 * The bytes of one event_log row: requests exactly as they came, each behind a small header, compressed together.
 * Bodies are kept as received so that the door never serialises an event a second time.
 *
 * Layout: version byte (0 plain, 1 zstd), then for each entry u32le header length, header JSON, u32le body length, body.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Environment } from '../../db/tx.ts';
import type { EventType } from '../types.ts';

export interface EntryHeader {
  readonly workspaceId: string;
  readonly environment: Environment;
  readonly sourceId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly ip: string;
  /** What the body is; `refused`: nothing of it was accepted, and the body holds only its first 4 KB. */
  readonly kind: EventType | 'batch' | 'refused';
  /** Written by the pipeline for another source than the one that got it. */
  readonly forwarded?: true;
  /** [index in the batch, code, reason] of each event that was refused at the door. */
  readonly refused?: readonly (readonly [number, string, string])[];
}

export interface Entry {
  readonly header: EntryHeader;
  readonly body: Buffer;
}

const PLAIN = 0;
const ZSTD = 1;
/** Below this a chunk is stored as it is: 3 KB compress to 1 KB in 40 µs, which saves no write. */
const COMPRESS_FROM = 4_096;
/** Far above the largest flush; guards the reader's memory against a damaged row. */
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;

export function encodeChunk(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [Buffer.of(PLAIN)];
  for (const { header, body } of entries) {
    const head = Buffer.from(JSON.stringify(header));
    parts.push(length(head.length), head, length(body.length), body);
  }
  const plain = Buffer.concat(parts);
  if (plain.length < COMPRESS_FROM) return plain;
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return Buffer.concat([Buffer.of(ZSTD), zstdCompressSync(plain.subarray(1), { params })]);
}

export interface DecodedChunk {
  /** Up to the damage, when there is some. */
  readonly entries: Entry[];
  /** Where it breaks, in words that hold nothing of its content; null: it is whole. */
  readonly damage: string | null;
}

/** Never throws: one row that cannot be read must not stop the reader. */
export function decodeChunk(chunk: Buffer): DecodedChunk {
  const entries: Entry[] = [];
  const bytes = plainOf(chunk);
  if (bytes === null) return { entries, damage: 'the row cannot be decompressed' };
  let at = 0;
  const take = (): Buffer => {
    const size = bytes.readUInt32LE(at);
    if (at + 4 + size > bytes.length) throw new RangeError('An entry ends behind its row.');
    const part = bytes.subarray(at + 4, at + 4 + size);
    at += 4 + size;
    return part;
  };
  try {
    while (at < bytes.length) {
      const header = JSON.parse(take().toString()) as EntryHeader;
      entries.push({ header, body: take() });
    }
  } catch {
    return { entries, damage: `entry ${entries.length} breaks off or has no header` };
  }
  return { entries, damage: null };
}

function plainOf(chunk: Buffer): Buffer | null {
  if (chunk[0] === PLAIN) return chunk.subarray(1);
  if (chunk[0] !== ZSTD) return null;
  try {
    return zstdDecompressSync(chunk.subarray(1), { maxOutputLength: MAX_CHUNK_BYTES });
  } catch {
    return null;
  }
}

function length(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
