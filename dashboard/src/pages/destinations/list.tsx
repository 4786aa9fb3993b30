/** Placeholder. */
export function Destinations() {
  return null;
}
