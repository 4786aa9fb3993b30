/** Placeholder. */
export function Overview() {
  return null;
}
