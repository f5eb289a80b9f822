import { CommonTables } from './common-tables.js';
import type { HafasService } from './hafas-service.js';
import { PLACES, STOPS } from './stops.js';
import { wirePlace, wireStop } from './wire-stop.js';

const USUAL_NUMBER = 10;
const LARGEST_NUMBER = 50;
const LONGEST_NAME = 100;

/** LocMatch: stops, addresses and points of interest whose name resembles the text, the best first. */
export const locMatch: HafasService = (request) => {
  const input = request.object('input');
  const loc = input.object('loc');
  const words = wordsOf(loc.text('name').slice(0, LONGEST_NAME));
  const kinds = loc.findText('type') ?? 'ALL';
  const number = Math.min(input.findInteger('maxLoc') ?? USUAL_NUMBER, LARGEST_NUMBER);

  const common = new CommonTables();
  const matches = candidates(common)
    .filter(({ kind }) => kinds === 'ALL' || kinds.includes(kind))
    .map((candidate) => ({ write: candidate.write, weight: weightOf(words, wordsOf(candidate.name)) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((left, right) => right.weight - left.weight)
    .slice(0, Math.max(0, number))
    .map(({ weight, write }) => Object.assign(write(), { wt: weight }));
  return { common: common.toWire(), match: { field: input.findText('field') ?? 'S', state: 'L', locL: matches } };
};

interface Candidate {
  readonly kind: string;
  readonly name: string;
  /** Writes it, and into the tables what it refers to. */
  readonly write: () => Record<string, unknown>;
}

function candidates(common: CommonTables): Candidate[] {
  const stops = STOPS.map((stop) => ({
    kind: 'S',
    name: stop.name,
    write: () => ({ ...wireStop(stop, common.stopIcon(stop), 'B=1@'), pRefL: common.linesAt(stop) }),
  }));
  const places = PLACES.map((place) => ({
    kind: place.kind,
    name: place.name,
    write: () => wirePlace(place, common.icon(place.kind === 'A' ? 'loc_addr' : 'loc_poi')),
  }));
  return [...stops, ...places];
}

/**
 * 0 when a word finds no likeness in the name. A whole word counts more than the beginning of one, that more than an
 * inner part, that more than a misspelling; names without further words win.
 */
function weightOf(words: readonly string[], nameWords: readonly string[]): number {
  const likenesses = words.map((word) => Math.max(0, ...nameWords.map((nameWord) => likeness(word, nameWord))));
  if (likenesses.length === 0 || likenesses.includes(0)) return 0;
  return likenesses.reduce((sum, part) => sum + part, 0) * 1_000 - nameWords.length;
}

function likeness(word: string, nameWord: string): number {
  if (word === nameWord) return 8;
  if (nameWord.startsWith(word)) return 4;
  if (word.length > 2 && nameWord.includes(word)) return 2;
  return word.length > 3 && distance(word, nameWord.slice(0, word.length)) <= word.length / 4 ? 1 : 0;
}

/** Words in lower case without umlauts: `Löbdergraben`, `Loebdergraben` and `LOBDERGRABEN` are alike. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/([aou])e/g, '$1')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Number of letters to insert, drop or replace to get from one word to the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...left].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
