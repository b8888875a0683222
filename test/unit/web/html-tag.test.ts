import { parseHTML } from 'linkedom';
import { htmlTag } from 'lowrank/html';
import { expect, it } from 'vitest';

const PICTURE = { src: '/a.lrk', width: 30, height: 20 };

it('The tag of a picture reserves its space, and escapes its text', () => {
  const alt = 'Hills & "lakes" <b>';
  const { document } = parseHTML(`<body>${htmlTag({ ...PICTURE, alt })}</body>`);
  const element = document.querySelector('lowrank-img')!;
  expect(element.getAttribute('alt')).toBe(alt);
  expect(element.getAttribute('src')).toBe('/a.lrk');
  expect(element.getAttribute('style')).toContain('aspect-ratio: 30 / 20');
  expect(element.children).toHaveLength(0);
  expect(document.querySelector('b')).toBeNull();
});

it('With a fallback it contains a <picture> for pages without scripts', () => {
  const fallback = { avif: '/a.avif', image: '/a.jpg' };
  const { document } = parseHTML(`<body>${htmlTag({ ...PICTURE, alt: 'A lake', fallback })}</body>`);
  expect(document.querySelector('lowrank-img > noscript')!.getAttribute('slot')).toBe('noscript');
  expect(document.querySelector('noscript source')!.getAttribute('srcset')).toBe('/a.avif');
  const img = document.querySelector('noscript img')!;
  expect(['src', 'alt', 'width'].map(name => img.getAttribute(name))).toEqual(['/a.jpg', 'A lake', '30']);
});
