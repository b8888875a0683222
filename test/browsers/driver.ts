import type { Page as PuppeteerPage } from 'puppeteer-core';
import type { Engine } from './engines.js';

/** What a page wrote to its console, and errors that nobody caught. */
export interface Message {
  /** 'error' is console.error, 'uncaught' an exception or a rejected promise. */
  type: 'log' | 'info' | 'debug' | 'warn' | 'error' | 'uncaught';
  text: string;
}

/** Keys that have no character of their own. */
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

/** One page of one browser, alike in each engine. */
export interface Driver {
  readonly engine: Engine;
  /** Resolves when the page's load event has been. */
  goto(url: string): Promise<void>;
  /**
   * Runs a function in the page, which must not name anything around it, or the source of an expression; awaits its
   * result. Arguments and result go as JSON (undefined as null).
   */
  evaluate<A extends unknown[], R>(code: string | ((...args: A) => R), ...args: A): Promise<Awaited<R>>;
  click(selector: string): Promise<void>;
  /** Types text, or presses one key, where the focus is. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** The page's viewport in CSS pixels, of which there is one a device pixel. */
  resize(width: number, height: number): Promise<void>;
  /** Cuts the page off the network, or brings it back. WebKit cannot: false. */
  offline(isOffline: boolean): Promise<boolean>;
  /** A PNG of the viewport: its bytes, and a file where a path is given. */
  screenshot(path?: string): Promise<Buffer>;
  /** All messages since the start, oldest first. WebKit: those of pages of the test server. */
  messages(): Promise<Message[]>;
  /** What is special to Chromium and Firefox: traces, sessions of the devtools protocol. */
  readonly puppeteer?: PuppeteerPage;
  close(): Promise<void>;
}

/** The source of a call that resolves to JSON. Where a builder keeps names, functions call `__name`. */
export const jsonCall = (code: string | ((...args: never[]) => unknown), args: unknown[]): string =>
  `(async () => { const __name = f => f; return JSON.stringify((await ${
    typeof code === 'string' ? `(${code})` : `(${code})(...${JSON.stringify(args)})`
  }) ?? null); })()`;
