import type { Page as PuppeteerPage } from 'puppeteer-core';
import type { Engine } from './engines.js';

/** A message of a page's console, or an uncaught error. */
export interface Message {
  /** 'error' is console.error, 'uncaught' an exception or a rejected promise. */
  type: 'log' | 'info' | 'debug' | 'warn' | 'error' | 'uncaught';
  text: string;
}

/** Keys without a character. */
export type Key =
  | 'Enter'
  | 'Tab'
  | 'Escape'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'Home'
  | 'End';

/** One page of a browser, with the same methods for each engine. */
export interface Driver {
  readonly engine: Engine;
  /** Resolves after the page's load event. */
  goto(url: string): Promise<void>;
  /**
   * Runs a function in the page, which must not refer to anything outside itself, or the source of an expression; awaits its result.
   * Arguments and result travel as JSON (undefined as null).
   */
  evaluate<A extends unknown[], R>(code: string | ((...args: A) => R), ...args: A): Promise<Awaited<R>>;
  click(selector: string): Promise<void>;
  /** Types text, or presses one key, at the focus. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** The page's viewport in CSS pixels; one CSS pixel is one device pixel. */
  resize(width: number, height: number): Promise<void>;
  /** Takes the page offline or online. WebKit cannot: false. */
  offline(isOffline: boolean): Promise<boolean>;
  /** A PNG of the viewport: its bytes, and a file if a path is given. */
  screenshot(path?: string): Promise<Buffer>;
  /** All messages since the start, oldest first. In WebKit only those of pages of the test server. */
  messages(): Promise<Message[]>;
  /** Only for Chromium and Firefox: traces, sessions of the devtools protocol. */
  readonly puppeteer?: PuppeteerPage;
  close(): Promise<void>;
}

/** The source of a call that resolves to JSON. If the build keeps names, functions call `__name`. */
export const jsonCall = (code: string | ((...args: never[]) => unknown), args: unknown[]): string =>
  `(async () => { const __name = f => f; return JSON.stringify((await ${
    typeof code === 'string' ? `(${code})` : `(${code})(...${JSON.stringify(args)})`
  }) ?? null); })()`;
