/** What the page of a separated clip shows; contained in the page as JSON. Pictures are data URLs. */
export interface ClipData {
  /** Title of the clip. */
  title: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  method: string;
  rank: number;
  /** Frames of the clip; the page may only show the first ones. */
  total: number;
  frames: FrameData[];
}

/** One frame. */
export interface FrameData {
  /** Milliseconds that it is shown. */
  duration: number;
  /** Share of its pixels that are foreground, 0 to 1. */
  share: number;
  original: string;
  background: string;
  /** White where it is foreground, transparent elsewhere. */
  mask: string;
}
