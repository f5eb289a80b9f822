import { applyDecorators, HttpStatus, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { PROBLEM_TYPE } from '../problem.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.decorator.js';

const LOCATION = {
  Location: {
    description: 'Wo der Vorgang zu sehen ist.',
    schema: { type: 'string', example: '/partner/v1/processes/UHJvY2Vzczo0YjFm' },
  },
} as const;

const REUSED = {
  type: 'urn:saaltor:problem:conflict',
  title: 'Das widerspricht dem jetzigen Stand. Bitte laden Sie neu und versuchen Sie es noch einmal.',
  status: 422,
  code: 'CONFLICT',
  path: 'key',
  reason: 'used before with another input',
};
const REFUSED = {
  type: 'urn:saaltor:refusal:text-missing',
  title: 'Hier fehlt eine Angabe.',
  status: 422,
  code: 'TEXT_MISSING',
  subsidiaryMessage: null,
  problems: [{ path: 'description', code: 'TEXT_MISSING', title: 'Hier fehlt eine Angabe.' }],
};

/** Describes what every durable command takes and answers. */
export function DurableAnswers(answer: Type<unknown>): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: IDEMPOTENCY_KEY,
      required: true,
      description:
        'Vom Client vor dem ersten Versuch erzeugt, 1 bis 255 Zeichen, 30 Tage gültig. Derselbe Schlüssel mit derselben ' +
        'Eingabe gibt immer denselben Vorgang, auch während er läuft.',
      schema: { type: 'string', maxLength: 255, example: '8e03978e-40d5-43dd-bc93-6894a57f9324' },
    }),
    ApiResponse({ status: HttpStatus.CREATED, type: answer, headers: LOCATION, description: 'Erledigt.' }),
    ApiResponse({
      status: HttpStatus.ACCEPTED,
      type: answer,
      headers: {
        ...LOCATION,
        'Retry-After': {
          description: 'Nach so vielen Sekunden lohnt es, wieder nachzusehen.',
          schema: { type: 'integer', example: 2 },
        },
      },
      description: 'Angenommen und nicht mehr zu verlieren; wird ausgeführt, oder es kümmert sich jemand.',
    }),
    ApiResponse({
      status: HttpStatus.UNPROCESSABLE_ENTITY,
      description: 'Der Schlüssel steht für eine andere Eingabe, oder der Auftrag wird abgelehnt.',
      content: {
        [PROBLEM_TYPE]: {
          schema: { type: 'object' },
          examples: { reusedKey: { value: REUSED }, refused: { value: REFUSED } },
        },
      },
    }),
  );
}
