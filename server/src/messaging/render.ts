/** Rendering of templates with hard limits of time and memory: hands jobs one by one to a worker thread and ends it when it must. */
import { Worker } from 'node:worker_threads';
import { AppError, invalidField } from '../errors.ts';

/** `variables` as JSON text; null asks only whether both parts parse. */
export interface RenderJob {
  readonly subject: string;
  readonly html: string;
  readonly variables: string | null;
}

export interface Rendered {
  /** One line, not HTML-escaped. */
  readonly subject: string;
  readonly html: string;
  /** Made from `html`. */
  readonly text: string;
}

export interface RenderProblem {
  readonly part: 'subject' | 'html';
  /** From 1; null where there is none. */
  readonly line: number | null;
  readonly message: string;
}

export interface RenderAnswer {
  readonly rendered: Rendered | null;
  readonly problem: RenderProblem | null;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface Renderer {
  /** @throws AppError validation_error naming part and line when the template or its output does not fit. */
  render(template: { subject: string; html: string }, variables: Variables): Promise<Rendered>;
  /** @throws AppError validation_error naming part and line when a part does not parse. */
  check(template: { subject: string; html: string }): Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly job: RenderJob;
  resolve(answer: RenderAnswer): void;
  reject(error: Error): void;
}

/** Objects within objects; more is no mail's data, and would exhaust the stack of whoever walks it. */
const MAX_DEPTH = 32;
const MAX_WAITING = 1_000;
const MEMORY_MB = 128;

/** @param options.timeoutMs wall clock for one template; Liquid's own limit is 500 ms, so this ends only what escapes it. */
export function createRenderer(options: { timeoutMs?: number } = {}): Renderer {
  const timeoutMs = options.timeoutMs ?? 2_000;
  const waiting: Waiting[] = [];
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | null = null;
  let ready = false;

  function start(): Worker {
    const made = new Worker(new URL('./render-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      // A template must not find anything of the process.
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    ready = false;
    made.on('message', (message: RenderAnswer | { ready: true }) => {
      if (worker !== made) return;
      if ('ready' in message) {
        ready = true;
        dispatch();
      } else finish((job) => job.resolve(message));
    });
    made.on('error', (error) => lose(made, error));
    made.on('exit', () => lose(made, new Error('The render thread ended.')));
    return made;
  }

  function lose(lost: Worker, error: Error): void {
    if (worker !== lost) return;
    worker = null;
    const code = 'code' in error ? error.code : '';
    if (current && code === 'ERR_WORKER_OUT_OF_MEMORY') finish((job) => job.resolve(tooMuch('memory')));
    else if (current) finish((job) => job.reject(error));
    // It never came up: nobody waits for ever.
    else if (!ready) for (const job of waiting.splice(0)) job.reject(error);
    else next();
  }

  function next(): void {
    if (current || waiting.length === 0) return;
    worker ??= start();
    worker.ref();
    if (ready) dispatch();
  }

  function dispatch(): void {
    if (current) return;
    current = waiting.shift() ?? null;
    if (!current) {
      worker?.unref();
      return;
    }
    timer = setTimeout(() => {
      const slow = worker;
      worker = null;
      slow?.terminate().catch(() => {});
      finish((job) => job.resolve(tooMuch('time')));
    }, timeoutMs);
    worker?.postMessage(current.job);
  }

  function finish(settle: (job: Waiting) => void): void {
    clearTimeout(timer);
    const done = current;
    current = null;
    if (done) settle(done);
    // An idle thread must not keep the process alive.
    if (waiting.length === 0) worker?.unref();
    next();
  }

  function ask(job: RenderJob): Promise<RenderAnswer> {
    if (waiting.length >= MAX_WAITING) {
      return Promise.reject(
        new AppError('unavailable', 'Too many templates are being rendered. Try again in a second.', { retryAfter: 1 }),
      );
    }
    return new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      next();
    });
  }

  return {
    async render({ subject, html }, variables) {
      const { rendered, problem } = await ask({ subject, html, variables: variablesText(variables) });
      if (!rendered) throw refusal(problem);
      return rendered;
    },
    async check({ subject, html }) {
      const { problem } = await ask({ subject, html, variables: null });
      if (problem) throw refusal(problem);
    },
    async stop() {
      const running = worker;
      worker = null;
      for (const job of waiting.splice(0)) job.reject(new AppError('unavailable', 'Headgate is stopping.'));
      if (current) finish((job) => job.reject(new AppError('unavailable', 'Headgate is stopping.')));
      await running?.terminate();
    },
  };
}

function tooMuch(what: 'time' | 'memory'): RenderAnswer {
  return { rendered: null, problem: { part: 'html', line: null, message: `takes too much ${what} to render` } };
}

function refusal(problem: RenderProblem | null): AppError {
  if (!problem) return new AppError('internal_error', 'The template was not rendered.');
  return invalidField(
    problem.part,
    problem.line === null ? problem.message : `line ${problem.line}: ${problem.message}`,
  );
}

/** @throws AppError validation_error when values nest deeper than 32. */
export function variablesText(variables: Variables): string {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw invalidField('variables', `nest at most ${MAX_DEPTH} deep`);
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? Object.values(value).filter((item) => typeof item === 'object' && item !== null)
        : [],
    );
  }
  return JSON.stringify(variables);
}
