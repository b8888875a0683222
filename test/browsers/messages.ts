/** Where a page of the test server stores its messages, for engines whose drivers do not report them. */
export const MESSAGES = '__lowrankTestMessages';

/** A script that precedes all others of a page, and stores its messages as `Message`s of the driver. */
export const MESSAGES_SCRIPT = `(() => {
  const kept = (globalThis.${MESSAGES} = []);
  const keep = (type, values) => kept.push({ type, text: values.map(String).join(' ') });
  for (const type of ['log', 'info', 'debug', 'warn', 'error']) {
    const original = console[type];
    console[type] = (...values) => (keep(type, values), original.apply(console, values));
  }
  addEventListener('error', event => event.message && keep('uncaught', [event.message]));
  addEventListener('unhandledrejection', event => keep('uncaught', [event.reason]));
})();`;
