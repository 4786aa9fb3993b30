/**
 * Scans files and directories. Links inside a directory are not followed, so a loop of them is no loop here, and what they
 * point at is scanned where it is. Reads are synchronous: a tree of small files is twice as fast that way.
 */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createPositions, type Position } from './position.ts';
import { createScanner, type Finding, type Scanner } from './scanner.ts';

const PIECE = 1 << 20;
/** Nothing of the user's: git's own data (`--git` reads that) and installed packages. */
const SKIPPED_ALWAYS = new Set(['.git']);
const SKIPPED = new Set(['.git', 'node_modules']);

export interface FoundInFile extends Position, Finding {
  readonly file: string;
}

export interface FileCounts {
  files: number;
  bytes: number;
  /** Files and directories that could not be opened or read. */
  unreadable: number;
}

/**
 * @param options.all also look into node_modules.
 * @throws Error for a path that does not exist.
 */
export function scanFiles(
  paths: readonly string[],
  options: { all: boolean; prefix: Buffer | null; onFound: (found: FoundInFile) => void },
): FileCounts {
  const skipped = options.all ? SKIPPED_ALWAYS : SKIPPED;
  const counts: FileCounts = { files: 0, bytes: 0, unreadable: 0 };
  const buffer = Buffer.allocUnsafe(PIECE);
  const open: { path: string; directory: boolean }[] = [];
  for (const path of paths) open.push({ path, directory: statSync(path).isDirectory() });
  open.reverse();

  for (let next = open.pop(); next; next = open.pop()) {
    try {
      if (next.directory) open.push(...entriesOf(next.path, skipped));
      else scanOne(next.path);
    } catch {
      counts.unreadable++;
    }
  }
  return counts;

  function scanOne(path: string): void {
    // Given by name, it may be a pipe: opening one waits for its writer, and reading one may never end.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!fstatSync(file).isFile()) throw new Error('not a file');
      const scanner = createScanner(options.prefix);
      counts.bytes += readPieces(file, buffer, scanner.push);
      counts.files++;
      if (scanner.findings.length > 0) report(path, file, scanner);
    } finally {
      closeSync(file);
    }
  }

  function report(path: string, file: number, { findings, width }: Scanner): void {
    const sorted = [...findings].sort((a, b) => a.offset - b.offset);
    const positions = createPositions(
      sorted.map(({ offset }) => offset),
      width,
    );
    readPieces(file, buffer, positions.push);
    sorted.forEach((finding, i) => {
      options.onFound({ file: path, ...finding, ...(positions.found[i] ?? { line: 1, column: 1 }) });
    });
  }
}

/** In the order of their names, last first: they are taken from the end. */
function entriesOf(directory: string, skipped: ReadonlySet<string>): { path: string; directory: boolean }[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() ? !skipped.has(entry.name) : entry.isFile()))
    .sort((a, b) => (a.name < b.name ? 1 : -1))
    .map((entry) => ({ path: join(directory, entry.name), directory: entry.isDirectory() }));
}

/** From the start of the file. @returns how many bytes it has. */
function readPieces(file: number, buffer: Buffer, push: (piece: Buffer) => void): number {
  let total = 0;
  for (;;) {
    const length = readSync(file, buffer, 0, buffer.length, total);
    if (length > 0) push(buffer.subarray(0, length));
    total += length;
    // A file gives less than was asked for only at its end.
    if (length < buffer.length) return total;
  }
}
