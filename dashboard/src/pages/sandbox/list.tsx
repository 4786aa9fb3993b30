/** Placeholder. */
export function Sandbox() {
  return null;
}
