import type { Answer, Ask, Handler } from './messages.js';

/** Answers questions about pictures or clips, each in a job of its own that `open` begins. Errors become answers. */
export function createHandler<Q, A>(open: () => (question: Q) => Promise<A>): Handler<Q, A> {
  const jobs = new Map<number, (question: Q) => Promise<A>>();
  return async (ask: Ask<Q>): Promise<Answer<A>> => {
    const { id, close } = ask;
    try {
      const job = jobs.get(id) ?? open();
      jobs.set(id, job);
      if (!close) return { id, ...(await job(ask as Q)) };
      jobs.delete(id);
      return { id } as Answer<A>;
    } catch (error) {
      jobs.delete(id);
      const { code, message, field } = error as { code?: string; message: string; field?: string };
      return { id, error: { code, message, field } } as Answer<A>;
    }
  };
}
