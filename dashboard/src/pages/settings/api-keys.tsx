/** Placeholder. */
export function ApiKeys() {
  return null;
}
