import type { Turns } from '../feed/turns.js';

const WORDS_PER_TURN = 2_000;

/** Gathers the words of texts, one text after the other. */
export class WordCollector {
  private readonly textsByWord = new Map<string, number[]>();
  private texts = 0;

  add(content: string): void {
    for (const word of new Set(content.split(/\s+/))) {
      const known = this.textsByWord.get(word);
      if (known) known.push(this.texts);
      else if (word !== '') this.textsByWord.set(word, [this.texts]);
    }
    this.texts += 1;
  }

  /** The texts are counted from 0, in the order in which they were added. */
  *finish(): Turns<WordIndex> {
    const words: string[] = [];
    const texts: Uint32Array[] = [];
    for (const [word, each] of this.textsByWord) {
      if (words.length % WORDS_PER_TURN === 0) yield;
      words.push(word);
      texts.push(Uint32Array.from(each));
    }
    yield;
    const index = new WordIndex(words, texts);
    yield;
    return index;
  }
}

/**
 * Finds in which of many texts a word occurs as a part of any of their words. A word without blanks can only lie
 * within one word of a text, so it is looked for in the list of all distinct words, which is far shorter than the
 * texts.
 */
export class WordIndex {
  /** All distinct words, each followed by a line end. */
  private readonly vocabulary: string;
  /** Where each word starts in the vocabulary, ascending. */
  private readonly starts: Uint32Array;

  /** @param texts for each word, the texts that contain it */
  constructor(
    words: readonly string[],
    private readonly texts: readonly Uint32Array[],
  ) {
    this.vocabulary = `${words.join('\n')}\n`;
    this.starts = startsOf(words);
  }

  /** Marks each text that contains `word`, which has no blanks. @returns one byte per text, 1 where it does */
  textsWith(word: string, count: number): Uint8Array {
    const found = new Uint8Array(count);
    let missing = count;
    let at = this.vocabulary.indexOf(word);
    while (at !== -1 && missing > 0) {
      const index = this.indexAt(at);
      for (const text of this.texts[index]!) {
        missing -= 1 - found[text]!;
        found[text] = 1;
      }
      const next = this.starts[index + 1];
      at = next === undefined ? -1 : this.vocabulary.indexOf(word, next);
    }
    return found;
  }

  /** The word that a place in the vocabulary belongs to. */
  private indexAt(place: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function startsOf(words: readonly string[]): Uint32Array {
  const starts = new Uint32Array(words.length);
  let at = 0;
  words.forEach((word, index) => {
    starts[index] = at;
    at += word.length + 1;
  });
  return starts;
}
