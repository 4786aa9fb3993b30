/** Placeholder. */
export function Events() {
  return null;
}
