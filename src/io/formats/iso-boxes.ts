/** One box of an ISO base media file (ISO/IEC 14496-12, 4.2). */
export interface IsoBox {
  /** Four letters. */
  type: string;
  /** Where its content begins and ends in the file. */
  from: number;
  to: number;
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** The boxes between two offsets; stops quietly at the first that makes no sense. */
export function splitBoxes(bytes: Uint8Array, from = 0, to = bytes.length): IsoBox[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: IsoBox[] = [];
  for (let at = from; at + 8 <= to; ) {
    let size = view.getUint32(at);
    let head = 8;
    if (size === 1 && at + 16 <= to) {
      size = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (size === 0) size = to - at;
    if (size < head || at + size > to) break;
    boxes.push({ type: latin(bytes, at + 4, at + 8), from: at + head, to: at + size });
    at += size;
  }
  return boxes;
}

/** One item of a HEIF file. */
export interface HeifItem {
  id: number;
  /** 'av01', 'hvc1', 'grid', 'Exif', 'mime' ... */
  type: string;
  /** Of 'mime' items. */
  contentType: string;
  /** Its extents in the file; none if its data are elsewhere. */
  extents: { at: number; length: number; lengthAt: number; lengthSize: number }[];
  /** The properties of the item, in order. */
  properties: IsoBox[];
}

/** The content of the box 'meta'. */
export interface HeifStructure {
  primary: number;
  items: HeifItem[];
  /** References: from an item, by a kind ('auxl', 'cdsc', 'dimg', 'thmb'), to items. */
  references: { type: string; from: number; to: number[] }[];
}

/** ISO/IEC 23008-12 and 14496-12, 8.11: the items of a HEIF file; undefined if it has none that can be read. */
export function readHeif(bytes: Uint8Array): HeifStructure | undefined {
  const meta = splitBoxes(bytes).find(({ type }) => type === 'meta');
  if (!meta) return undefined;
  try {
    return readMeta(bytes, meta);
  } catch {
    return undefined; // a RangeError: a field lies outside the file, and the loader will say so
  }
}

function readMeta(bytes: Uint8Array, meta: IsoBox): HeifStructure {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes = splitBoxes(bytes, meta.from + 4, meta.to);
  const find = (type: string): IsoBox | undefined => boxes.find(box => box.type === type);
  const pitm = find('pitm');
  const primary = pitm
    ? view.getUint8(pitm.from) === 0
      ? view.getUint16(pitm.from + 4)
      : view.getUint32(pitm.from + 4)
    : 0;
  const items = itemsOf(bytes, view, find('iinf'));
  locate(view, find('iloc'), items);
  give(bytes, view, find('iprp'), items);
  return { primary, items, references: referencesOf(bytes, view, find('iref')) };
}

function itemsOf(bytes: Uint8Array, view: DataView, iinf: IsoBox | undefined): HeifItem[] {
  if (!iinf) return [];
  const start = iinf.from + 4 + (view.getUint8(iinf.from) === 0 ? 2 : 4);
  return splitBoxes(bytes, start, iinf.to)
    .filter(({ type, from }) => type === 'infe' && view.getUint8(from) >= 2)
    .map(({ from, to }) => {
      const wide = view.getUint8(from) >= 3;
      const at = from + 4 + (wide ? 4 : 2) + 2;
      const [, contentType = ''] = latin(bytes, at + 4, to).split('\0');
      return {
        id: wide ? view.getUint32(from + 4) : view.getUint16(from + 4),
        type: latin(bytes, at, at + 4),
        contentType,
        extents: [],
        properties: [],
      };
    });
}

/** ISO/IEC 14496-12, 8.11.3. */
function locate(view: DataView, iloc: IsoBox | undefined, items: readonly HeifItem[]): void {
  if (!iloc) return;
  const version = view.getUint8(iloc.from);
  const sizes = view.getUint16(iloc.from + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  let at = iloc.from + 6;
  const read = (size: number): number => {
    const value =
      size === 8
        ? Number(view.getBigUint64(at))
        : size === 4
          ? view.getUint32(at)
          : size === 2
            ? view.getUint16(at)
            : 0;
    at += size;
    return value;
  };
  const count = read(version < 2 ? 2 : 4);
  for (let i = 0; i < count; i++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    at += 2; // where the data are: this file
    const base = read(baseSize);
    const item = items.find(candidate => candidate.id === id);
    for (let extents = read(2); extents > 0; extents--) {
      at += indexSize;
      const place = base + read(offsetSize);
      const lengthAt = at;
      const length = read(lengthSize);
      if (method === 0) item?.extents.push({ at: place, length, lengthAt, lengthSize });
    }
  }
}

/** ISO/IEC 23008-12, 9.3: which properties an item has. */
function give(bytes: Uint8Array, view: DataView, iprp: IsoBox | undefined, items: readonly HeifItem[]): void {
  if (!iprp) return;
  const [ipco, ...rest] = splitBoxes(bytes, iprp.from, iprp.to);
  const properties = ipco ? splitBoxes(bytes, ipco.from, ipco.to) : [];
  for (const ipma of rest.filter(({ type }) => type === 'ipma')) {
    const [version, wide] = [view.getUint8(ipma.from), (view.getUint8(ipma.from + 3) & 1) === 1];
    let at = ipma.from + 8;
    for (let i = view.getUint32(ipma.from + 4); i > 0; i--) {
      const id = version < 1 ? view.getUint16(at) : view.getUint32(at);
      at += version < 1 ? 2 : 4;
      const item = items.find(candidate => candidate.id === id);
      const count = view.getUint8(at++);
      for (let k = 0; k < count; k++, at += wide ? 2 : 1) {
        const index = wide ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f;
        const property = properties[index - 1];
        if (property) item?.properties.push(property);
      }
    }
  }
}

function referencesOf(
  bytes: Uint8Array,
  view: DataView,
  iref: IsoBox | undefined,
): HeifStructure['references'] {
  if (!iref) return [];
  const size = view.getUint8(iref.from) === 0 ? 2 : 4;
  const read = (at: number): number => (size === 2 ? view.getUint16(at) : view.getUint32(at));
  return splitBoxes(bytes, iref.from + 4, iref.to).map(({ type, from }) => ({
    type,
    from: read(from),
    to: Array.from({ length: view.getUint16(from + size) }, (_, i) => read(from + size + 2 + i * size)),
  }));
}

/** The bytes of an item, all of its extents; undefined if they lie outside. */
export function itemBytes(bytes: Uint8Array, { extents }: HeifItem): Uint8Array | undefined {
  if (extents.length === 0 || extents.some(({ at, length }) => at + length > bytes.length)) return undefined;
  return extents.length === 1
    ? bytes.subarray(extents[0]!.at, extents[0]!.at + extents[0]!.length)
    : Buffer.concat(extents.map(({ at, length }) => bytes.subarray(at, at + length)));
}
