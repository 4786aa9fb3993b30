// Runs before the first paint: the stored theme, or the system's. app/theme.ts keeps it up to date afterwards.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem('headgate.theme');
  } catch {
    // Storage may be blocked; the system's theme is used then.
  }
  const dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
