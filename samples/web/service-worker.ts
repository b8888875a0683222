import { addCopyButtons } from './copy-buttons.js';

addCopyButtons();
document.querySelector<HTMLElement>('#background')!.style.backgroundImage = 'url(samples/scene.lrk)';
// At the first visit the pictures were asked for before there was a worker to answer: once more, then.
await navigator.serviceWorker.register('lowrank-sw.min.js');
if (!navigator.serviceWorker.controller)
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
