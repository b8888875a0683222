// Kills the program and checks what is left: npm run kills -- [runs, default 500] [seed, default 1]
import { KilledRuns, type Outcome } from './killed-runs.js';

const [count = 500, seed = 1] = process.argv.slice(2).map(Number);
const outcomes: Outcome[] = [];
const started = performance.now();
await new KilledRuns().run(count, seed, outcome => {
  outcomes.push(outcome);
  for (const fault of outcome.faults)
    console.log(`${outcome.scenario}, killed ${JSON.stringify(outcome.kill)}: ${fault}`);
  if (outcomes.length % 25 === 0) console.log(`${outcomes.length} of ${count}`);
});
const sum = (of: (outcome: Outcome) => number): number =>
  outcomes.reduce((all, outcome) => all + of(outcome), 0);
console.log(`${count} runs from seed ${seed}, in ${Math.round((performance.now() - started) / 1000)} s`);
console.log(`  killed before they ended: ${sum(({ ended }) => +!ended)}`);
console.log(
  `  outputs: ${sum(({ absent }) => absent)} absent, ${sum(({ old }) => old)} old, ${sum(({ complete }) => complete)} complete`,
);
console.log(
  `  that left something temporary, which the next took away: ${sum(({ litter }) => +(litter > 0))}`,
);
console.log(`  faults: ${sum(({ faults }) => faults.length)}`);
process.exitCode = outcomes.some(({ faults }) => faults.length > 0) ? 1 : 0;
