/** Keys of audiences and computed traits: what a definition calls another one by. Made once, of the first name. */
import { lockInTransaction, type Scope, type Tx } from '../db/tx.ts';
import { AppError } from '../errors.ts';
import { countKeys, keysLike } from './queries.ts';

const MAX_KEY = 100;
/** Audiences and computed traits of one space: a definition may name any of them. */
const MOST_IN_SPACE = 2_000;

/** Letters and digits in lower case with `_` between; `fallback` when a name has none of them. */
export function keyOf(name: string, fallback: string): string {
  const key = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_KEY)
    .replace(/^_+|_+$/g, '');
  return key || fallback;
}

/** One that is free, `vip` or `vip_2`: audiences and computed traits share their names. @throws AppError bad_request when the space is full. */
export async function newKey(tx: Tx, scope: Scope, base: string): Promise<string> {
  await lockInTransaction(tx, `audience-keys:${scope.workspaceId}:${scope.environment}`);
  if ((await countKeys(tx, scope)) >= MOST_IN_SPACE) {
    throw new AppError(
      'bad_request',
      `A space has at most ${MOST_IN_SPACE} audiences and computed traits. Delete one first.`,
    );
  }
  const taken = new Set(await keysLike(tx, scope, base));
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}_${n}`;
  return key;
}
