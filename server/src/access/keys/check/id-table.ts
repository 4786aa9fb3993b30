/**
 * Entries by the number of a public id (format.ts), in one flat table. A Map of texts follows a pointer into each text it
 * compares: with 100,000 keys, of which no cache holds much, that is 1 µs of each request; this is a quarter of it.
 */

const EMPTY = -1;
const FIRST_SIZE = 1_024;

export class IdTable<Entry> {
  /** Entries held. */
  size = 0;
  private mask = 0;
  private ids = new Float64Array(0);
  private entries: (Entry | undefined)[] = [];

  constructor() {
    this.resize(FIRST_SIZE);
  }

  /** @param id a whole number from 0. */
  get(id: number): Entry | undefined {
    return this.entries[this.placeOf(id)];
  }

  set(id: number, entry: Entry): void {
    const place = this.placeOf(id);
    if (this.ids[place] === EMPTY) this.size++;
    this.ids[place] = id;
    this.entries[place] = entry;
    // Half full at most, so that a search ends after a step or two.
    if (this.size * 2 > this.mask) this.resize((this.mask + 1) * 2);
  }

  /** Where the id is, or would be. */
  private placeOf(id: number): number {
    const { ids, mask } = this;
    let place = scatter(id) & mask;
    while (ids[place] !== id && ids[place] !== EMPTY) place = (place + 1) & mask;
    return place;
  }

  private resize(size: number): void {
    const { ids, entries } = this;
    this.mask = size - 1;
    this.ids = new Float64Array(size).fill(EMPTY);
    this.entries = new Array<Entry | undefined>(size).fill(undefined);
    for (const [old, id] of ids.entries()) {
      if (id === EMPTY) continue;
      const place = this.placeOf(id);
      this.ids[place] = id;
      this.entries[place] = entries[old];
    }
  }
}

/** Ids are random already; this only brings their upper half in. */
function scatter(id: number): number {
  const mixed = Math.imul((id >>> 0) ^ Math.imul((id / 2 ** 32) | 0, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
