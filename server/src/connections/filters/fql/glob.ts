/**
 * Globs of FQL's match (contract segment-public-api §4.5): anchored, case sensitive, `/` is a character like others.
 *
 * Patterns come from people and, by way of a path, from whoever sends events, so none may cost much. The pieces between
 * the stars are found one after the other, each at its first place, all of a piece's positions at once as bits of words
 * (Shift-And): the text is read once, a character costs one step for each 32 characters of the piece.
 */

/** One character of the pattern. */
type Element =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

type Piece = readonly Element[];

/** Longer patterns match nothing, as malformed ones do. */
const MAX_PATTERN = 1_024;
/** Patterns written in a statement are few; those that come with events must not fill the memory. */
const KEPT = 500;
const compiled = new Map<string, ((text: string) => boolean) | null>();

export function matchesGlob(pattern: string, text: string): boolean {
  let matcher = compiled.get(pattern);
  if (matcher === undefined) {
    matcher = pattern.length > MAX_PATTERN ? null : compile(pattern);
    if (compiled.size === KEPT) compiled.clear();
    if (pattern.length <= MAX_PATTERN) compiled.set(pattern, matcher);
  }
  return matcher?.(text) ?? false;
}

const PLAIN = /^[^*?[\]\\]*$/;

function compile(pattern: string): ((text: string) => boolean) | null {
  const from = pattern.startsWith('*') ? 1 : 0;
  const to = pattern.length > from && pattern.endsWith('*') ? pattern.length - 1 : pattern.length;
  const middle = pattern.slice(from, to);
  // What people mostly write: a text with a star before or behind it.
  if (PLAIN.test(middle)) {
    const behind = to < pattern.length;
    if (from === 0) return behind ? (text) => text.startsWith(middle) : (text) => text === middle;
    if (middle === '') return () => true;
    if (!behind) return (text) => text.endsWith(middle);
  }
  const pieces = piecesOf(pattern);
  return pieces && ((text) => inOrder(pieces, codesOf(text)));
}

/** @returns the pieces around the stars, the first and the last possibly empty; null: malformed. */
function piecesOf(pattern: string): Piece[] | null {
  const codes = codesOf(pattern);
  const pieces: Element[][] = [[]];
  let at = 0;
  while (at < codes.length) {
    const code = codes[at++] ?? 0;
    const piece = pieces.at(-1) ?? [];
    if (code === STAR) pieces.push([]);
    else if (code === QUESTION) piece.push({ kind: 'any' });
    else if (code === OPEN) {
      const found = classAt(codes, at);
      if (!found) return null;
      piece.push(found.element);
      at = found.end;
    } else if (code === BACKSLASH) {
      const escaped = codes[at++];
      if (escaped === undefined) return null;
      piece.push({ kind: 'character', code: escaped });
    } else piece.push({ kind: 'character', code });
  }
  return pieces;
}

const [STAR, QUESTION, OPEN, CLOSE, BACKSLASH, CARET, HYPHEN] = [42, 63, 91, 93, 92, 94, 45] as const;

/** `[…]` from behind its opening bracket. */
function classAt(codes: readonly number[], start: number): { element: Element; end: number } | null {
  const negated = codes[start] === CARET;
  const ranges: [number, number][] = [];
  let at = negated ? start + 1 : start;
  const character = (): number | null => {
    let code = codes[at++];
    if (code === HYPHEN || code === CLOSE) return null;
    if (code === BACKSLASH) code = codes[at++];
    return code ?? null;
  };
  while (codes[at] !== CLOSE || ranges.length === 0) {
    const low = character();
    if (low === null) return null;
    let high: number | null = low;
    if (codes[at] === HYPHEN) {
      at++;
      high = character();
    }
    if (high === null || at >= codes.length) return null;
    ranges.push([low, high]);
  }
  return { element: { kind: 'class', negated, ranges }, end: at + 1 };
}

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function fits(element: Element, code: number): boolean {
  if (element.kind === 'character') return element.code === code;
  if (element.kind === 'any') return true;
  return element.ranges.some(([low, high]) => low <= code && code <= high) !== element.negated;
}

function inOrder(pieces: readonly Piece[], text: readonly number[]): boolean {
  const first = pieces[0] ?? [];
  const last = pieces.at(-1) ?? [];
  if (!fitsAt(first, text, 0)) return false;
  if (pieces.length === 1) return text.length === first.length;
  const end = text.length - last.length;
  let at: number | null = first.length;
  for (const piece of pieces.slice(1, -1)) {
    if (at !== null) at = endOfFirst(piece, text, at, end);
  }
  return at !== null && at <= end && fitsAt(last, text, end);
}

function fitsAt(piece: Piece, text: readonly number[], at: number): boolean {
  if (at < 0 || at + piece.length > text.length) return false;
  return piece.every((element, index) => fits(element, text[at + index] ?? 0));
}

/** @returns where the first occurrence of the piece in text[from..to) ends; null: there is none. */
function endOfFirst(piece: Piece, text: readonly number[], from: number, to: number): number | null {
  if (piece.length === 0) return from;
  const words = (piece.length + 31) >>> 5;
  const masks = new Map<number, Uint32Array>();
  // Bit n: the last n + 1 characters fit the first n + 1 elements.
  const state = new Uint32Array(words);
  const goalWord = (piece.length - 1) >>> 5;
  const goal = 1 << ((piece.length - 1) & 31);
  for (let at = from; at < to; at++) {
    const code = text[at] ?? 0;
    let mask = masks.get(code);
    if (!mask) {
      mask = new Uint32Array(words);
      for (let n = 0; n < piece.length; n++) {
        const element = piece[n];
        if (element && fits(element, code)) mask[n >>> 5] = (mask[n >>> 5] ?? 0) | (1 << (n & 31));
      }
      masks.set(code, mask);
    }
    let carry = 1;
    for (let word = 0; word < words; word++) {
      const old = state[word] ?? 0;
      state[word] = ((old << 1) | carry) & (mask[word] ?? 0);
      carry = old >>> 31;
    }
    if (((state[goalWord] ?? 0) & goal) !== 0) return at + 1;
  }
  return null;
}
