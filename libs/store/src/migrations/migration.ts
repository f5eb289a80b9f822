import { createHash } from 'node:crypto';

/** One step of the tables. Once released it is never changed: a correction is the next step. */
export interface Migration {
  /** Sorts after all earlier ones of its owner, e.g. `0001-links`. */
  readonly name: string;
  /** Statements, separated by semicolons; run in one transaction. */
  readonly sql: string;
}

/** The migrations of one lib, in order. */
export interface MigrationSet {
  /** Name of the lib, e.g. `customer`. */
  readonly owner: string;
  readonly migrations: readonly Migration[];
}

/** A migration with its owner, and whether it is the same as ever. */
export interface Step extends Migration {
  readonly owner: string;
  /** Of the text, not of code: a compiler must not change it. */
  readonly checksum: string;
}

export type StepKey = Pick<Step, 'owner' | 'name'>;

/** All steps in the order in which they apply. @throws RangeError when names are double or out of order */
export function stepsOf(sets: readonly MigrationSet[]): readonly Step[] {
  const owners = sets.map(({ owner }) => owner);
  if (new Set(owners).size !== owners.length) throw new RangeError('two sets of migrations have the same owner');
  return sets.flatMap(({ owner, migrations }) =>
    migrations.map(({ name, sql }, index) => {
      const before = migrations[index - 1];
      if (before !== undefined && before.name >= name)
        throw new RangeError(`migration ${owner}/${name} is out of order`);
      return { owner, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
