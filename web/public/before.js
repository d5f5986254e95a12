// Runs before anything else, apart from the page and the bundle: the content security policy allows no inline script.
(function () {
  // zod compiles its parsers with eval where it may; asking is already a violation, so it is told not to ask. It reads
  // this when the first schema is made, which is before any module of the bundle could say so.
  globalThis.__zod_globalConfig = { jitless: true };

  // The theme, before the first paint.
  var choice = null;
  try {
    choice = localStorage.getItem('cyclorama.theme');
  } catch {
    // Storage can be switched off: the system's theme then.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.classList.toggle('dark', dark);
})();
