import { type Header, type Layer, SCALES } from '../format/header.js';

/** The layer that completes a picture at 1 / scale of the size; undefined, meaning the last, for scale 1 and in the compact form. */
export const layerOfScale = ({ layers, sizes }: Header, scale: number): Layer | undefined =>
  layers[sizes[SCALES.indexOf(scale)]! - 1];
