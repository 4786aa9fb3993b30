/** Bodies that the vendor's own pages show although their schema refuses them: read as what they mean. */

type Body = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, (body: Body) => Body>> = {
  // The troubleshooting section of the seed writes `"commonEventOnViolations": "Block"`.
  updateSchemaSettingsInSource: (body) =>
    Object.fromEntries(
      Object.entries(body).map(([name, group]) => [name, isObject(group) ? inCapitals(group) : group]),
    ),
};

/** What came, as the schema of the operation has it. */
export function asDocumented(operationId: string, body: unknown): unknown {
  const read = Object.hasOwn(READERS, operationId) ? READERS[operationId] : undefined;
  return read && isObject(body) ? read(body) : body;
}

function inCapitals(group: Body): Body {
  const value = group['commonEventOnViolations'];
  return typeof value === 'string' ? { ...group, commonEventOnViolations: value.toUpperCase() } : group;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
