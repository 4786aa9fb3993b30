/** Finds keys in a stream of bytes that is handed over in pieces; keeps only the last hundred bytes between them. */
import { keyAt, MARKER, MAX_KEY_LENGTH } from './format.ts';

export interface Finding {
  /** Of the key's first byte in the stream. */
  readonly offset: number;
  readonly publicId: string;
  readonly environment: 'live' | 'test';
  /** The whole key; never printed, only sent to the server that is asked to revoke it. */
  readonly text: string;
}

export interface Scanner {
  /** The piece may be overwritten afterwards. */
  push(piece: Buffer): void;
  /** What was found since the start, in order. */
  readonly findings: readonly Finding[];
  /** Bytes a character takes: 2 for UTF-16 with a byte order mark, as PowerShell writes it. */
  readonly width: 1 | 2;
}

const OVERLAP = MAX_KEY_LENGTH - 1;
const NOTHING = Buffer.alloc(0);

/** @param prefix only keys with this prefix; null: any. */
export function createScanner(prefix: Buffer | null): Scanner {
  const findings: Finding[] = [];
  let wide: 'little' | 'big' | null = null;
  let received = 0;
  /** Characters searched so far, and the last of them. */
  let searched = 0;
  let tail: Buffer = NOTHING;

  function search(bytes: Buffer, from: number, accept: (start: number, end: number) => boolean): void {
    for (let at = bytes.indexOf(MARKER); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
      const key = keyAt(bytes, at, prefix);
      if (!key || !accept(key.start, key.end)) continue;
      const { start, end, publicId, environment } = key;
      const offset = (from + start) * (wide ? 2 : 1);
      findings.push({ offset, publicId, environment, text: bytes.toString('latin1', start, end) });
    }
  }

  return {
    findings,
    get width() {
      return wide ? 2 : 1;
    },
    push(raw) {
      if (received === 0 && raw.length >= 2) {
        if (raw[0] === 0xff && raw[1] === 0xfe) wide = 'little';
        else if (raw[0] === 0xfe && raw[1] === 0xff) wide = 'big';
      }
      const piece = wide ? lowBytes(raw, wide, received) : raw;
      received += raw.length;
      if (tail.length > 0) {
        const seam = Buffer.concat([tail, piece.subarray(0, OVERLAP)]);
        const { length } = tail;
        search(seam, searched - length, (start, end) => start < length && end > length);
      }
      search(piece, searched, () => true);
      searched += piece.length;
      tail =
        piece.length >= OVERLAP
          ? Buffer.from(piece.subarray(piece.length - OVERLAP))
          : Buffer.from(Buffer.concat([tail, piece]).subarray(-OVERLAP));
    },
  };
}

/** Of UTF-16 text the half that holds ASCII; other characters become something that is no part of a key. */
function lowBytes(raw: Buffer, order: 'little' | 'big', received: number): Buffer {
  const first = ((order === 'little' ? 0 : 1) + received) % 2;
  const low = Buffer.allocUnsafe(Math.max(0, Math.ceil((raw.length - first) / 2)));
  for (let i = first, n = 0; i < raw.length; i += 2) low[n++] = raw[i] ?? 0;
  return low;
}
