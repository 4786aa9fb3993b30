/**
 * How fast `headgate scan` reads on one core: a generated tree of source-like text, minified code and binary files with
 * planted keys and near misses, and a repository with a history of them. Ratio: against reading the same files and
 * looking at no byte of them.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanFiles } from '../cli/src/scan/files.ts';
import { scanHistory } from '../cli/src/scan/git.ts';
import { makeKey } from '../server/src/access/keys/check/format.ts';
import { median, print } from './lib/report.ts';

const WORDS =
  'const return function export import snake_case_name api_key sk_live_ _hg_ live test value = { } ( ) ; await'.split(
    ' ',
  );
const ROUNDS = 3;

interface Shape {
  readonly name: string;
  readonly files: number;
  readonly size: number;
  content(size: number): Buffer;
}

const SHAPES: readonly Shape[] = [
  { name: 'source text, 20,000 files of 8 kB', files: 20_000, size: 8_000, content: text },
  { name: 'source text, 2,000 files of 200 kB', files: 2_000, size: 200_000, content: text },
  { name: 'binary, 40 files of 10 MB', files: 40, size: 10_000_000, content: randomBytes },
];

export async function benchScan(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-scan-'));
  try {
    print('### Finding keys (`headgate scan`, one core, files in the page cache, median of 3)\n');
    print('| what | MB | planted, found | MB/s a CPU second | MB/s | only reading, MB/s | ratio | goal |');
    print('| --- | --- | --- | --- | --- | --- | --- | --- |');
    for (const [n, shape] of SHAPES.entries()) benchShape(join(directory, String(n)), shape);
    await benchHistory(join(directory, 'repository'));
    print('');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function benchShape(directory: string, shape: Shape): void {
  const planted = generate(directory, shape);
  const reading = measured(() => readAll(directory));
  let found = 0;
  let bytes = 0;
  const scanning = measured(() => {
    found = 0;
    bytes = scanFiles([directory], { all: false, prefix: null, onFound: () => found++ }).bytes;
  });
  const speed = (ms: number) => Math.round(bytes / 1e3 / ms);
  const cells = [
    shape.name,
    Math.round(bytes / 1e6),
    `${planted}, ${found}`,
    speed(scanning.cpu),
    speed(scanning.wall),
    speed(reading.wall),
    (reading.wall / scanning.wall).toFixed(2),
    '≥ 200 a core',
  ];
  print(`| ${cells.join(' | ')} |`);
}

async function benchHistory(directory: string): Promise<void> {
  mkdirSync(directory);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.test', ...args], {
      cwd: directory,
      stdio: 'pipe',
    });
  git('init', '-q');
  let planted = 0;
  for (let commit = 0; commit < 40; commit++) {
    const file = join(directory, `${commit % 10}`);
    planted += generate(file, { name: '', files: 25, size: 100_000, content: text });
    git('add', '-A');
    git('commit', '-qm', `Commit ${commit}`);
  }
  git('gc', '-q');
  let found = 0;
  let bytes = 0;
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    found = 0;
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    ({ bytes } = await scanHistory(directory, null, () => found++));
    walls.push(performance.now() - startedAt);
    cpus.push(milliseconds(process.cpuUsage(cpu)));
  }
  const speed = (ms: number) => Math.round(bytes / 1e3 / ms);
  const baseline: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    execFileSync('sh', ['-c', 'git cat-file --batch --batch-all-objects --unordered --buffer > /dev/null'], {
      cwd: directory,
    });
    baseline.push(performance.now() - startedAt);
  }
  const wall = median(walls);
  const cells = [
    "git history, 40 commits, packed (unpacking is git's, in a process of its own)",
    Math.round(bytes / 1e6),
    `${planted}, ${found}`,
    speed(median(cpus)),
    speed(wall),
    speed(median(baseline)),
    (median(baseline) / wall).toFixed(2),
    '',
  ];
  print(`| ${cells.join(' | ')} |`);
}

/** One key in every 50 files and a near miss in each. @returns how many keys. */
function generate(directory: string, { files, size, content }: Shape): number {
  let planted = 0;
  for (let n = 0; n < files; n++) {
    const folder = join(directory, `d${n % 100}`);
    mkdirSync(folder, { recursive: true });
    const bytes = content(size);
    const miss = makeKey('live').text.slice(0, -1);
    bytes.write(`${miss}! `, randomInt(size - 200), 'latin1');
    if (n % 50 === 0) {
      // Far from the near miss, so that neither is written over the other.
      bytes.fill(32, 0, 200);
      bytes.write(makeKey('test').text, 50, 'latin1');
      planted++;
    }
    writeFileSync(join(folder, `f${n}`), bytes);
  }
  return planted;
}

function text(size: number): Buffer {
  const lines: string[] = [];
  for (let length = 0; length < Math.min(size, 64_000) + 200; ) {
    const line = Array.from({ length: 8 }, () => WORDS[randomInt(WORDS.length)]).join(' ');
    lines.push(line);
    length += line.length + 1;
  }
  const piece = Buffer.from(lines.join('\n'), 'latin1');
  const whole = Buffer.alloc(size);
  for (let at = 0; at < size; at += piece.length) piece.copy(whole, at);
  return whole;
}

function readAll(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) readFileSync(join(entry.parentPath, entry.name));
  }
}

function measured(work: () => void): { wall: number; cpu: number } {
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    work();
    walls.push(performance.now() - startedAt);
    cpus.push(milliseconds(process.cpuUsage(cpu)));
  }
  return { wall: median(walls), cpu: median(cpus) };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
