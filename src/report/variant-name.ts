import type { Variant } from './measurement.js';

/** The name of a variant in charts and tables. */
export const variantName = ({ layout, basis }: Pick<Variant, 'layout' | 'basis'>): string =>
  layout === 'block' ? `layout block, basis ${basis}` : 'layout channel';
