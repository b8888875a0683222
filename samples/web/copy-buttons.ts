/** Gives every example of a page a button that copies it. */
export function addCopyButtons(): void {
  for (const example of document.querySelectorAll('pre')) {
    const button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'copy',
      textContent: 'Copy',
    });
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(example.innerText);
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    });
    const box = Object.assign(document.createElement('div'), { className: 'example' });
    example.replaceWith(box);
    box.append(example, button);
  }
}
