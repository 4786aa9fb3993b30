/** Sample values for a Liquid template: every top-level variable it names, with the name itself as value. */

const WORDS = new Set([
  'true',
  'false',
  'nil',
  'null',
  'blank',
  'empty',
  'and',
  'or',
  'not',
  'contains',
  'in',
  'forloop',
]);
const OUTPUT = /\{\{-?([\s\S]*?)-?\}\}/g;
const TAG = /\{%-?\s*(?:if|elsif|unless|case|for)\b([\s\S]*?)-?%\}/g;

/** A guess for the preview's first sight; nested values (`a.b`) become objects. Loops are left to the writer. */
export function variablesOf(template: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const local = new Set([...template.matchAll(/\{%-?\s*(?:for|assign|capture)\s+(\w+)/g)].map((match) => match[1]));
  const expressions = [...template.matchAll(OUTPUT), ...template.matchAll(TAG)].map((match) => match[1] ?? '');
  for (const expression of expressions) {
    // Filters and their arguments follow the first bar; strings hold no variables.
    const value = expression.replace(/"[^"]*"|'[^']*'/g, ' ').split('|', 1)[0] ?? '';
    for (const [path] of value.matchAll(/[a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)*/g)) {
      const [head = '', ...rest] = path.split('.');
      if (WORDS.has(head) || local.has(head) || head === '__proto__') continue;
      put(found, [head, ...rest.filter((part) => part !== 'size')]);
    }
  }
  return found;
}

function put(target: Record<string, unknown>, path: readonly string[]): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    if (!Object.hasOwn(target, head)) target[head] = head;
    return;
  }
  const inner = Object.hasOwn(target, head) ? target[head] : undefined;
  const next = inner && typeof inner === 'object' ? (inner as Record<string, unknown>) : {};
  target[head] = next;
  put(next, rest);
}
