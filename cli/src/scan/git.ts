/**
 * Scans what git holds: every object of the repository once (blobs of any commit, also of dropped ones that git still
 * has, and the messages of commits and tags), or only what is staged. Asks git and nothing else: a partial clone
 * fetches nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createPositions, type Position } from './position.ts';
import { createScanner, type Finding, type Scanner } from './scanner.ts';

export interface FoundInGit extends Position, Finding {
  /** Its path, or `commit message`/`tag message`; null for a blob that no commit has any more. */
  readonly file: string | null;
  /** The first commit that has it; null where there is none, and for staged content. */
  readonly commit: string | null;
  readonly object: string;
}

export interface GitCounts {
  objects: number;
  bytes: number;
}

interface GitObject {
  readonly id: string;
  readonly type: string;
}

type OnFound = (found: FoundInGit) => void;

/** Every object of the repository at `directory`. @throws Error with git's words. */
export async function scanHistory(directory: string, prefix: Buffer | null, onFound: OnFound): Promise<GitCounts> {
  const hits = new Map<string, { type: string; scanner: Scanner }>();
  const git = start(directory, ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer']);
  git.stdin?.end();
  const counts = await scanObjects(git, prefix, ({ id, type }, scanner) => hits.set(id, { type, scanner }));
  if (hits.size === 0) return counts;
  const blobs = [...hits].filter(([, { type }]) => type === 'blob').map(([id]) => id);
  const origins = await originsOf(directory, new Set(blobs));
  for (const [id, { type, scanner }] of hits) {
    const origin = origins.get(id);
    const file = type === 'blob' ? (origin?.path ?? null) : `${type} message`;
    const commit = type === 'commit' ? id : (origin?.commit ?? null);
    await report(directory, { id, scanner, file, commit }, onFound);
  }
  return counts;
}

/** What the next commit would add or change. @throws Error with git's words. */
export async function scanStaged(directory: string, prefix: Buffer | null, onFound: OnFound): Promise<GitCounts> {
  const paths = new Map<string, string>();
  const args = ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--diff-filter=ACMT'];
  const diff = await textOf(directory, args);
  // `:<mode> <mode> <id> <id> <status>` NUL `<path>` NUL
  const parts = diff.split('\0');
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [, mode = '', , id = ''] = (parts[i] ?? '').split(' ');
    // A submodule is a commit of another repository.
    if (mode !== '160000') paths.set(id, parts[i + 1] ?? '');
  }
  if (paths.size === 0) return { objects: 0, bytes: 0 };
  const hits: { id: string; scanner: Scanner }[] = [];
  const git = start(directory, ['cat-file', '--batch', '--buffer']);
  // A git that ends early says why by its exit code.
  git.stdin?.on('error', () => {});
  git.stdin?.end([...paths.keys()].map((id) => `${id}\n`).join(''));
  const counts = await scanObjects(git, prefix, ({ id }, scanner) => hits.push({ id, scanner }));
  for (const { id, scanner } of hits) {
    await report(directory, { id, scanner, file: paths.get(id) ?? null, commit: null }, onFound);
  }
  return counts;
}

/** Reads `<id> <type> <size>` LF `<content>` LF, over and over. Contents are never held whole. */
async function scanObjects(
  git: ChildProcess,
  prefix: Buffer | null,
  onHit: (object: GitObject, scanner: Scanner) => void,
): Promise<GitCounts> {
  const counts: GitCounts = { objects: 0, bytes: 0 };
  const ended = endOf(git);
  let header: Buffer = Buffer.alloc(0);
  let object: GitObject | null = null;
  let scanner: Scanner | null = null;
  let left = 0;
  for await (const chunk of git.stdout as AsyncIterable<Buffer>) {
    let at = 0;
    while (at < chunk.length) {
      if (!object) {
        const end = chunk.indexOf(10, at);
        header = Buffer.concat([header, chunk.subarray(at, end < 0 ? chunk.length : end)]);
        if (end < 0) break;
        at = end + 1;
        const [id = '', type = '', size] = header.toString('latin1').split(' ');
        header = Buffer.alloc(0);
        // `<id> missing`: git names an object that it does not have.
        if (size === undefined) continue;
        object = { id, type };
        // Trees hold names and ids only.
        scanner = type === 'tree' ? null : createScanner(prefix);
        left = Number(size);
      }
      const length = Math.min(left, chunk.length - at);
      if (length > 0) scanner?.push(chunk.subarray(at, at + length));
      at += length;
      left -= length;
      // The line feed behind the content may come with the next chunk.
      if (left > 0 || at >= chunk.length) break;
      at++;
      counts.objects++;
      if (scanner && scanner.findings.length > 0) onHit(object, scanner);
      object = null;
    }
    counts.bytes += chunk.length;
  }
  await ended;
  return counts;
}

/** The first commit with each of these blobs, and its path there. */
async function originsOf(
  directory: string,
  blobs: Set<string>,
): Promise<Map<string, { commit: string; path: string }>> {
  const origins = new Map<string, { commit: string; path: string }>();
  if (blobs.size === 0) return origins;
  const args = ['log', '--all', '--reflog', '--reverse', '--topo-order', '-m', '--root', '--raw', '--no-abbrev'];
  const git = start(directory, [...args, '--no-renames', '--format=%H']);
  git.stdin?.end();
  const ended = endOf(git);
  let commit = '';
  for await (const line of createInterface({ input: git.stdout as Readable })) {
    if (!line.startsWith(':')) {
      if (line !== '') commit = line;
      continue;
    }
    const [fields = '', path = ''] = line.split('\t');
    const id = fields.split(' ')[3] ?? '';
    if (blobs.has(id) && !origins.has(id)) origins.set(id, { commit, path });
  }
  await ended;
  return origins;
}

async function report(
  directory: string,
  hit: { id: string; scanner: Scanner; file: string | null; commit: string | null },
  onFound: OnFound,
): Promise<void> {
  const { id, scanner, file, commit } = hit;
  const findings = [...scanner.findings].sort((a, b) => a.offset - b.offset);
  const positions = createPositions(
    findings.map(({ offset }) => offset),
    scanner.width,
  );
  const type = file === 'commit message' ? 'commit' : file === 'tag message' ? 'tag' : 'blob';
  const git = start(directory, ['cat-file', type, id]);
  git.stdin?.end();
  const ended = endOf(git);
  for await (const chunk of git.stdout as AsyncIterable<Buffer>) positions.push(chunk);
  await ended;
  findings.forEach((finding, i) => {
    onFound({ file, commit, object: id, ...finding, ...(positions.found[i] ?? { line: 1, column: 1 }) });
  });
}

async function textOf(directory: string, args: string[]): Promise<string> {
  const git = start(directory, args);
  git.stdin?.end();
  const ended = endOf(git);
  const chunks: Buffer[] = [];
  for await (const chunk of git.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  await ended;
  return Buffer.concat(chunks).toString();
}

function start(directory: string, args: string[]): ChildProcess {
  const quiet = ['--no-pager', '--no-replace-objects', '-c', 'core.quotePath=false', '-c', 'log.showSignature=false'];
  return spawn('git', [...quiet, '-C', directory, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Rejects with git's words when git ends with another code than 0. */
function endOf(git: ChildProcess): Promise<void> {
  let words = '';
  git.stderr?.on('data', (data: Buffer) => {
    if (words.length < 2_000) words += data.toString();
  });
  const ended = once(git, 'close').then(([code]) => {
    if (code !== 0) throw new Error(words.trim() || `git ended with ${code}.`);
  });
  // It is awaited only when the output was read to its end.
  ended.catch(() => {});
  return ended;
}
