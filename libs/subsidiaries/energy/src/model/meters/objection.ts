import { Refusal } from '#lib/kernel';

type Problem = Refusal['problems'][number];

/** What stands against one value or day; the place in the input is added by whoever knows it. */
export type Objection = Omit<Problem, 'path'>;

/** An objection at its place in the input, as a list that is empty without one. */
export function problemAt(path: string, objection: Objection | null): readonly Problem[] {
  return objection === null ? [] : [{ path, ...objection }];
}

/** A refusal by these problems, named after the first; null when there is none. */
export function refusalBy(problems: readonly Problem[]): Refusal | null {
  const [first] = problems;
  return first === undefined ? null : new Refusal(first.code, { problems });
}
