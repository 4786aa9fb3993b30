import { afterEach, describe, expect, it } from 'vitest';
import { createLanes, LANE_ROWS, type Taken, WINDOW } from './lanes.ts';
import type { PendingRow } from './queries.ts';

let made: { clear(): void }[] = [];

afterEach(() => {
  for (const lanes of made) lanes.clear();
  made = [];
});

function lanesAt(time = 0, isEnabled: (id: string) => boolean = () => true) {
  const lanes = createLanes({ now: () => time, isEnabled, onReady: () => {} });
  made.push(lanes);
  return lanes;
}

function row(id: number, destination: string, person: string, parts: Partial<PendingRow> = {}): PendingRow {
  const base = { id, destination_id: destination, profile_id: person, event_id: id };
  return { ...base, attempts: 0, next_attempt_at: 0, created_at: 0, ...parts };
}

function takeAll(lanes: ReturnType<typeof lanesAt>): Taken[] {
  const taken: Taken[] = [];
  for (let one = lanes.take(); one; one = lanes.take()) taken.push(one);
  return taken;
}

const ids = (taken: readonly Taken[]) => taken.map((one) => one.row.id);

describe('lanes', () => {
  it('gives the next of a person only when the one before is recorded', () => {
    const lanes = lanesAt();
    for (const id of [1, 2, 3]) lanes.add(row(id, 'd', 'p'));
    const [first] = takeAll(lanes);
    expect(first?.row.id).toBe(1);
    if (first) lanes.responded(first.lane, true);
    expect(takeAll(lanes)).toEqual([]);
    if (first) lanes.recorded(first.lane, null);
    expect(ids(takeAll(lanes))).toEqual([2]);
  });

  it('puts a retry before everything behind it', () => {
    const lanes = lanesAt(100);
    for (const id of [1, 2]) lanes.add(row(id, 'd', 'p'));
    const [first] = takeAll(lanes);
    if (!first) throw new Error('nothing taken');
    lanes.responded(first.lane, true);
    lanes.recorded(first.lane, { ...first.row, attempts: 1, next_attempt_at: 50 });
    expect(ids(takeAll(lanes))).toEqual([1]);
  });

  it('takes destinations in turn', () => {
    const lanes = lanesAt();
    for (let id = 1; id <= 6; id++) lanes.add(row(id, 'busy', `p${id}`));
    lanes.add(row(7, 'quiet', 'p1'));
    expect(ids(takeAll(lanes)).indexOf(7)).toBe(1);
  });

  it('has few requests to a destination that stopped answering, and more again when it answers', () => {
    const lanes = lanesAt();
    for (let id = 1; id <= 500; id++) lanes.add(row(id, 'd', `p${id}`));
    let taken = takeAll(lanes);
    expect(taken).toHaveLength(8);
    for (const one of taken) lanes.responded(one.lane, false);
    taken = takeAll(lanes);
    expect(taken).toHaveLength(1);
    for (let round = 0; round < 7; round++) {
      for (const one of taken) lanes.responded(one.lane, true);
      taken = takeAll(lanes);
    }
    expect(taken).toHaveLength(64);
  });

  it('gives nothing of a disabled destination until it is enabled', () => {
    let enabled = false;
    const lanes = lanesAt(0, () => enabled);
    lanes.add(row(1, 'd', 'p'));
    expect(lanes.take()).toBeNull();
    enabled = true;
    lanes.resume();
    expect(lanes.take()?.row.id).toBe(1);
  });

  it('keeps a bounded number of rows, for a person and for a destination', () => {
    const lanes = lanesAt();
    for (let id = 1; id <= 1_000; id++) lanes.add(row(id, 'd', 'hot'));
    const [first] = takeAll(lanes);
    expect(first?.lane.queue.kept).toBe(LANE_ROWS - 1);
    expect(lanes.wanted('d')).toEqual({ id: 'd', after: 1_000 });
    for (let id = 1_001; id <= 1_001 + WINDOW / 2; id++) lanes.add(row(id, 'd', `p${id}`));
    expect(lanes.wanted('d')).toBeNull();
    expect(lanes.wanted('other')).toEqual({ id: 'other', after: 0 });
  });

  it('keeps one row of a person who waits and reads the others when it is over', () => {
    const lanes = lanesAt(0);
    for (const id of [1, 2, 3]) lanes.add(row(id, 'd', 'p', { attempts: 1, next_attempt_at: 60_000 }));
    expect(lanes.take()).toBeNull();
    expect(lanes.hasToLoad()).toBe(false);
    lanes.merge('d', 'nobody', 'p');
    const [lane] = lanes.takeToLoad(10);
    expect([lane?.profileId, lane?.lastId]).toEqual(['p', 0]);
  });

  it('makes one lane of two after a merge, and waits for what both have on their way', () => {
    const lanes = lanesAt();
    lanes.add(row(1, 'd', 'anonymous'));
    lanes.add(row(2, 'd', 'known'));
    lanes.add(row(3, 'd', 'anonymous'));
    const taken = takeAll(lanes);
    expect(ids(taken)).toEqual([1, 2]);
    lanes.merge('d', 'anonymous', 'known');
    lanes.add(row(4, 'd', 'known'));
    for (const one of taken) lanes.responded(one.lane, true);
    const [first, second] = taken;
    if (!first || !second) throw new Error('two were taken');
    lanes.recorded(second.lane, null);
    expect([takeAll(lanes), lanes.takeToLoad(10)]).toEqual([[], []]);
    lanes.recorded(first.lane, { ...first.row, attempts: 1 });
    const [lane] = lanes.takeToLoad(10);
    if (!lane) throw new Error('the lane is read');
    lanes.loaded(lane, [row(1, 'd', 'known', { attempts: 1 }), row(3, 'd', 'known'), row(4, 'd', 'known')], false);
    expect(ids(takeAll(lanes))).toEqual([1]);
  });

  it('forgets a destination that was dropped, also what is on its way', () => {
    const lanes = lanesAt();
    for (const id of [1, 2]) lanes.add(row(id, 'd', 'p'));
    const [first] = takeAll(lanes);
    lanes.drop('d');
    if (first) {
      lanes.responded(first.lane, true);
      lanes.recorded(first.lane, { ...first.row, attempts: 1 });
    }
    expect([lanes.take(), lanes.isEmpty(), lanes.hasToLoad()]).toEqual([null, true, false]);
  });
});
