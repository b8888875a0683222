import { addCopyButtons } from './copy-buttons.js';

addCopyButtons();
document.querySelector<HTMLElement>('#background')!.style.backgroundImage = 'url(samples/scene.lrk)';
// At the first visit the pictures were requested before a worker could answer: request them again.
await navigator.serviceWorker.register('lowrank-sw.min.js');
if (!navigator.serviceWorker.controller)
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
