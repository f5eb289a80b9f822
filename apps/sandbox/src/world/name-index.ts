import { computedLastName, FIRST_COMPUTED, LAST_COMPUTED } from './computed-household.js';
import { PERSONAS } from './personas.js';

/** Numbers of households by the last name of their person. Made when it is first asked for: names do not change. */
export class NameIndex {
  private numbers: ReadonlyMap<string, readonly number[]> | undefined;

  /** Ascending. @param wanted whether a last name in capitals is meant */
  find(wanted: (lastName: string) => boolean): readonly number[] {
    this.numbers ??= build();
    const found = [...this.numbers].filter(([name]) => wanted(name)).flatMap(([, numbers]) => numbers);
    return found.toSorted((a, b) => a - b);
  }
}

function build(): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  const add = (lastName: string, number: number): void => {
    const name = lastName.toUpperCase();
    const known = numbers.get(name);
    if (known === undefined) numbers.set(name, [number]);
    else known.push(number);
  };
  for (const { number, person } of PERSONAS) add(person.lastName, number);
  for (let number = FIRST_COMPUTED; number <= LAST_COMPUTED; number += 1) add(computedLastName(number), number);
  return numbers;
}
