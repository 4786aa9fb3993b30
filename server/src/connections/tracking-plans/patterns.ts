/**
 * Regular expressions of JSON schemas. They are run by an engine whose time grows with the text and never beyond, because
 * who writes a plan is not who pays for it; so they have RE2's syntax: no look-around and no back-references.
 */
import { RE2JS } from 're2js';

export interface Pattern {
  test(text: string): boolean;
  /** Instructions; a match takes at most as many steps a character. */
  readonly size: number;
}

const MAX_LENGTH = 1_000;
/** A counted repeat is written out by the compiler: what `[a-z]{1,500}` costs is told by length and counts. */
const MAX_WRITTEN_OUT = 50_000;
const MAX_SIZE = 3_000;
const COUNTS = /\{(\d{1,9})(?:,(\d{0,9}))?\}/g;

/** @throws Error saying what is wrong with it. */
export function compilePattern(source: string): Pattern {
  if (source.length > MAX_LENGTH) throw new Error(`it is longer than ${MAX_LENGTH} characters`);
  let repeats = 1;
  for (const [, from, to] of source.matchAll(COUNTS)) repeats += Math.max(Number(from), Number(to ?? 0));
  if (source.length * repeats > MAX_WRITTEN_OUT) throw new Error('its repeats are too many');
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
    throw new Error(why, { cause: error });
  }
  const size = compiled.programSize();
  if (size > MAX_SIZE) throw new Error('its repeats are too many');
  return { test: (text) => compiled.test(text), size };
}

/** Those that compiled: a plan has the same few hundreds of times. */
const fine = new Set<string>();
const MAX_FINE = 1_000;

/** @throws Error as compilePattern. */
export function checkPattern(source: string): void {
  if (fine.has(source)) return;
  compilePattern(source);
  if (fine.size >= MAX_FINE) fine.clear();
  fine.add(source);
}
