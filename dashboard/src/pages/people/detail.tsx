/** Placeholder. */
export function PersonDetail() {
  return null;
}
