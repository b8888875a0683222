/** What the page of a separated clip shows; in the page as JSON. Pictures are data URLs. */
export interface ClipData {
  /** What the clip is called. */
  title: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  method: string;
  rank: number;
  /** Frames of the clip, of which the page may show the first only. */
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
