/**
 * The bytes of one usage_log row. Columns one after the other, each number as a varint, times and request numbers as
 * differences: 4,096 requests of a busy key take some ten bytes each.
 *
 * Layout: version byte, then zstd of: u32le length of the header, header JSON {workspaceId, count, first, texts}, columns.
 * In version 1 the workspace was the first word of each subject instead.
 */
import { hash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type Columns, createColumns, createDictionary, NUMBERS, TEXTS, type TextColumn } from './columns.ts';

const VERSION = 2;
/** Far above the largest row; guards the reader against a damaged one. */
const MAX_BYTES = 64 * 1024 * 1024;
/** In UTF-8. */
const MOST_BYTES_OF_CHARACTER = 3;

interface Header {
  /** Not in version 1. */
  readonly workspaceId?: string | null;
  readonly count: number;
  readonly first: number;
  readonly texts: Record<TextColumn, string[]>;
}

/** Grows to the largest chunk and is used for every one. */
let scratch = Buffer.alloc(256 * 1024);

export function encodeChunk(columns: Columns): Buffer {
  const { count, workspaceId } = columns;
  const texts = Object.fromEntries(TEXTS.map((name) => [name, columns[name].values])) as Header['texts'];
  const first = columns.at[0] ?? 0;
  const header = JSON.stringify({ workspaceId, count, first, texts } satisfies Header);
  const most = 4 + header.length * MOST_BYTES_OF_CHARACTER + count * 5 * (NUMBERS.length + 2);
  if (scratch.length < most) scratch = Buffer.alloc(most);
  const out = scratch;
  let at = 4 + out.write(header, 4, 'utf8');
  out.writeUInt32LE(at - 4);
  let before = first;
  for (let i = 0; i < count; i++) {
    const time = columns.at[i] ?? 0;
    at = writeNumber(out, at, zigzag(time - before));
    before = time;
  }
  for (const name of NUMBERS) {
    const values = columns[name];
    let last = 0;
    const difference = name === 'number';
    for (let i = 0; i < count; i++) {
      const value = values[i] ?? 0;
      at = writeNumber(out, at, difference ? zigzag(value - last) : value);
      last = value;
    }
  }
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return Buffer.concat([Buffer.of(VERSION), zstdCompressSync(out.subarray(0, at), { params })]);
}

export function decodeChunk(body: Buffer): Columns {
  if (body[0] !== VERSION && body[0] !== 1) throw new Error(`A usage row has the unknown form ${body[0]}.`);
  const bytes = zstdDecompressSync(body.subarray(1), { maxOutputLength: MAX_BYTES });
  const length = bytes.readUInt32LE(0);
  const parsed = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as Header;
  const header = body[0] === 1 ? fromVersion1(parsed) : parsed;
  const { count } = header;
  const columns = createColumns(count, header.workspaceId);
  columns.count = count;
  for (const name of TEXTS) Object.assign(columns[name], createDictionary(header.texts[name]));
  const reader = { bytes, at: 4 + length };
  let time = header.first;
  for (let i = 0; i < count; i++) {
    time += unzigzag(readNumber(reader));
    columns.at[i] = time;
  }
  for (const name of NUMBERS) {
    const values = columns[name];
    let last = 0;
    const difference = name === 'number';
    for (let i = 0; i < count; i++) {
      const value = readNumber(reader);
      last = difference ? last + unzigzag(value) : value;
      values[i] = last;
    }
  }
  return columns;
}

function fromVersion1(header: Header): Header {
  const { subjects } = header.texts;
  const end = subjects[0]?.indexOf(' ') ?? 0;
  const texts = { ...header.texts, subjects: subjects.map((text) => text.slice(end + 1)) };
  return { ...header, workspaceId: subjects[0]?.slice(0, end) ?? null, texts };
}

/**
 * What stands for an `Idempotency-Key` in the log. Clients put into it what they like; who knows the key finds the
 * requests, and nobody reads it here.
 */
export function idempotencyDigest(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 16);
}

// Numbers may be as large as 2^53 (differences of times), so no bit operation touches the whole of one.
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

function writeNumber(out: Buffer, start: number, number: number): number {
  let at = start;
  let value = number;
  while (value > 0x7fff_ffff) {
    out[at++] = (value % 128) | 0x80;
    value = Math.floor(value / 128);
  }
  while (value > 0x7f) {
    out[at++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  out[at++] = value;
  return at;
}

function readNumber(reader: { readonly bytes: Buffer; at: number }): number {
  const { bytes } = reader;
  let byte = bytes[reader.at++] ?? 0;
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  let factor = 128;
  do {
    byte = bytes[reader.at++] ?? 0;
    value += (byte & 0x7f) * factor;
    factor *= 128;
  } while (byte >= 0x80);
  return value;
}
