import type { Plugin } from 'vite';

/** `react-style-singleton`: one sheet for all that use it, from the first to the last. Its `<style>` is the sheet here. */
const SINGLETON = `
export const stylesheetSingleton = () => {
  const sheet = new CSSStyleSheet();
  let users = 0;
  return {
    add(css) {
      users += 1;
      if (users > 1) return;
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
    remove() {
      users -= 1;
      if (users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
};
`;

const SONNER = /function __insertCSS\(code\) \{\n[\s\S]*?\n\}\n/;
const INSERT_CSS = `function __insertCSS(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
`;

/**
 * The content security policy forbids `<style>` elements, which react-remove-scroll (below each dialog and menu) and
 * sonner add. A nonce would need a page made anew for each answer; style sheets adopted by script need no permission.
 */
export const adoptedStyles: Plugin[] = [
  {
    name: 'adopted-styles:react-style-singleton',
    apply: 'build',
    load: { filter: { id: /react-style-singleton\/dist\/es2015\/singleton\.js$/ }, handler: () => SINGLETON },
  },
  {
    name: 'adopted-styles:sonner',
    apply: 'build',
    transform: {
      filter: { id: /sonner\/dist\/index\.mjs$/ },
      handler(code) {
        if (!SONNER.test(code)) this.error('sonner adds its styles in another way than this plugin knows.');
        return { code: code.replace(SONNER, INSERT_CSS), map: null };
      },
    },
  },
];
