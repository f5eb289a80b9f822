import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * A figure of each fragment, worked out once for each size of list around it: fragments that spread others twice each
 * would otherwise be walked more often than there are atoms.
 */
export class FragmentSums {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly sums = new Map<string, number>();

  /** @param measure the figure of a selection set, asking this for spreads */
  constructor(
    document: DocumentNode,
    private readonly measure: (
      set: SelectionSetNode,
      sums: FragmentSums,
      fragment: FragmentDefinitionNode | null,
      size?: number,
    ) => number,
  ) {
    const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(definitions.map((fragment) => [fragment.name.value, fragment]));
  }

  /**
   * 0 for an unknown fragment and, on the way around a cycle, for the fragment itself.
   * @param size of the list that the spread stands in, where the measure asks for one
   */
  of(name: string, size?: number): number {
    // A name has no blank.
    const key = `${name} ${size}`;
    const known = this.sums.get(key);
    const fragment = this.fragments.get(name);
    if (known !== undefined || fragment === undefined) return known ?? 0;
    this.sums.set(key, 0);
    const sum = this.measure(fragment.selectionSet, this, fragment, size);
    this.sums.set(key, sum);
    return sum;
  }
}
