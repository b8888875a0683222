import { serveImages } from './service-worker.js';

// dist/lowrank-sw.min.js: a whole service worker.
serveImages();
