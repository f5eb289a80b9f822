import { questionFor, type Contender } from '../house/contender.js';
import type { Member } from '../house/crowd.js';
import type { RawAnswer } from '../load/read-answer.js';
import { closedLoop, fixedRate, type LoadResult, type Question } from '../load/run-load.js';
import { sample, type Sample } from './sample.js';
import type { Bench } from './scenario.js';

/** Clients that ask at once. */
export const CONNECTIONS = 16;

/** Every customer's dashboard once, as fast as it is answered. Answers are compared afterwards, outside of the time. */
export function askEachOnce(bench: Bench, contender: Contender, members: readonly Member[]): Promise<Sample> {
  return askAll(bench, contender, questionsOf(bench, contender, members), (load) => closedLoop(load, CONNECTIONS));
}

/** Every customer's dashboard once, so many a second. @param path where the question goes, if not to the graph */
export function askAtRate(
  bench: Bench,
  contender: Contender,
  members: readonly Member[],
  perSecond: number,
  path?: string,
): Promise<Sample> {
  const questions = members.map((member) => {
    const question = questionFor(contender, bench.dashboard, member, path);
    return path === undefined ? question : { ...question, key: `${question.key} ${path}` };
  });
  return askAll(bench, contender, questions, (load) => fixedRate(load, perSecond));
}

/** The dashboards of a few customers again and again. */
export function askAgain(
  { answers, seconds, dashboard }: Bench,
  contender: Contender,
  members: readonly Member[],
  { connections = CONNECTIONS, milliseconds = seconds * 1_000, query = dashboard } = {},
): Promise<Sample> {
  const questions = members.map((member) => questionFor(contender, query, member));
  const load = {
    port: contender.front.port,
    ask: (index: number) => questions[index % questions.length],
    take: ({ key }: Question, answer: RawAnswer) => answers.check(contender.name, `${key} ${query.length}`, answer),
  };
  return sample(contender, () => closedLoop(load, connections, milliseconds));
}

function questionsOf({ dashboard }: Bench, contender: Contender, members: readonly Member[]): readonly Question[] {
  return members.map((member) => questionFor(contender, dashboard, member));
}

type Run = (load: Parameters<typeof closedLoop>[0]) => Promise<LoadResult>;

async function askAll(
  { answers, dashboard }: Bench,
  contender: Contender,
  questions: readonly Question[],
  run: Run,
): Promise<Sample> {
  const kept: [Question, RawAnswer][] = [];
  const load = {
    port: contender.front.port,
    ask: (index: number) => questions[index],
    take: (question: Question, answer: RawAnswer) => void kept.push([question, answer]),
  };
  const taken = await sample(contender, () => run(load));
  for (const [{ key }, answer] of kept) answers.check(contender.name, `${key} ${dashboard.length}`, answer);
  return taken;
}
