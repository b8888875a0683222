import { core } from './core.js';
import './define.js';
import { largeModule } from './get-large.js';
import { playerModule } from './get-player.js';
import { script } from './picture-pool.js';
import { upgrade } from './upgrade.js';

// The one file for a <script>. It is also the worker where a page's CSP only allows its own files.
if (globalThis.document) {
  script.url = (document.currentScript as HTMLScriptElement | null)?.src;
  if (script.url) {
    const beside = (name: string): string => new URL(`lowrank-${name}.min.js`, script.url).href;
    playerModule.get = () => import(beside('player'));
    largeModule.get = () => import(beside('large'));
  }
  upgrade();
} else core().serve();
