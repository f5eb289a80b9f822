import { Answers } from '../load/answers.js';
import { writeRequest } from '../load/request.js';
import { closedLoop, type Question } from '../load/run-load.js';
import type { Member } from './crowd.js';
import type { Server } from './house.js';

/** Asks nothing of any legacy system, so that whoever is asked only gets to know the caller. */
const WHO = '{ me { id name hasSignIn } }';
const AT_ONCE = 8;

/** One of those that are compared: the server that clients ask, and the processes that it needs behind it. */
export interface Contender {
  readonly name: string;
  readonly front: Server;
  /** Its own processes only; the sandbox and the database are everybody's. */
  readonly behind: readonly Server[];
  /** Tells it who these customers are and lets it see their tokens. */
  meet(members: readonly Member[]): Promise<void>;
}

/** The same question to a contender, in the name of a customer. */
export function questionFor(contender: Contender, query: string, { subject, token }: Member, path?: string): Question {
  return { key: subject, request: writeRequest({ port: contender.front.port, path, query, token }) };
}

/**
 * Lets servers see each customer once. What a first sight costs, such as the signature of a token, is not part of a
 * measurement: it comes once in an hour.
 */
export async function introduce(servers: readonly Server[], members: readonly Member[]): Promise<void> {
  for (const { port } of servers) {
    const answers = new Answers();
    await closedLoop(
      {
        port,
        ask: (index) => {
          const member = members[index];
          return member && { key: member.subject, request: writeRequest({ port, query: WHO, token: member.token }) };
        },
        take: ({ key }, answer) => answers.check('first sight', key, answer),
      },
      AT_ONCE,
    );
  }
}
