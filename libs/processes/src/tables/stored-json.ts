import { Refusal } from '#lib/kernel';
import type { PlainData } from '#lib/subsidiary-kit';

/** Plain data as it is kept. */
export function fromJson(json: string): PlainData {
  return JSON.parse(json) as PlainData;
}

/** Longest result that is kept, as JSON; nobody shows a longer one. */
const LONGEST_RESULT = 64_000;

/** A result for the row; one that is too long is left out, since the effect counts and not the words about it. */
export function resultToJson(result: PlainData): string {
  const json = JSON.stringify(result);
  return json.length > LONGEST_RESULT ? JSON.stringify({ omitted: true }) : json;
}

export function refusalToJson(refusal: Refusal): string {
  return JSON.stringify(refusal);
}

export function refusalFromJson(json: string | null): Refusal | null {
  if (json === null) return null;
  const { code, problems, retryAfterSeconds, subsidiaryMessage } = JSON.parse(json) as Refusal;
  return new Refusal(code, {
    problems,
    retryAfterSeconds: retryAfterSeconds ?? undefined,
    subsidiaryMessage: subsidiaryMessage ?? undefined,
  });
}
