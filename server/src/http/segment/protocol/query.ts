/**
 * Query parameters as every client of the Public API writes them (contract segment-public-api §1.7): dotted and
 * bracketed keys, indexed and repeated ones, comma lists, a JSON literal; for DELETE the same names in a JSON body.
 */
import { AppError } from '../../../errors.ts';
import { type Operation, resolved, type Schema } from './contract.ts';

type Tree = Map<string, Node>;
interface Node {
  values: string[];
  children: Tree;
}

/** As many pairs as a rules list of 200 entries with a few fields needs. */
const MAX_PAIRS = 2_000;
const MAX_DEPTH = 6;
const MAX_KEY = 200;

/**
 * @param queryString without the question mark.
 * @param body of a DELETE: its members count where the query names none.
 * @returns declared parameters only, as their schemas have them; what cannot be read stays text, for validation to refuse.
 */
export function readQuery(operation: Operation, queryString: string, body: unknown): Record<string, unknown> {
  const tree = parse(queryString);
  const inBody = isObject(body) ? body : {};
  const found: Record<string, unknown> = Object.create(null);
  for (const { name, schema } of operation.query) {
    const node = tree.get(name);
    const value = node ? readValue(node, resolved(schema)) : inBody[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function parse(queryString: string): Tree {
  const tree: Tree = new Map();
  if (queryString === '') return tree;
  const pairs = queryString.split('&', MAX_PAIRS + 1);
  if (pairs.length > MAX_PAIRS) throw new AppError('bad_request', `The query has more than ${MAX_PAIRS} parameters.`);
  for (const pair of pairs) {
    if (pair === '') continue;
    const split = pair.indexOf('=');
    const key = decode(split < 0 ? pair : pair.slice(0, split));
    const path = key
      .slice(0, MAX_KEY)
      .split(/[.[\]]+/)
      .filter((part) => part !== '');
    if (path.length === 0 || path.length > MAX_DEPTH) continue;
    let node: Node = { values: [], children: tree };
    for (const part of path) {
      let next = node.children.get(part);
      if (!next) {
        next = { values: [], children: new Map() };
        node.children.set(part, next);
      }
      node = next;
    }
    node.values.push(split < 0 ? '' : decode(pair.slice(split + 1)));
  }
  return tree;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new AppError('bad_request', 'The query cannot be read: write each % as %25, and text as UTF-8.');
  }
}

function readValue(node: Node, schema: Schema): unknown {
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'string');
  if (type === 'object') return objectOf(node, schema);
  if (type === 'array') return listOf(node, resolved(schema.items ?? {}));
  const text = node.values.at(-1);
  if (text === undefined) return undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'number' || type === 'integer')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  return schema.enum ? inCapitals(text, schema.enum) : text;
}

/** Releases of the clients before 2025 write `granularity=hour`; the values are in capitals today. */
function inCapitals(text: string, allowed: readonly unknown[]): string {
  return !allowed.includes(text) && allowed.includes(text.toUpperCase()) ? text.toUpperCase() : text;
}

function objectOf(node: Node, schema: Schema): unknown {
  if (node.children.size === 0) {
    const text = node.values.at(-1) ?? '';
    return literal(text) ?? text;
  }
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, child] of node.children) {
    const inner = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    value[name] = readValue(child, inner ? resolved(inner) : {});
  }
  return value;
}

function listOf(node: Node, items: Schema): unknown {
  const indexed = [...node.children].filter(([key]) => /^\d{1,4}$/.test(key)).sort(([a], [b]) => Number(a) - Number(b));
  const list = indexed.map(([, child]) => readValue(child, items));
  // `a[]=1&a[]=2` and `a=1&a=2` are the same; a JSON literal is a whole list or one item of it.
  for (const text of node.values) {
    const value = literal(text);
    if (Array.isArray(value)) list.push(...value);
    else if (isObject(value)) list.push(value);
    else if (items.type === 'string' || items.type === undefined) list.push(...text.split(','));
    else list.push(text);
  }
  return list;
}

function literal(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
