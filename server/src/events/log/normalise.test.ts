import { describe, expect, test } from 'vitest';
import { decodeChunk, type EntryHeader, encodeChunk } from './chunk.ts';
import { decodeEntry } from './normalise.ts';

const receivedAt = Date.parse('2026-03-01T12:00:00.000Z');
const header: EntryHeader = {
  workspaceId: '0190a0a0-0000-7000-8000-000000000001',
  environment: 'live',
  sourceId: '0190a0a0-0000-7000-8000-000000000002',
  receivedAt,
  ip: '203.0.113.9',
  kind: 'batch',
};
const at = { tx: '12', seq: 3 };

function decode(body: unknown, extra: Partial<EntryHeader> = {}) {
  const entry = { header: { ...header, ...extra }, body: Buffer.from(JSON.stringify(body)) };
  return decodeEntry(entry, at, 0, () => true);
}

describe('normalising', () => {
  test('corrects the clock of the client by sentAt', () => {
    // The client is an hour behind: it happened ten minutes before it was sent.
    const [event] = decode({
      batch: [{ type: 'track', event: 'x', userId: 'u', timestamp: '2026-03-01T10:50:00.000Z' }],
      sentAt: '2026-03-01T11:00:00.000Z',
    }).events;
    expect(event?.occurredAt.toISOString()).toBe('2026-03-01T11:50:00.000Z');
    expect(event?.payload).toMatchObject({
      timestamp: '2026-03-01T11:50:00.000Z',
      originalTimestamp: '2026-03-01T10:50:00.000Z',
      sentAt: '2026-03-01T11:00:00.000Z',
      receivedAt: '2026-03-01T12:00:00.000Z',
    });
  });

  test('without sentAt the timestamp stands, without both the time of arrival', () => {
    const { events } = decode({
      batch: [
        { type: 'page', userId: 'u', timestamp: '2020-01-01T00:00:00Z' },
        { type: 'page', userId: 'u' },
      ],
    });
    expect(events.map((event) => event.occurredAt.toISOString())).toEqual([
      '2020-01-01T00:00:00.000Z',
      '2026-03-01T12:00:00.000Z',
    ]);
  });

  test('adds the address, keeps a context of the event over that of the batch', () => {
    const { events } = decode({
      context: { locale: 'de', app: 1 },
      batch: [
        { type: 'page', userId: 'u', context: { locale: 'fr' } },
        { type: 'page', userId: 'u', context: { ip: '198.51.100.1' } },
      ],
    });
    expect(events.map((event) => event.payload['context'])).toEqual([
      { ip: '203.0.113.9', locale: 'fr', app: 1 },
      { ip: '198.51.100.1', locale: 'de', app: 1 },
    ]);
  });

  test('gives a message id that is the same each time the row is read', () => {
    const ids = () =>
      decode({
        batch: [
          { type: 'page', userId: 'u' },
          { type: 'page', userId: 'u' },
        ],
      }).events.map((e) => e.messageId);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(2);
  });

  test('the write key does not travel further', () => {
    const [event] = decode({ event: 'x', userId: 'u', writeKey: 'secret' }, { kind: 'track' }).events;
    expect(JSON.stringify(event)).not.toContain('secret');
  });

  test('tells refused events apart from good ones, once', () => {
    const body = {
      batch: [
        { type: 'page', userId: 'u' },
        { type: 'nonsense', messageId: 'm', event: 'E' },
      ],
    };
    const entry = {
      header: { ...header, refused: [[1, 'invalid_type', 'type must be …'] as const] },
      body: Buffer.from(JSON.stringify(body)),
    };
    const all = decodeEntry(entry, at, 0, () => true);
    expect(all.events).toHaveLength(1);
    expect(all.refused).toMatchObject([
      { outcome: 'rejected', code: 'invalid_type', messageId: 'm', type: 'nonsense', name: 'E' },
    ]);
    const readers = [0, 1, 2].map((reader) => decodeEntry(entry, at, 0, (partition) => partition % 3 === reader));
    expect(readers.flatMap((reader) => reader.events)).toHaveLength(1);
    expect(readers.flatMap((reader) => reader.refused)).toHaveLength(1);
  });
});

describe('a chunk', () => {
  test.each([10, 100_000])('gives back what was put in (%d bytes)', (size) => {
    const entries = [
      { header, body: Buffer.from('é'.repeat(size)) },
      { header: { ...header, kind: 'track' as const }, body: Buffer.alloc(0) },
    ];
    expect(decodeChunk(encodeChunk(entries))).toEqual({ entries, damage: null });
  });

  test('that is damaged gives what stands before the damage, and never throws', () => {
    const entries = [0, 1, 2].map((n) => ({ header, body: Buffer.from(`{"n":${n}}`) }));
    const whole = encodeChunk(entries);
    const second = encodeChunk(entries.slice(0, 1)).length;
    for (let cut = 0; cut < whole.length; cut++) {
      const { entries: left, damage } = decodeChunk(whole.subarray(0, cut));
      expect(left).toEqual(entries.slice(0, left.length));
      // Only at the end of an entry nothing is missed.
      expect(damage === null).toBe(cut > 0 && cut === encodeChunk(entries.slice(0, left.length)).length);
    }
    const longer = Buffer.from(whole);
    longer.writeUInt32LE(0xffff_fff0, second);
    expect(decodeChunk(longer)).toMatchObject({ damage: 'entry 1 breaks off or has no header' });
    const compressed = encodeChunk([{ header, body: Buffer.from('x'.repeat(10_000)) }]);
    compressed.fill(0, 20);
    expect(decodeChunk(compressed)).toEqual({ entries: [], damage: 'the row cannot be decompressed' });
    expect(decodeChunk(Buffer.of(7, 1, 2))).toEqual({ entries: [], damage: 'the row cannot be decompressed' });
  });
});
