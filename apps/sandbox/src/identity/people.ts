import { AGENTS } from '../world/agents.js';
import type { World } from '../world/world.js';

/** Where an agent works; the value of the claim `saaltor_agent`. */
interface AgentPost {
  readonly subsidiary: string;
  readonly role: string;
}

/** Someone whom the identity provider knows. */
export interface Person {
  /** The `sub` of all tokens. */
  readonly key: string;
  /** Null for people who cannot sign in. */
  readonly password: string | null;
  /** Null for customers. */
  readonly agent: AgentPost | null;
}

/** Finds a person by key; undefined for an unknown one. */
export type FindPerson = (key: string) => Person | undefined;

/** The claim by which tokens say that someone is an agent; customers have none. */
export const AGENT_CLAIM = 'saaltor_agent';

const AGENTS_BY_KEY = new Map(
  AGENTS.map(({ key, password, subsidiary, role }): [string, Person] => [
    key,
    { key, password, agent: { subsidiary, role } },
  ]),
);

/** Customers are the households, agents a list of their own. */
export function peopleOf(world: Pick<World, 'byKey'>): FindPerson {
  return (key) => {
    const agent = AGENTS_BY_KEY.get(key);
    if (agent !== undefined) return agent;
    const household = world.byKey(key);
    return household && { key, password: household.signIn?.password ?? null, agent: null };
  };
}

/** What tokens say of a person beside the `sub`. */
export function claimsOf(person: Person | undefined): Readonly<Record<string, AgentPost>> {
  return person?.agent ? { [AGENT_CLAIM]: person.agent } : {};
}
