/** Light, dark or the system's. public/theme.js applies the same rule before the first paint. */
import { createStore, useStore } from '../lib/store.ts';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'headgate.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = createStore<Theme>(stored());

export function useTheme(): Theme {
  return useStore(theme);
}

export function setTheme(next: Theme): void {
  theme.set(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Blocked storage: the choice lasts as long as the page.
  }
  apply();
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

function apply(): void {
  const choice = theme.get();
  document.documentElement.dataset['theme'] =
    choice === 'dark' || (choice === 'system' && dark.matches) ? 'dark' : 'light';
}

dark.addEventListener('change', apply);
window.addEventListener('storage', (event) => {
  if (event.key !== KEY) return;
  theme.set(stored());
  apply();
});
