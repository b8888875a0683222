import type { Opened, Source } from '../protocol.js';
import { byId, showButton } from './dom.js';
import { listenForFiles } from './incoming-files.js';
import type { Making } from './making.js';
import type { Model } from './model.js';
import { integer } from './numbers.js';
import type { Facts } from './picture.js';
import { settingsOf } from './state.js';

/** The sample of a picture that the user opens, if it is one. Nothing of the picture before is chosen in it, and it plays once. */
export interface Anew {
  sample: string | undefined;
}

/** Opens pictures. Until one is there, the one before is what is shown. */
export interface Opening {
  /** Without `anew`, with the choices that are made already. */
  openSample(name: string, anew?: Anew): void;
  /** The picture that `lowrank explore` was started with. */
  openGiven(name: string): void;
}

export interface OpeningEvents {
  /** The picture before is about to be replaced. */
  onOpening(): void;
  onOpened(source: Source, opened: Opened, anew: Anew | undefined): void;
}

/** Also opens files that are chosen, dropped or pasted, and the whole of a picture that was opened in part of its size. */
export function createOpening({ choices, picture }: Model, making: Making, events: OpeningEvents): Opening {
  const open = (source: Source, isWhole = false, anew?: Anew): void => {
    events.onOpening();
    const settings = () => settingsOf(choices.now);
    void making.open(source, isWhole, settings, opened => {
      events.onOpened(source, opened, anew);
      offerWhole(picture.now, opened.whole);
    });
  };
  byId('full').addEventListener('click', () => picture.now.source && open(picture.now.source, true));
  listenForFiles((name, blob) => open({ kind: 'file', name, blob }, false, { sample: undefined }));

  return {
    openSample(name, anew) {
      const made = `samples/${name}.lrk`;
      open({ kind: 'address', name: `${name}.png`, url: `samples/${name}.png`, made }, false, anew);
    },
    openGiven: name => open({ kind: 'samples', name, url: 'picture' }),
  };
}

/** Offers all pixels of a picture that was opened at a smaller size. */
function offerWhole({ size }: Readonly<Facts>, whole: Opened['whole']): void {
  const full = byId('full');
  showButton(full, whole.width !== size?.width || whole.height !== size.height, byId('status'));
  full.textContent = `Use all ${integer(whole.width)} x ${integer(whole.height)} pixels`;
}
