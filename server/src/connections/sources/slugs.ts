/** Slugs of sources: how people and tools name one. Unique among the sources of a workspace's environment. */
import { randomBytes } from 'node:crypto';

export const MAX_SLUG = 255;
/** Stands in resource names and URLs of the Config API. */
export const SLUG = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const MAX_BASE = 100;
const NUMBERED = 9;

/** What a source of this name is called, best first; the last ones are never taken twice. */
export function slugsFor(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_BASE)
    .replace(/^-|-$/g, '');
  const base = plain === '' ? 'source' : plain;
  const numbered = Array.from({ length: NUMBERED - 1 }, (_, n) => `${base}-${n + 2}`);
  return [base, ...numbered, `${base}-${randomBytes(6).toString('hex')}`];
}
