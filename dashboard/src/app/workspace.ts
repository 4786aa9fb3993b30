/**
 * The workspace this page works in. The address names it (`?workspace=slug`) for as long as the page lives: another one is
 * another page, so that nothing of the one is ever shown in the other, and tabs do not disturb each other.
 */
import { sessionState } from './session.ts';

const inAddress = new URLSearchParams(window.location.search).get('workspace') || undefined;
/** Without one in the address the server chooses; from its first answer on that one is asked for by id. */
let answered: string | undefined;

/** For X-Headgate-Workspace. */
export function chosenWorkspace(): string | undefined {
  return inAddress ?? answered;
}

export function workspaceInAddress(): string | undefined {
  return inAddress;
}

/** Membership can end while the page is open: then calls are refused instead of going to the person's next workspace. */
export function stayIn(workspaceId: string): void {
  answered = workspaceId;
}

/** Loads the dashboard anew. @param slug undefined: the person's first workspace. */
export function openWorkspace(slug: string | undefined): void {
  const search = slug === undefined ? '' : `?workspace=${encodeURIComponent(slug)}`;
  window.location.assign(`/app/${search}`);
}

sessionState.subscribe(() => {
  if (sessionState.get() === 'out') answered = undefined;
});
