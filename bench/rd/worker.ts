import { type Job, measure } from './measure.js';

// A child process of pool.ts: takes one job at a time, answers with its rows or the message of its failure.
process.on('message', (job: Job) => {
  measure(job).then(
    rows => process.send!({ rows }),
    (error: Error) => process.send!({ error: error.message }),
  );
});
