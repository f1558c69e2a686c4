declare module 'turndown/lib/turndown.browser.cjs.js' {
  import TurndownService = require('turndown');
  export = TurndownService;
}
