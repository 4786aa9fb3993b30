/**
 * Writes src/types.gen.ts and src/client.gen.ts from openapi.json.
 * Usage: node generate.ts [<openapi.json> [<directory to write into>]]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

interface Parameter {
  name: string;
  in: string;
}

interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: { type?: string; properties?: object } }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

interface Method {
  name: string;
  doc: string;
  code: string;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [input = here('../../../openapi.json'), output = here('../src')] = process.argv.slice(2);
const document = JSON.parse(readFileSync(input, 'utf8'));

const NOTE = '// Generated from openapi.json by `npm run gen`. Change the routes instead.\n';
writeFileSync(join(output, 'types.gen.ts'), NOTE + astToString(await openapiTS(document)));
writeFileSync(join(output, 'client.gen.ts'), clientOf(document.paths));

function clientOf(paths: Record<string, Record<string, OperationObject>>): string {
  const resources = new Map<string, Method[]>();
  const used = new Set<string>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const { operationId } = operation;
      const [resource, verb, ...more] = operationId.split('.');
      if (!resource || !verb || more.length > 0)
        throw new Error(`operationId ${operationId} is not <resource>.<verb>.`);
      if (used.has(operationId)) throw new Error(`operationId ${operationId} stands on two routes.`);
      used.add(operationId);
      const methods = resources.get(resource) ?? [];
      methods.push(methodOf(verb, method, path, operation));
      resources.set(resource, methods);
    }
  }
  const body = [...resources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resource, methods]) => {
      const sorted = methods.sort((a, b) => (a.name < b.name ? -1 : 1));
      return `    ${resource}: {\n${sorted.map((method) => method.doc + method.code).join('\n')}\n    },`;
    });
  return `${NOTE}import type { Args, Message, Result, WholeArgs } from './operations.ts';
import { type CallOptions, type ClientOptions, createTransport, type Operation } from './transport.ts';
import type { operations } from './types.gen.ts';

type Ops = operations;
/** The arguments may be left out where none is required. */
type Rest<A> = object extends A ? [args?: A, options?: CallOptions] : [args: A, options?: CallOptions];

export type Client = ReturnType<typeof createClient>;

export function createClient(clientOptions: ClientOptions = {}) {
  const transport = createTransport(clientOptions);
  const call = <O, A = Args<O>>(operation: Operation) =>
    async (...[args, options]: Rest<A>): Promise<Result<O>> =>
      (await transport.call(operation, args ?? {}, options)) as Result<O>;
  const stream = <O>(operation: Operation) =>
    (...[args, options]: Rest<Args<O>>) =>
      transport.stream(operation, args ?? {}, options) as AsyncGenerator<Message<O>, void, undefined>;
  return {
${body.join('\n')}
  };
}
`.replace(', WholeArgs }', body.some((text) => text.includes('WholeArgs<')) ? ', WholeArgs }' : ' }');
}

function methodOf(verb: string, method: string, path: string, operation: OperationObject): Method {
  const { operationId, parameters = [] } = operation;
  const named = (place: string) => parameters.filter((item) => item.in === place).map((item) => item.name);
  const schema = operation.requestBody?.content['application/json']?.schema;
  const fields = schema?.type === 'object' ? Object.keys(schema.properties ?? {}) : null;
  const clash = fields?.some((name) => parameters.some((item) => item.in !== 'header' && item.name === name)) ?? false;
  const kind = !operation.requestBody ? 'none' : fields === null || clash ? 'whole' : 'fields';
  const described: Record<string, unknown> = {
    method: method.toUpperCase(),
    path,
    pathParams: named('path'),
    queryParams: named('query'),
    body: kind,
  };
  const type = `Ops['${operationId}']`;
  const streams = operation.responses['200']?.content?.['text/event-stream'] !== undefined;
  const types = kind === 'whole' ? `${type}, WholeArgs<${type}>` : type;
  const code = `      ${verb}: ${streams ? 'stream' : 'call'}<${types}>(${JSON.stringify(described)}),`;
  return { name: verb, doc: docOf(operation), code };
}

function docOf(operation: OperationObject): string {
  const lines = [operation.summary && `${operation.summary}.`, operation.description].filter(Boolean);
  return lines.length === 0 ? '' : `      /** ${lines.join(' ').replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
}
