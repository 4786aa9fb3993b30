/** Placeholder. */
export function People() {
  return null;
}
