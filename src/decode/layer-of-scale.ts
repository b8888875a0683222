import { type Header, type Layer, SCALES } from '../format/header.js';

/** The layer that completes what a picture at 1 / scale of the size is made of; undefined for scale 1 and in the compact form: there it is the last. */
export const layerOfScale = ({ layers, sizes }: Header, scale: number): Layer | undefined =>
  layers[sizes[SCALES.indexOf(scale)]! - 1];
