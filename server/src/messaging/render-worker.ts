/**
 * Renders templates in a thread of its own: a template is somebody's program, and Liquid's own limits look only between
 * its steps. Here a filter that runs wild or a text that grows without end costs this thread, which render.ts ends.
 *
 * Takes RenderJob, answers `{ ready: true }` once and then one RenderAnswer for each job.
 */
import { parentPort } from 'node:worker_threads';
import { compile } from 'html-to-text';
import { Liquid, LiquidError, type Template } from 'liquidjs';
import type { RenderAnswer, RenderJob, RenderProblem } from './render.ts';

/** Characters of what a template may become; a message of 1 MB is refused by most receivers anyway. */
const MAX_OUTPUT = 1_048_576;
/** RFC 5322 §2.1.1. */
const MAX_SUBJECT = 998;
const MAX_SOURCE = 524_288;

const html = createEngine('escape');
const subject = createEngine(undefined);
const toText = compile({
  wordwrap: 78,
  limits: { maxInputLength: MAX_OUTPUT, maxDepth: 200, maxChildNodes: 10_000 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'table', format: 'block' },
  ],
});

function createEngine(outputEscape: 'escape' | undefined): Liquid {
  const engine = new Liquid({
    ...(outputEscape && { outputEscape }),
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    // No file is ever read: templates are looked up in this empty map.
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    locale: 'en',
    timezoneOffset: 0,
    parseLimit: MAX_SOURCE,
    renderLimit: 500,
    memoryLimit: 10_000_000,
  });
  for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag];
  // They evaluate expressions from text, which the limits cannot interrupt and where CVE-2026-45618 was.
  for (const filter of Object.keys(engine.filters)) if (filter.endsWith('_exp')) delete engine.filters[filter];
  return engine;
}

function parse(part: 'subject' | 'html', engine: Liquid, source: string): Template[] {
  try {
    return engine.parse(source);
  } catch (error) {
    throw new Failure(problemOf(part, error));
  }
}

function output(part: 'subject' | 'html', engine: Liquid, source: string, variables: object): string {
  const templates = parse(part, engine, source);
  let text: unknown;
  try {
    text = engine.renderSync(templates, variables, { templateLimit: 100_000 });
  } catch (error) {
    throw new Failure(problemOf(part, error));
  }
  const rendered = String(text);
  if (rendered.length > MAX_OUTPUT) throw new Failure({ part, line: null, message: 'renders to more than 1 MB' });
  // PostgreSQL's text holds no NUL, and half a surrogate pair is no text.
  return rendered.replaceAll('\0', '').toWellFormed();
}

class Failure extends Error {
  readonly problem: RenderProblem;
  constructor(problem: RenderProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

function problemOf(part: 'subject' | 'html', error: unknown): RenderProblem {
  if (!LiquidError.is(error)) return { part, line: null, message: error instanceof Error ? error.message : 'failed' };
  const token: { getPosition?(): readonly number[] } & object = error.token;
  const line = token.getPosition?.()[0] ?? null;
  const original: unknown = error.originalError;
  const message = (original instanceof Error ? original.message : error.message).replace(/, line:\d+, col:\d+$/, '');
  return { part, line, message: message.slice(0, 300) };
}

function answer(job: RenderJob): RenderAnswer {
  try {
    if (job.variables === null) {
      parse('subject', subject, job.subject);
      parse('html', html, job.html);
      return { rendered: null, problem: null };
    }
    const variables = JSON.parse(job.variables) as object;
    // A line break would start another header.
    const line = output('subject', subject, job.subject, variables)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim();
    if (line.length > MAX_SUBJECT) {
      throw new Failure({ part: 'subject', line: null, message: `renders to more than ${MAX_SUBJECT} characters` });
    }
    const body = output('html', html, job.html, variables);
    return { rendered: { subject: line, html: body, text: toText(body).replaceAll('\0', '') }, problem: null };
  } catch (error) {
    if (error instanceof Failure) return { rendered: null, problem: error.problem };
    return { rendered: null, problem: { part: 'html', line: null, message: 'cannot be rendered' } };
  }
}

parentPort?.on('message', (job: RenderJob) => parentPort?.postMessage(answer(job)));
parentPort?.postMessage({ ready: true });
