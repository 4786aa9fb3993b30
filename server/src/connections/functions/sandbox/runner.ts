/**
 * Runs functions' code with hard limits: hands jobs to a few threads (worker.ts), a workspace one at a time so that none
 * keeps the others waiting, answers the code's fetches, and ends a thread that does not come back.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../errors.ts';
import {
  type FetchAnswer,
  type FetchRequest,
  type FromWorker,
  failed,
  LIMITS,
  type RunJob,
  type RunOutcome,
  type ToWorker,
} from './protocol.ts';

export interface Runner {
  /**
   * @param fetch asked for each fetch of the code; what it throws is told to the code.
   * @throws AppError rate_limit_exceeded when the workspace has too many waiting; unavailable when everybody has.
   */
  run(workspaceId: string, job: RunJob, fetch: (request: FetchRequest) => Promise<FetchAnswer>): Promise<RunOutcome>;
  /** Whether the code parses; runs nothing of it. Errors as above. */
  check(workspaceId: string, code: string): Promise<RunOutcome>;
  stop(): Promise<void>;
}

interface Task {
  readonly workspaceId: string;
  readonly message: ToWorker;
  readonly fetch: (request: FetchRequest) => Promise<FetchAnswer>;
  resolve(outcome: RunOutcome): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  task: Task | null;
  timer: NodeJS.Timeout | undefined;
}

const WAITING = 200;
const WAITING_OF_WORKSPACE = 10;
/** For what the thread itself takes beside the run: starting the engine, sending the outcome. */
const GRACE_MS = 1_000;

/** @param options.wallMs after which the thread is ended. Default: what a run may take, and a second. */
export function createRunner(
  options: { threads?: number; wallMs?: number; waiting?: number; waitingOfWorkspace?: number } = {},
): Runner {
  const { threads: max = 2, wallMs = LIMITS.wallMs + GRACE_MS } = options;
  const { waiting: maxWaiting = WAITING, waitingOfWorkspace = WAITING_OF_WORKSPACE } = options;
  const threads = new Set<Thread>();
  const waiting: Task[] = [];
  let stopped = false;

  function start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      // The engine's memory is WebAssembly's and has its own limit.
      resourceLimits: { maxOldGenerationSizeMb: 96 },
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdin: false,
    });
    const thread: Thread = { worker, ready: false, task: null, timer: undefined };
    threads.add(thread);
    worker.on('message', (message: FromWorker) => {
      if (!threads.has(thread)) return;
      if (message.type === 'fetch') answerFetch(thread, message.id, message.request);
      else {
        thread.ready = true;
        if (message.type === 'done') finish(thread, (task) => task.resolve(message.outcome));
        next();
      }
    });
    worker.on('error', (error) => lose(thread, error));
    worker.on('exit', () => lose(thread, new Error('The thread of functions ended.')));
    return thread;
  }

  function lose(thread: Thread, error: Error): void {
    if (!threads.delete(thread)) return;
    const code = 'code' in error ? error.code : '';
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') finish(thread, (task) => task.resolve(OUT_OF_MEMORY));
    else finish(thread, (task) => task.reject(error));
    // It never came up: nobody waits for ever.
    if (!thread.ready && threads.size === 0) for (const task of waiting.splice(0)) task.reject(error);
    next();
  }

  function finish(thread: Thread, settle: (task: Task) => void): void {
    clearTimeout(thread.timer);
    const { task } = thread;
    thread.task = null;
    if (task) settle(task);
    // An idle thread must not keep the process alive.
    thread.worker.unref();
  }

  function next(): void {
    const busy = new Set([...threads].map((thread) => thread.task?.workspaceId));
    for (const task of [...waiting]) {
      if (busy.has(task.workspaceId)) continue;
      const idle = [...threads].find((thread) => thread.task === null);
      if (!idle && threads.size >= max) return;
      const thread = idle ?? start();
      if (!thread.ready) return;
      waiting.splice(waiting.indexOf(task), 1);
      busy.add(task.workspaceId);
      dispatch(thread, task);
    }
  }

  function dispatch(thread: Thread, task: Task): void {
    thread.task = task;
    thread.worker.ref();
    thread.timer = setTimeout(() => {
      threads.delete(thread);
      thread.worker.terminate().catch(() => {});
      finish(thread, (late) => late.resolve(TOO_SLOW));
      next();
    }, wallMs);
    thread.worker.postMessage(task.message);
  }

  function answerFetch(thread: Thread, id: number, request: FetchRequest): void {
    const { task } = thread;
    if (!task) return;
    void task
      .fetch(request)
      .catch((error: unknown) => ({ error: error instanceof Error ? error.message : 'failed' }))
      .then((answer: FetchAnswer) => {
        if (thread.task === task) thread.worker.postMessage({ type: 'fetched', id, answer } satisfies ToWorker);
      });
  }

  function ask(workspaceId: string, message: ToWorker, fetch: Task['fetch']): Promise<RunOutcome> {
    if (stopped) return Promise.reject(new AppError('unavailable', 'Headgate is stopping.'));
    if (waiting.filter((task) => task.workspaceId === workspaceId).length >= waitingOfWorkspace) {
      const text = 'This workspace has too many functions waiting to run. Try again in a second.';
      return Promise.reject(new AppError('rate_limit_exceeded', text, { retryAfter: 1 }));
    }
    if (waiting.length >= maxWaiting) {
      const text = 'Too many functions are waiting to run. Try again in a second.';
      return Promise.reject(new AppError('unavailable', text, { retryAfter: 1 }));
    }
    // A thread's messages arrive in the context of whoever started it; the fetches belong to this caller.
    const inContext = AsyncLocalStorage.snapshot();
    return new Promise((resolve, reject) => {
      waiting.push({ workspaceId, message, fetch: (request) => inContext(fetch, request), resolve, reject });
      next();
    });
  }

  return {
    run: (workspaceId, job, fetch) => ask(workspaceId, { type: 'run', job }, fetch),
    check: (workspaceId, code) => ask(workspaceId, { type: 'check', code }, noFetch),
    async stop() {
      stopped = true;
      const error = new AppError('unavailable', 'Headgate is stopping.');
      for (const task of waiting.splice(0)) task.reject(error);
      const all = [...threads];
      threads.clear();
      for (const thread of all) finish(thread, (task) => task.reject(error));
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

const TOO_SLOW = failed({ name: 'Timeout', message: 'takes too long' });
const OUT_OF_MEMORY = failed({ name: 'OutOfMemory', message: 'needs more memory than a function may have' });

async function noFetch(): Promise<FetchAnswer> {
  return { error: 'not available' };
}
