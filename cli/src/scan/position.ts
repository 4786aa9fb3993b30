/** Line and column of a finding. Counted only where something was found: most files hold nothing. */

export interface Position {
  /** From 1. */
  readonly line: number;
  /** In characters (bytes, for UTF-8), from 1. */
  readonly column: number;
}

/** Counts the lines of a stream up to ascending offsets. */
export function createPositions(offsets: readonly number[], width: 1 | 2) {
  const found: Position[] = [];
  let read = 0;
  let lines = 1;
  let lineStart = 0;
  return {
    found,
    push(piece: Buffer): void {
      let from = 0;
      for (let offset = offsets[found.length]; offset !== undefined; offset = offsets[found.length]) {
        const until = offset - read;
        const end = Math.min(until, piece.length);
        for (let at = piece.indexOf(10, from); at >= 0 && at < end; at = piece.indexOf(10, at + 1)) {
          lines++;
          // Of UTF-16's two bytes either may be the line feed's; the next character begins at an even offset.
          lineStart = Math.floor((read + at) / width) * width + width;
          from = at + 1;
        }
        if (until > piece.length) break;
        found.push({ line: lines, column: Math.floor((offset - lineStart) / width) + 1 });
      }
      read += piece.length;
    },
  };
}
