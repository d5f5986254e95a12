// Sets the theme before the first paint. Apart from page and bundle: the content security policy allows no inline script.
(function () {
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
