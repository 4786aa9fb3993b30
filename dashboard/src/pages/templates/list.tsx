/** Placeholder. */
export function Templates() {
  return null;
}
