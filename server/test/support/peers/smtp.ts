/** A mail server for tests: takes what it is told to take, keeps it parsed, and misbehaves on request. */
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly from: string;
  readonly to: string[];
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** What the server does with one message; missing: takes it. */
export interface Behaviour {
  /** Answer to RCPT TO, like 550. */
  readonly recipient?: number;
  /** Answer after the whole message arrived, like 451. */
  readonly data?: number;
  /** Breaks the connection at RCPT TO, or after the whole message arrived, before its answer. */
  readonly breakAt?: 'recipient' | 'data';
  /** Takes the message and never answers. */
  readonly hang?: boolean;
}

export interface MailSink {
  readonly url: string;
  /** Everything taken, in order. */
  readonly received: Received[];
  /** Messages whose bytes arrived whole, whatever was answered. */
  readonly arrived: string[];
  /** Behaviour for an address, one for each try; after the last it takes. */
  script(to: string, ...tries: Behaviour[]): void;
  /** How many times RCPT TO named the address. */
  tries(to: string): number;
  /** Waits up to 10 s for a message to the address. */
  waitFor(to: string): Promise<Received>;
  close(): Promise<void>;
}

export async function startMailSink(): Promise<MailSink> {
  const received: Received[] = [];
  const arrived: string[] = [];
  const scripts = new Map<string, Behaviour[]>();
  const tried = new Map<string, number>();
  const now = new Map<string, Behaviour>();

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    // Idle pooled connections are not waited for.
    closeTimeout: 100,
    onRcptTo(address, session, done) {
      const to = address.address;
      tried.set(to, (tried.get(to) ?? 0) + 1);
      const behaviour = scripts.get(to)?.shift() ?? {};
      now.set(session.id, behaviour);
      if (behaviour.breakAt === 'recipient') return destroy(session.id);
      done(behaviour.recipient ? refusal(behaviour.recipient) : null);
    },
    onData(stream, session, done) {
      const behaviour = now.get(session.id) ?? {};
      void (async () => {
        const raw = await readAll(stream);
        arrived.push(raw);
        if (behaviour.breakAt === 'data') return destroy(session.id);
        if (behaviour.hang) return;
        if (behaviour.data) return done(refusal(behaviour.data));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((one) => one.address),
          raw,
          mail: await simpleParser(raw),
        });
        done();
      })();
    },
  });
  server.on('error', () => {});

  function destroy(sessionId: string): void {
    for (const connection of server.connections) {
      const { id, _socket } = connection as { id?: string; _socket?: { destroy(): void } };
      if (id === sessionId) _socket?.destroy();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    arrived,
    script: (to, ...tries) => scripts.set(to, tries),
    tries: (to) => tried.get(to) ?? 0,
    async waitFor(to) {
      for (let waited = 0; waited < 10_000; waited += 20) {
        const found = received.find((one) => one.to.includes(to));
        if (found) return found;
        await new Promise((done) => setTimeout(done, 20));
      }
      throw new Error(`no message to ${to} within 10 s`);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not today'), { responseCode });
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
