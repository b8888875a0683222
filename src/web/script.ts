import { core } from './core.js';
import './define.js';
import { script } from './pool.js';
import { upgrade } from './upgrade.js';

// The one file for a <script>. It is also the worker where a page's CSP allows none but its own files.
if (globalThis.document) {
  script.url = (document.currentScript as HTMLScriptElement | null)?.src;
  upgrade();
} else core().serve();
