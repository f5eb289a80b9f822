import { applyDecorators, Get, HttpCode, HttpStatus, Post, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Allow, type AccessRule } from '#lib/access';
import { DurableAnswers } from './processes/durable-answers.decorator.js';
import { PROBLEM_TYPE } from './problem.js';

/** All that is declared of a partner route. */
export interface PartnerRouteFacts {
  readonly method: 'GET' | 'POST';
  /** Below the controller's path. */
  readonly path: string;
  readonly rule: AccessRule;
  /** One German line. */
  readonly summary: string;
  /** Class of the answer. */
  readonly answer: Type<unknown>;
  /** For a POST that submits a durable command under an `Idempotency-Key` and is answered by `answerOutcome`. */
  readonly durable?: boolean;
  /** What the sandbox answers to the examples of the parameters; a test asks it. */
  readonly example?: object;
}

const ALWAYS: readonly [number, string][] = [
  [HttpStatus.BAD_REQUEST, 'Eine Angabe stimmt nicht; welche, steht in path.'],
  [HttpStatus.UNAUTHORIZED, 'Der Schlüssel ist unbekannt oder abgelaufen.'],
  [HttpStatus.TOO_MANY_REQUESTS, 'Das Kontingent ist aufgebraucht; Retry-After nennt die Wartezeit in Sekunden.'],
];

const PERSONAL: readonly [number, string][] = [
  [HttpStatus.FORBIDDEN, 'Vertrag, Schlüssel oder Freigabe reichen dafür nicht.'],
  [HttpStatus.CONFLICT, 'Währenddessen hat sich ein Recht geändert; eine Wiederholung gibt den neuen Stand.'],
];

/** Declares a partner route in one place: who may call it, what it answers and which problems it knows. */
export function PartnerRoute({
  method,
  path,
  rule,
  summary,
  answer,
  durable = false,
  example,
}: PartnerRouteFacts): MethodDecorator {
  const problems = rule.callers === 'anyone' ? ALWAYS : [...ALWAYS, ...PERSONAL];
  return applyDecorators(
    Allow(rule),
    method === 'GET' ? Get(path) : applyDecorators(Post(path), HttpCode(HttpStatus.OK)),
    ApiOperation({ summary }),
    ApiOkResponse({
      type: answer,
      ...(durable && { description: 'Ein Vorgang, der zurückgezogen wurde.' }),
      ...(example && { examples: { sandbox: { summary: 'Sandbox', value: example } } }),
    }),
    ...(durable ? [DurableAnswers(answer)] : []),
    ...problems.map(([status, description]) =>
      ApiResponse({ status, description, content: { [PROBLEM_TYPE]: { schema: { type: 'object' } } } }),
    ),
  );
}
