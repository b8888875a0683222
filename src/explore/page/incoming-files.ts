import { byId } from './dom.js';

/** Calls `onFile` with each picture that is chosen, dropped on the page or pasted. */
export function listenForFiles(onFile: (name: string, blob: Blob) => void): void {
  byId<HTMLInputElement>('file').addEventListener('change', ({ target }) => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) onFile(file.name, file);
    // So that the same file can be chosen again.
    input.value = '';
  });
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    addEventListener(type, event => {
      event.preventDefault();
      document.body.classList.toggle('dropping', type === 'dragenter' || type === 'dragover');
      const file = type === 'drop' ? event.dataTransfer?.files[0] : undefined;
      if (file) onFile(file.name, file);
    });
  addEventListener('paste', event => {
    const file = event.clipboardData?.files[0];
    if (file) onFile(file.name || 'pasted', file);
  });
}
