import type { OjpElement } from './ojp-element.js';
import type { OjpProblem } from './ojp-model.js';
import { ojpText, readText } from './read-text.js';

/** Codes of OJP and TRIAS; some systems send them as text of a SIRI error. */
const CODE = /^[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,5}$/;
const LONGEST_TEXT = 2_000;

/**
 * Reads what an element says of errors: `ErrorMessage` (TRIAS), SIRI's `ErrorCondition` with an error inside, and OJP's
 * own `ErrorCondition`, which was `Problem` in OJP 1.0. As far as they are there: a mangled error is still one.
 */
export function readProblems(element: OjpElement): readonly OjpProblem[] {
  const problems = element.list('ErrorCondition', 'ErrorMessage', 'Problem').map(readProblem);
  return problems.filter(({ code }, index) => problems.findIndex((other) => other.code === code) === index);
}

function readProblem(condition: OjpElement): OjpProblem {
  const inner = condition.children.flatMap((child) => [child, ...child.children]);
  const type = inner.find(({ name }) => name.endsWith('ProblemType') || name === 'Code' || name === 'Type');
  const text = textOf(inner, 'ErrorText', 'Text', 'Description', 'Details') ?? null;
  const kind = condition.children.find(({ name }) => name.endsWith('Error'));
  const candidates = [type?.content, text ?? undefined, kind?.name].filter((each) => each !== undefined);
  return { code: candidates.find((each) => CODE.test(each)) ?? shortCode(type?.content ?? kind?.name), text };
}

/** What is no code of the standards may still stand in logs when it is a number or a name. */
function shortCode(text: string | undefined): string {
  return text !== undefined && /^-?[A-Za-z0-9][\w.-]{0,60}$/.test(text) ? text : 'unknown';
}

function textOf(elements: readonly OjpElement[], ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const element = elements.find((each) => each.name === name);
    if (element === undefined) continue;
    const text = element.content === '' ? ojpText(readText(element, 'Text'), 'de') : element.content;
    if (text !== null && text !== '') return text.slice(0, LONGEST_TEXT);
  }
  return undefined;
}
