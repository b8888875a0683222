/** Replaces an `<img data-lowrank="photo.lrk">` by a `<lowrank-img>`; the `<img>` becomes its fallback. */
function replace(img: HTMLImageElement): void {
  const element = document.createElement('lowrank-img');
  // Copied whole: of a page's own names, such as `@click`, not all can be set.
  for (const attribute of img.attributes)
    if (!/^(src|srcset|data-lowrank|on.*)$/.test(attribute.name))
      element.setAttributeNode(attribute.cloneNode() as Attr);
  element.setAttribute('src', img.dataset.lowrank!);
  img.removeAttribute('id');
  img.removeAttribute('data-lowrank');
  img.replaceWith(element);
  // An <img> without a source is no better than the alternative text.
  if (img.currentSrc || img.src) element.append(img);
}

/** Replaces all `<img data-lowrank>` of the page, now and later. */
export function upgrade(): void {
  const all = (): void => document.querySelectorAll<HTMLImageElement>('img[data-lowrank]').forEach(replace);
  new MutationObserver(all).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-lowrank'],
  });
  all();
}
