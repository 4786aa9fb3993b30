/** The command as its users run it: bin/headgate.js in a process of its own, on directories and repositories made here. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeKey } from '../../server/src/access/keys/check/format.ts';

const BIN = fileURLToPath(new URL('../bin/headgate.js', import.meta.url));

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'headgate-cli-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  code: number | null;
  out: string;
  err: string;
}

function headgate(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', HOME: directory, ...env },
  });
  const run: Run = { code: null, out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    run.out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    run.err += data.toString();
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...run, code })));
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), content);
}

function git(...args: string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: directory, stdio: 'pipe', env: { PATH: process.env['PATH'] } })
    .toString()
    .trim();
}

test('scan: file, line and column of every key, its public id, never the key; ends with 1', async () => {
  const [live, other] = [makeKey('live'), makeKey('test')];
  write('src/config.ts', `// nothing\nexport const key = '${live.text}';\n`);
  write('deep/er/data.bin', Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(other.text)]));
  write('fine.txt', `${live.text.slice(0, -1)}! sk_live_51HxAbCd _hg_`);
  const { code, out, err } = await headgate(['scan']);
  expect(code).toBe(1);
  expect(out.split('\n').sort()).toEqual(
    ['', `deep/er/data.bin:1:4: test key ${other.publicId}`, `src/config.ts:2:21: live key ${live.publicId}`].sort(),
  );
  expect(err).toContain('2 keys in 2 places: 3 files');
  expect(out + err).not.toContain(live.text.slice(19));
  expect(out + err).not.toContain(other.text.slice(19));
});

test('scan: ends with 0 where nothing is, with 2 where it cannot look or is asked wrongly', async () => {
  write('a.txt', 'nothing');
  expect(await headgate(['scan', '.'])).toMatchObject({ code: 0, out: '' });
  for (const args of [['missing'], ['--git'], ['--git', '--staged'], ['--report'], ['--what'], ['--prefix', 'a_b']]) {
    const { code, out, err } = await headgate(['scan', ...args]);
    expect([code, out], args.join(' ')).toEqual([2, '']);
    expect(err).toContain('headgate scan:');
  }
  expect(await headgate(['nonsense'])).toMatchObject({ code: 2 });
  expect(await headgate(['constructor'])).toMatchObject({ code: 2 });
  expect(await headgate(['--help'])).toMatchObject({ code: 0 });
});

test('scan: looks into .git by --git only, into node_modules by --all only, and is not caught in a loop of links', async () => {
  const { text } = makeKey('live');
  write('.git/config', text);
  write('node_modules/x/index.js', text);
  write('a/b.txt', 'nothing');
  symlinkSync(directory, join(directory, 'a/loop'));
  symlinkSync('/dev/zero', join(directory, 'a/zero'));
  execFileSync('mkfifo', [join(directory, 'a/pipe')]);
  expect(await headgate(['scan'])).toMatchObject({ code: 0 });
  const { code, out } = await headgate(['scan', '--all']);
  expect([code, out.split(':')[0]]).toEqual([1, 'node_modules/x/index.js']);
});

test('scan: counts what cannot be read and goes on', async () => {
  const { text } = makeKey('live');
  write('a.txt', text);
  write('locked.txt', text);
  chmodSync(join(directory, 'locked.txt'), 0);
  // root reads everything, so there it is a pipe that is given by name.
  execFileSync('mkfifo', [join(directory, 'pipe')]);
  const { code, err } = await headgate(['scan', 'a.txt', 'locked.txt', 'pipe']);
  expect(code).toBe(1);
  expect(err).toMatch(/[12] could not be read/);
}, 20_000);

test('scan: a file of 3 GB with a key at its end takes little memory', async () => {
  const { text, publicId } = makeKey('live');
  write('huge.bin', '');
  truncateSync(join(directory, 'huge.bin'), 3 * 2 ** 30);
  execFileSync('sh', ['-c', 'printf %s "$0" >> huge.bin', text], { cwd: directory });
  const code = `
    const { scanFiles } = await import(${JSON.stringify(new URL('./scan/files.ts', import.meta.url).href)});
    const found = [];
    scanFiles(['huge.bin'], { all: false, prefix: null, onFound: (one) => found.push(one.publicId) });
    process.stdout.write(JSON.stringify({ found, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: directory }).toString();
  const { found, megabytes } = JSON.parse(out);
  expect(found).toEqual([publicId]);
  // Some of what was read and let go waits for the collector.
  expect(megabytes).toBeLessThan(600);
}, 60_000);

test('scan --json: one document, without the keys', async () => {
  const { text, publicId } = makeKey('live');
  write('a.txt', `${text}\n${text}`);
  const { code, out } = await headgate(['scan', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    findings: [1, 2].map((line) => ({ file: 'a.txt', line, column: 1, public_id: publicId, environment: 'live' })),
    keys: 1,
    reported: false,
    files: 1,
    bytes: text.length * 2 + 1,
    unreadable: 0,
  });
  expect(out).not.toContain(text.slice(19));
});

test('scan --git: keys of deleted files, of other branches, of dropped commits and of messages, with their first commit', async () => {
  const keys = Array.from({ length: 5 }, () => makeKey('live'));
  const [deleted, branch, dropped, message, loose] = keys;
  git('init', '-q', '-b', 'main');
  write('a/secret.env', `# keys\nKEY=${deleted?.text}\n`);
  git('add', '.');
  git('commit', '-qm', 'Add the settings');
  const first = git('rev-parse', 'HEAD');
  git('rm', '-q', 'a/secret.env');
  write('fine.txt', 'fine');
  git('add', '.');
  git('commit', '-qm', `Take it out again: ${message?.text}`);
  const second = git('rev-parse', 'HEAD');
  git('checkout', '-qb', 'other');
  write('with space é.txt', `${branch?.text}`);
  git('add', '.');
  git('commit', '-qm', 'On a branch');
  const third = git('rev-parse', 'HEAD');
  git('checkout', '-q', 'main');
  write('dropped.txt', `${dropped?.text}`);
  git('add', '.');
  git('commit', '-qm', 'To be dropped');
  const fourth = git('rev-parse', 'HEAD');
  git('reset', '-q', '--hard', 'HEAD~1');
  write('never-committed.txt', `${loose?.text}`);
  const blob = git('hash-object', '-w', 'never-committed.txt');
  rmSync(join(directory, 'never-committed.txt'));
  // Packed or loose is the same.
  git('repack', '-qd');
  expect(await headgate(['scan'])).toMatchObject({ code: 0 });
  const { code, out, err } = await headgate(['scan', '--git']);
  expect(code, err).toBe(1);
  const short = (commit: string) => commit.slice(0, 12);
  const at = (line: string) => line.replace(/:\d+:\d+: live key /, ' ');
  expect(out.trim().split('\n').map(at).sort()).toEqual(
    [
      `a/secret.env ${deleted?.publicId} in commit ${short(first)}`,
      `commit message ${message?.publicId} in commit ${short(second)}`,
      `with space é.txt ${branch?.publicId} in commit ${short(third)}`,
      `dropped.txt ${dropped?.publicId} in commit ${short(fourth)}`,
      `blob ${blob} ${loose?.publicId}`,
    ].sort(),
  );
  expect(out).toContain('a/secret.env:2:5:');
  for (const key of keys) expect(out + err).not.toContain(key.text.slice(19));
});

test('scan --staged: what the next commit would add, not what lies in the directory', async () => {
  const [staged, lying, committed] = [makeKey('live'), makeKey('live'), makeKey('live')];
  git('init', '-q');
  expect(await headgate(['scan', '--staged'])).toMatchObject({ code: 0 });
  write('old.txt', committed.text);
  git('add', '.');
  expect(await headgate(['scan', '--staged'])).toMatchObject({ code: 1 });
  git('commit', '-qm', 'Before the hook was there');
  expect(await headgate(['scan', '--staged'])).toMatchObject({ code: 0 });
  write('new.txt', `\n\n ${staged.text}`);
  write('lying.txt', lying.text);
  git('add', 'new.txt');
  write('new.txt', 'changed since');
  const { code, out } = await headgate(['scan', '--staged']);
  expect([code, out]).toEqual([1, `new.txt:3:2: live key ${staged.publicId}\n`]);
});

test('a file name cannot make a terminal do anything', async () => {
  write('a\u001b]0;title\u0007.txt', makeKey('live').text);
  const { code, out } = await headgate(['scan']);
  expect(code).toBe(1);
  expect(out).toMatch(/^a\?\]0;title\?\.txt:1:1/);
});

async function finder(status: number): Promise<{ server: Server; url: string; bodies: unknown[] }> {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    bodies.push([request.method, request.url, request.headers.authorization, JSON.parse(text)]);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('scan --report: hands each key over once, a thousand at a time, and says so', async () => {
  const keys = Array.from({ length: 1_001 }, () => makeKey('test').text);
  write('a.txt', [...keys, ...keys].join('\n'));
  const { server, url, bodies } = await finder(202);
  try {
    const { code, err } = await headgate(['scan', '--report'], { HEADGATE_URL: url });
    expect([code, err]).toEqual([1, expect.stringContaining('Reported')]);
    expect(bodies).toEqual([
      ['POST', '/api/credentials/revoke', undefined, { credentials: keys.slice(0, 1_000) }],
      ['POST', '/api/credentials/revoke', undefined, { credentials: keys.slice(1_000) }],
    ]);
  } finally {
    server.close();
  }
});

test('scan --report: a server that refuses is an error, and nothing found is not reported', async () => {
  const { server, url, bodies } = await finder(503);
  try {
    write('a.txt', 'nothing');
    expect(await headgate(['scan', '--report', '--server', url])).toMatchObject({ code: 0 });
    expect(bodies).toEqual([]);
    write('a.txt', makeKey('test').text);
    const { code, err } = await headgate(['scan', '--report', '--server', url]);
    expect([code, err]).toEqual([2, expect.stringContaining('503')]);
  } finally {
    server.close();
  }
});

test('keys and whoami without a server or a key say what to set', async () => {
  for (const args of [['whoami'], ['keys', 'list'], ['keys', 'revoke', 'x']]) {
    const { code, err } = await headgate(args);
    expect([code, err]).toEqual([2, expect.stringContaining('HEADGATE_URL')]);
  }
  expect(await headgate(['keys'])).toMatchObject({ code: 2 });
  expect(await headgate(['audit'])).toMatchObject({ code: 2 });
});
