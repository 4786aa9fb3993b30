/**
 * Runs functions' code in QuickJS, a JavaScript engine compiled to WebAssembly, in a thread of its own. The code sees no
 * Node, no files, no network, no environment: only prelude.js. Every run gets a new instance of the engine with a memory
 * of its own, so that nothing of one run is left for the next. What QuickJS cannot interrupt, runner.ts ends with the thread.
 *
 * Takes ToWorker, answers `{type: 'ready'}` once and then one `done` for each run or check.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import {
  newQuickJSWASMModule,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import {
  type FetchAnswer,
  type FetchRequest,
  type FromWorker,
  failed,
  LIMITS,
  type LogLine,
  type RunError,
  type RunJob,
  type RunOutcome,
  type ToWorker,
} from './protocol.ts';

const FILE = 'function.js';
const HANDLERS = [
  'onRequest',
  'onTrack',
  'onIdentify',
  'onGroup',
  'onPage',
  'onScreen',
  'onAlias',
  'onDelete',
  'onBatch',
];
const PRELUDE = readFileSync(new URL('./prelude.js', import.meta.url), 'utf8');

/** As much of it as is used here: Node has it, the types of Node alone do not. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    compile(bytes: Uint8Array): Promise<object>;
    Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  };
};

// The engine's file belongs to the package that quickjs-emscripten depends on.
const resolveFrom = createRequire(createRequire(import.meta.url).resolve('quickjs-emscripten'));
const wasmModule = await wasm.compile(readFileSync(resolveFrom.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
const PAGE_BYTES = 65_536;
/** What the engine was built to begin with; its stack is in it. */
const ENGINE_BYTES = 16_777_216;

interface Engine {
  readonly context: QuickJSContext;
  /** Runs `work` against the clocks. */
  timed<T>(work: () => T): T;
  outOfTime(): boolean;
  /** As good as full: the engine asks for much at once. */
  memoryIsFull(): boolean;
}

async function newEngine(): Promise<Engine> {
  // QuickJS' own limit of memory does nothing here: compiled to WebAssembly it does not learn the size of what it allocates.
  const wasmMemory = new wasm.Memory({
    initial: ENGINE_BYTES / PAGE_BYTES,
    maximum: (ENGINE_BYTES + LIMITS.memoryBytes) / PAGE_BYTES,
  });
  const quickjs = await newQuickJSWASMModule(newVariant(RELEASE_SYNC, { wasmModule, wasmMemory }));
  const runtime = quickjs.newRuntime({ maxStackSizeBytes: LIMITS.stackBytes });
  const context = runtime.newContext();
  const end = performance.now() + LIMITS.wallMs;
  // Of this thread, so that a busy machine does not take it from the function.
  let left: number = LIMITS.cpuMs;
  let begin = cpuMs();
  let interrupted = false;
  runtime.setInterruptHandler(() => {
    interrupted ||= performance.now() > end || cpuMs() - begin > left;
    return interrupted;
  });
  return {
    context,
    timed(work) {
      begin = cpuMs();
      try {
        return work();
      } finally {
        left -= cpuMs() - begin;
        begin = cpuMs();
      }
    },
    outOfTime: () => interrupted || left <= 0,
    memoryIsFull: () => wasmMemory.buffer.byteLength - ENGINE_BYTES > LIMITS.memoryBytes * 0.9,
  };
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Of the run that goes on. */
let deliver: ((id: number, answer: string) => void) | null = null;

async function run(job: RunJob): Promise<RunOutcome> {
  const began = performance.now();
  const engine = await newEngine();
  const { context } = engine;
  const logs: LogLine[] = [];
  let [logged, truncated, fetches, timers, pending] = [0, false, 0, 0, 0];
  let settled: { ok: boolean; json: string } | null = null;
  let wake = (_id: number, _answer: string): void => {};

  const host = {
    log(level: string, message: string) {
      const kept = message.slice(0, LIMITS.logLine);
      if (logs.length >= LIMITS.logLines || logged + kept.length > LIMITS.logTotal) truncated = true;
      else logs.push({ level, message: kept.toWellFormed(), at: Date.now() });
      truncated ||= kept.length < message.length;
      logged += kept.length;
    },
    fetch(id: number, json: string) {
      if (++fetches > LIMITS.fetches) throw new Error(`a run makes at most ${LIMITS.fetches} fetches`);
      if (json.length > LIMITS.fetchBody) throw new Error(`a request has at most ${LIMITS.fetchBody} characters`);
      pending++;
      send({ type: 'fetch', id, request: JSON.parse(json) as FetchRequest });
    },
    timer(id: number, delay: number) {
      if (++timers > LIMITS.timers) throw new Error(`a run sets at most ${LIMITS.timers} timers`);
      pending++;
      setTimeout(() => wake(id, 'null'), Math.max(0, Math.min(delay, LIMITS.wallMs)));
    },
    settle(ok: boolean, json: string) {
      settled ??= { ok, json };
    },
  };

  function hostFunction(name: keyof typeof host): QuickJSHandle {
    return context.newFunction(name, (first, second) => {
      // The prelude passes what is named here and nothing else; `dump` of such values runs no code of the function.
      const values: [never, never] = [context.dump(first) as never, context.dump(second) as never];
      host[name](...values);
    });
  }

  function outcome(error: RunError | null, rest: Partial<RunOutcome> = {}): RunOutcome {
    const ms = Math.round((performance.now() - began) * 10) / 10;
    // Without memory for an error the engine throws null.
    const starved = error !== null && error.message === 'null' && engine.memoryIsFull();
    return {
      result: null,
      events: [],
      ...rest,
      error: starved ? outOfMemory() : error,
      logs,
      logsTruncated: truncated,
      ms,
    };
  }

  function errorOf(handle: QuickJSHandle | undefined): RunError {
    if (engine.outOfTime()) return tooSlow();
    if (handle === undefined) return { name: 'Error', message: 'failed' };
    return described(context.dump(handle));
  }

  function settledOutcome({ ok, json }: { ok: boolean; json: string }): RunOutcome {
    if (json.length > LIMITS.result) {
      const message = `returns more than ${LIMITS.result} characters of JSON`;
      return outcome({ name: 'TooMuchOutput', message });
    }
    if (!ok) return outcome(described(JSON.parse(json)));
    const { result, events } = JSON.parse(json) as { result: unknown; events: unknown[] };
    return outcome(null, { result, events });
  }

  function current(): RunOutcome | null {
    // An interrupted async function is a rejected promise to the code around it: the clock decides, not what was settled.
    if (engine.outOfTime()) return outcome(tooSlow());
    if (settled) return settledOutcome(settled);
    if (pending > 0) return null;
    if (engine.memoryIsFull()) return outcome(outOfMemory());
    return outcome({ name: 'Unfinished', message: 'the handler waits for something that never happens' });
  }

  function pump(): RunOutcome | null {
    return engine.timed(() => {
      while (!settled && !engine.outOfTime() && context.runtime.hasPendingJob()) {
        const { error } = context.runtime.executePendingJobs(1_000);
        if (error) return outcome(errorOf(error));
      }
      return current();
    });
  }

  const prelude = context.unwrapResult(context.evalCode(PRELUDE, 'prelude.js'));
  const four = (['log', 'fetch', 'timer', 'settle'] as const).map(hostFunction);
  const harness = context.unwrapResult(context.callFunction(prelude, context.undefined, ...four));
  const loaded = engine.timed(() => context.evalCode(job.code, FILE, { type: 'global' }));
  if (loaded.error) return outcome(errorOf(loaded.error));
  const named = HANDLERS.map((name) => `${name}: typeof ${name} === 'undefined' ? undefined : ${name}`).join(',');
  const handlers = context.evalCode(`({${named}})`);
  if (handlers.error) return outcome(errorOf(handlers.error));
  const begun = engine.timed(() =>
    context.callMethod(harness, 'invoke', [
      handlers.value,
      job.kind === 'source' ? context.true : context.false,
      context.newString(job.payload),
      context.newString(job.settings),
    ]),
  );
  if (begun.error) return outcome(errorOf(begun.error));

  return new Promise<RunOutcome>((resolve, reject) => {
    const wall = setTimeout(() => end(outcome(tooSlow())), LIMITS.wallMs - (performance.now() - began));
    function end(ended: RunOutcome): void {
      clearTimeout(wall);
      // Timers of this run may still fire, and must not wake the next one.
      wake = () => {};
      deliver = null;
      resolve(ended);
    }
    const step = (work: () => RunOutcome | null): void => {
      try {
        const ended = work();
        if (ended) end(ended);
      } catch (error) {
        end(outcome(null));
        reject(error);
      }
    };
    wake = (id, answer) => {
      pending--;
      step(() => {
        const { error } = engine.timed(() =>
          context.callMethod(harness, 'wake', [context.newNumber(id), context.newString(answer)]),
        );
        return error ? outcome(errorOf(error)) : pump();
      });
    };
    deliver = wake;
    step(pump);
  });
}

async function check(code: string): Promise<RunOutcome> {
  const { context, timed } = await newEngine();
  const { error } = timed(() => context.evalCode(code, FILE, { type: 'global', compileOnly: true }));
  if (!error) return { result: null, events: [], error: null, logs: [], logsTruncated: false, ms: 0 };
  return failed(described(context.dump(error)));
}

/** @param thrown by the code, as plain data: an error's fields, or anything else. */
function described(thrown: unknown): RunError {
  if (typeof thrown !== 'object' || thrown === null) return described({ message: String(thrown) });
  const { name, message, stack } = thrown as Partial<Record<'name' | 'message' | 'stack', unknown>>;
  const [kind, told] = [String(name ?? 'Error'), String(message ?? '')];
  if (kind === 'InternalError' && told === 'out of memory') return outOfMemory();
  if (kind === 'InternalError' && told === 'stack overflow') return tooDeep();
  const place = /function\.js:(\d+):(\d+)/.exec(String(stack ?? ''));
  return {
    name: kind.slice(0, 100).toWellFormed(),
    message: told.slice(0, LIMITS.errorText).toWellFormed(),
    ...(place && { line: Number(place[1]), column: Number(place[2]) }),
  };
}

function tooSlow(): RunError {
  const message = `takes longer than ${LIMITS.cpuMs / 1_000} s of computing or ${LIMITS.wallMs / 1_000} s in all`;
  return { name: 'Timeout', message };
}

function outOfMemory(): RunError {
  return { name: 'OutOfMemory', message: `needs more than ${LIMITS.memoryBytes / 1_048_576} MB of memory` };
}

function tooDeep(): RunError {
  return { name: 'StackOverflow', message: 'calls or nests too deep' };
}

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'fetched') {
    deliver?.(message.id, JSON.stringify(message.answer satisfies FetchAnswer));
    return;
  }
  (message.type === 'run' ? run(message.job) : check(message.code))
    // The engine itself gave up: the thread's stack (deep recursion in native code), or its own memory.
    .catch((error: unknown) => failed(error instanceof RangeError ? tooDeep() : outOfMemory()))
    .then(
      (outcome) => send({ type: 'done', outcome }),
      () => {},
    );
});
send({ type: 'ready' });
