import type { Variant } from './measurement.js';

/** What a variant is called in charts and tables. */
export const variantName = ({ layout, basis }: Pick<Variant, 'layout' | 'basis'>): string =>
  layout === 'block' ? `layout block, basis ${basis}` : 'layout channel';
