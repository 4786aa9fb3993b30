/** Senders that behave as an SDK does while the server comes and goes: one event at a time, repeated until it got its 200. */
import { WRITE_KEY } from './process.ts';

export interface LoadOptions {
  readonly url: string;
  readonly senders: number;
  readonly peopleEach: number;
}

export interface Load {
  /** Message ids that got a 200, per person, in the order they were sent. */
  readonly acknowledged: ReadonlyMap<string, readonly string[]>;
  total(): number;
  /** How often an event was sent again because it got no 200. */
  retries(): number;
  /** Resolves when `count` more events got their 200. @throws what a sender failed with. */
  more(count: number): Promise<void>;
  /** Each sender finishes its event, which needs a running server. */
  stop(): Promise<void>;
}

/** Each message id is `<person>:<counter>`, and each event carries the counter. */
export function startLoad({ url, senders, peopleEach }: LoadOptions): Load {
  const acknowledged = new Map<string, string[]>();
  let total = 0;
  let retries = 0;
  let stopping = false;
  let progress: () => void = () => {};

  async function run(sender: number): Promise<void> {
    const people = Array.from({ length: peopleEach }, (_, n) => `person-${sender}-${n}`);
    for (const person of people) acknowledged.set(person, []);
    for (let counter = 0; !stopping; counter++) {
      // Half of the senders send one event a request, the others one of each person.
      const batches = sender % 2 === 0 ? people.map((person) => [person]) : [people];
      for (const batch of batches) {
        await sendUntilTaken(batch.map((person) => eventOf(person, counter)));
        for (const person of batch) acknowledged.get(person)?.push(`${person}:${counter}`);
        total += batch.length;
        progress();
      }
    }
  }

  async function sendUntilTaken(batch: object[]): Promise<void> {
    for (;;) {
      const status = await send(batch);
      if (status === 200) return;
      // A refusal would be repeated for ever.
      if (status !== 0 && status < 500) throw new Error(`an event was refused with ${status}`);
      retries++;
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** @returns 0 when there was no answer. */
  async function send(batch: object[]): Promise<number> {
    const [path, body] = batch.length === 1 ? ['track', batch[0]] : ['batch', { batch }];
    try {
      const response = await fetch(`${url}/v1/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  const running = Promise.all(Array.from({ length: senders }, (_, n) => run(n)));
  // `more` and `stop` hand it on; between them nobody listens.
  running.catch(() => {});
  return {
    acknowledged,
    total: () => total,
    retries: () => retries,
    async more(count) {
      const goal = total + count;
      const reached = new Promise<void>((resolve) => {
        progress = () => {
          if (total >= goal) resolve();
        };
      });
      await Promise.race([reached, running]);
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}

function eventOf(person: string, counter: number): object {
  return {
    type: 'track',
    event: 'Counted',
    userId: person,
    messageId: `${person}:${counter}`,
    properties: { counter },
  };
}
