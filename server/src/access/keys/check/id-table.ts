/**
 * Keys by the number of their public id (format.ts). With many keys a request waits for memory and not for sums: what it
 * compares lies in one row of numbers, and what it is let in with beside it, without a pointer to follow between them.
 */

/** Of a row: the id, the checksum (format.ts) and twelve bytes of the glance (hashes.ts), six in each number. */
const CHECKSUM = 1;
const FIRST = 2;
const SECOND = 3;
const WIDTH = 4;
const EMPTY = -1;
const FIRST_SIZE = 1_024;

export interface Found<Meter> {
  readonly meter: Meter;
}

export class IdTable<Meter, Entry extends Found<Meter>> {
  /** Entries held. */
  size = 0;
  private mask = 0;
  private rows = new Float64Array(0);
  private meters: (Meter | undefined)[] = [];
  private entries: (Entry | undefined)[] = [];

  constructor() {
    this.resize(FIRST_SIZE);
  }

  /** @param id a whole number from 0. */
  get(id: number): Entry | undefined {
    return this.entryAt(this.placeOf(id));
  }

  /** Forgets the text that the id had. */
  set(id: number, entry: Entry): void {
    const place = this.placeOf(id);
    if (this.rows[place * WIDTH] === EMPTY) this.size++;
    this.rows.set([id, Number.NaN, Number.NaN, Number.NaN], place * WIDTH);
    this.meters[place] = entry.meter;
    this.entries[place] = entry;
    // Half full at most, so that a search ends after a step or two.
    if (this.size * 2 > this.mask) this.resize((this.mask + 1) * 2);
  }

  /** What is at a place, until the next set(). */
  entryAt(place: number): Entry | undefined {
    return this.entries[place];
  }

  meterAt(place: number): Meter | undefined {
    return this.meters[place];
  }

  /** Whether it is worth to look closer: a text with this checksum was right before. Nearly no guess has it. */
  mayKnow(place: number, checksum: number): boolean {
    return this.rows[place * WIDTH + CHECKSUM] === checksum;
  }

  /** Whether a text with this glance was right before. */
  isKnown(place: number, glance: Int32Array): boolean {
    const row = place * WIDTH;
    const { rows } = this;
    // Not in constant time, and needs none: nobody can choose or foretell a MAC under a key that he does not know.
    return rows[row + FIRST] === half(glance, 0) && rows[row + SECOND] === half(glance, 2);
  }

  /** The text with this checksum and this glance was right. */
  learn(place: number, checksum: number, glance: Int32Array): void {
    const row = place * WIDTH;
    if (this.rows[row] === EMPTY) return;
    this.rows[row + CHECKSUM] = checksum;
    this.rows[row + FIRST] = half(glance, 0);
    this.rows[row + SECOND] = half(glance, 2);
  }

  /** Where the id is, or would be. */
  placeOf(id: number): number {
    const { rows, mask } = this;
    let place = scatter(id) & mask;
    for (let at = rows[place * WIDTH]; at !== id && at !== EMPTY; at = rows[place * WIDTH]) place = (place + 1) & mask;
    return place;
  }

  private resize(size: number): void {
    const { rows, meters, entries } = this;
    this.mask = size - 1;
    this.rows = new Float64Array(size * WIDTH).fill(EMPTY);
    this.meters = new Array<Meter | undefined>(size).fill(undefined);
    this.entries = new Array<Entry | undefined>(size).fill(undefined);
    for (const [old, entry] of entries.entries()) {
      if (!entry) continue;
      const row = rows.subarray(old * WIDTH, (old + 1) * WIDTH);
      const place = this.placeOf(row[0] ?? 0);
      this.rows.set(row, place * WIDTH);
      this.meters[place] = meters[old];
      this.entries[place] = entry;
    }
  }
}

/** Ids are random already; this only brings their upper half in. */
function scatter(id: number): number {
  const mixed = Math.imul((id >>> 0) ^ Math.imul((id / 2 ** 32) | 0, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Six bytes, which a number holds exactly: a word of a glance and half of the next. */
function half(glance: Int32Array, from: 0 | 2): number {
  return ((glance[from] ?? 0) >>> 0) * 0x1_0000 + ((glance[from + 1] ?? 0) & 0xffff);
}
